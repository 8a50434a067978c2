/**
 * Policies: what a network's numbers mean as behavior.
 *
 * <p>A {@link dev.retort.policy.Policy} is a value: spaces, a {@link
 * dev.retort.distribution.Distribution} that says what its outputs are, and a way to compute them.
 * To act, open an {@link dev.retort.policy.Actor}, which owns the buffers for one batch size and
 * belongs to one thread:
 *
 * <pre>{@code
 * try (Actor actor = policy.actor(8)) {
 *   actor.greedy(observations, actions);      // (8, obsSize) -> (8, actionSize)
 * }
 * }</pre>
 *
 * <p>An ensemble is a policy too: it averages the probabilities of its members, never their logits,
 * and continuous actions after squashing.
 *
 * <p>Depends on {@code space}, {@code random}, {@code store}, {@code option}, {@code env}, {@code
 * nn}, {@code table} and {@code run}.
 */
package dev.retort.policy;
