/**
 * Teachers: reinforcement learning, two readable files an algorithm.
 *
 * <p>An {@link dev.retort.teach.Algorithm} is a value: {@link dev.retort.teach.Ppo}, {@link
 * dev.retort.teach.Dqn}, {@link dev.retort.teach.Td3}, {@link dev.retort.teach.Sac}, {@link
 * dev.retort.teach.QLearning}, {@link dev.retort.teach.DelayedQ} and {@link dev.retort.teach.RMax}
 * with a table in place of a network, and {@link dev.retort.teach.Es} without a gradient. Its file
 * says what it is, with formula and reference, and what can be set; {@code docs/departures.md} says
 * how it departs from its paper. It trains a whole population at once, one member a seed, and the
 * members share nothing but the batched products of the engine:
 *
 * <pre>{@code
 * Ppo ppo = new Ppo().steps(100_000).network(Mlp.of(64, 64));
 * List<Policy> policies = ppo.train(env, seeds, session);
 * }</pre>
 *
 * <p>How it learns is in the file of its learner, such as {@code PpoLearner}, from top to bottom:
 * the state, the loop, the update, the gradient. What all learners share, environments, episodes,
 * checkpoints and evaluations on the way, is in {@code Learner}; what those share that learn from a
 * memory is in {@code Replay}, {@code NStep}, {@code Priorities} and, for continuous actions,
 * {@code ActorCritic}. Terminated and truncated are apart throughout: truncation bootstraps from
 * the true final observation, termination does not.
 *
 * <p>Depends on {@code env}, {@code nn}, {@code table}, {@code policy}, {@code prior}, {@code
 * option}, {@code run} and {@code evaluate}.
 */
package dev.retort.teach;
