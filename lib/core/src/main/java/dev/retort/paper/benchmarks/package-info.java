/**
 * The benchmark of RL Baselines3 Zoo (Antonin Raffin, 2020) done again: teachers on the classic
 * tasks, at the presets of this library, ten seeds each beside the published means.
 *
 * <p>What is reconstructed is the table, not the trainings: environments are rewritten and conform
 * step by step, algorithms have settings of their own, and a mean over ten seeds stands where the
 * original has single runs. What is to be reached is the published mean, to its last digit.
 *
 * <p>The study is written in the words of the language:
 *
 * <pre>{@code
 * Curves curves = train(ppo("CartPole")).on(env("CartPole")).seeds(10).once();
 * Evaluation found = evaluate(curves).on(env("CartPole")).seed(1_000).run();
 * }</pre>
 *
 * <p>Depends on {@code dev.retort.paper} and on the words of the root.
 */
package dev.retort.paper.benchmarks;
