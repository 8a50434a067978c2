/**
 * Environments: Markov decision processes as functions over an explicit state.
 *
 * <p>An {@link dev.retort.env.Env} is an immutable description. It holds no simulation: whoever
 * steps it owns the state, an array of doubles, and the stream of random numbers. That is why
 * environments can be stepped by the thousand over flat arrays ({@link dev.retort.env.VectorEnv}),
 * saved in the middle of an episode, replayed from any recorded state, and drawn, without a line in
 * the environment. A user's own needs six short methods:
 *
 * <pre>{@code
 * record Corridor(int length) implements Env {
 *   public Space observations() { return Box.of(0, length, 1); }
 *   public Space actions() { return new Discrete(2); }
 *   public int horizon() { return 50; }
 *   public int stateSize() { return 1; }
 *   public void reset(double[] state, RandomStream random) { state[0] = random.nextInt(length); }
 *   public double step(double[] state, float[] action, RandomStream random) {
 *     state[0] = Math.max(0, state[0] + (action[0] == 1 ? 1 : -1));
 *     return terminated(state) ? 1 : 0;
 *   }
 *   public boolean terminated(double[] state) { return state[0] >= length; }
 *   public void observe(double[] state, float[] observation) { observation[0] = (float) state[0]; }
 * }
 * }</pre>
 *
 * <p>What is made of an environment is an environment again, and its name says how: {@code
 * cartPole.stickyActions(0.25).frameStack(4)} is {@code
 * env("CartPole/stickyActions-0.25/frameStack-4")}. Families of tasks are narrowed to disjoint
 * parts with {@code train}, {@code validation} and {@code test}; {@link dev.retort.env.Family}
 * draws parameters for any environment that has them. A wrapper keeps what it remembers in the same
 * array, behind the state of what it wraps: an environment leaves alone what lies beyond its own
 * {@code stateSize()}.
 *
 * <p>An environment that can say how its steps may turn out ({@link dev.retort.env.Env#outcomes})
 * can be solved exactly, beside being learned.
 *
 * <p>{@link dev.retort.env.EnvContract} checks that an environment keeps its word. An episode ends
 * in one of two ways which are never mixed: <em>terminated</em>, the task is over and no value lies
 * beyond; <em>truncated</em>, the horizon was reached and the future goes on unseen.
 *
 * <p>Whoever steps an environment does so in a {@link dev.retort.env.VectorEnv}, which asks for its
 * {@link dev.retort.env.Definition} and looks at every number that it gives. Where a step is dear,
 * its copies are dealt to cores ({@link dev.retort.env.Dealing}); an environment that needs working
 * memory keeps it in a {@link dev.retort.env.Scratch}.
 *
 * <p>Depends on {@code space}, {@code random}, {@code store}, {@code option}, {@code figure} and
 * {@code run}.
 */
package dev.retort.env;
