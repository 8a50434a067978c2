/**
 * Teachers: reinforcement learning, a readable file an algorithm.
 *
 * <p>An {@link dev.retort.teach.Algorithm} is a value: {@link dev.retort.teach.Ppo}, {@link
 * dev.retort.teach.Dqn}, {@link dev.retort.teach.Td3}, {@link dev.retort.teach.Sac}, {@link
 * dev.retort.teach.QLearning}, {@link dev.retort.teach.DelayedQ} and {@link dev.retort.teach.RMax}
 * with a table in place of a network, and {@link dev.retort.teach.Es} without a gradient. Its file
 * says what it is, with formula and reference, what its learner does, from top to bottom, and what
 * can be set; {@code docs/departures.md} says how it departs from its paper. It trains a whole
 * population at once, one member a seed, and the members share nothing but the batched products of
 * the engine:
 *
 * <pre>{@code
 * Ppo ppo = new Ppo().steps(100_000).network(Mlp.of(64, 64));
 * List<Policy> policies = ppo.train(env, seeds, session);
 * }</pre>
 *
 * <p>An algorithm of your own is another record, with a {@link dev.retort.teach.Learner} made of
 * the same parts: a {@link dev.retort.teach.Rollout} of what was played by the learner's own
 * distribution ({@link dev.retort.teach.RolloutLearner} has one), or an {@link
 * dev.retort.teach.Experience} with its {@link dev.retort.teach.Replay}; {@code Advantages}, {@code
 * NStep}, {@code Priorities} and {@code TwinCritics} are the arithmetic in between. What may
 * accompany a learner, normalization, bonuses, guides and teachers, comes with {@link
 * dev.retort.teach.Accompanied}. Terminated and truncated are apart throughout: truncation
 * bootstraps from the true final observation, termination does not.
 *
 * <p>Depends on {@code env}, {@code nn}, {@code table}, {@code policy}, {@code prior}, {@code
 * guidance}, {@code option}, {@code run} and {@code evaluate}.
 */
package dev.retort.teach;
