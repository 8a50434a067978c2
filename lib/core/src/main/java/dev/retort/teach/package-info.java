/**
 * Teachers: reinforcement learning, one readable file an algorithm.
 *
 * <p>An {@link dev.retort.teach.Algorithm} is a value. It trains a whole population at once, one
 * member a seed, and the members share nothing but the batched products of the engine:
 *
 * <pre>{@code
 * Ppo ppo = new Ppo().steps(100_000).network(Mlp.of(64, 64));
 * List<NetworkPolicy> policies = ppo.train(env, seeds, session);
 * }</pre>
 *
 * <p>Each file is read from top to bottom: what it is with its formula, reference and departures
 * from the paper; its options; the loop; the update; the loss. Terminated and truncated are apart
 * throughout: truncation bootstraps from the true final observation, termination does not.
 *
 * <p>Depends on {@code env}, {@code nn}, {@code policy}, {@code option} and {@code run}.
 */
package dev.retort.teach;
