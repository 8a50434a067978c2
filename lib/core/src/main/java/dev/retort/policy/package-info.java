/**
 * Policies: what a network's numbers mean as behavior.
 *
 * <p>A {@link dev.retort.policy.Policy} is a value: spaces, a {@link
 * dev.retort.distribution.Distribution} that says what its outputs are, and a way to compute them.
 * To act, open an {@link dev.retort.policy.Actor} on copies of an environment, which owns the
 * buffers and belongs to one thread:
 *
 * <pre>{@code
 * try (Actor actor = policy.actor(envs)) {
 *   actor.greedy(envs.observations(), actions);      // (copies, obsSize) -> (copies, actionSize)
 *   envs.step(actions);
 * }
 * }</pre>
 *
 * <p>A policy may have a memory: numbers that the actor keeps for it from step to step, zeros where
 * an episode begins. One of your own says how many, and gets them beside what it sees:
 *
 * <pre>{@code
 * Policy counter = Scripted.of("counter", env, 1, (seen, memory, action) -> action[0] = memory[0]++ % 2);
 * }</pre>
 *
 * <p>An ensemble is a policy too: it averages the probabilities of its members, never their logits,
 * and continuous actions after squashing.
 *
 * <p>Policies are made of others by {@link dev.retort.policy.Policy#tempered}, {@link
 * dev.retort.policy.Policy#plus}, {@link dev.retort.policy.Policy#until}, {@link
 * dev.retort.policy.Policy#ofTask} and {@link dev.retort.policy.Joint}.
 *
 * <p>Depends on {@code space}, {@code random}, {@code store}, {@code option}, {@code env}, {@code
 * nn}, {@code table} and {@code run}.
 */
package dev.retort.policy;
