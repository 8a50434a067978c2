/**
 * Classic control: small mechanical systems, conforming step by step with Gymnasium.
 *
 * <p>Each environment is a record of its physical parameters, so a family of tasks is a matter of
 * {@code with}:
 *
 * <pre>{@code
 * Env cartPole = new CartPole();
 * Env onTheMoon = cartPole.with("gravity", 1.62);
 * double[] state = new double[cartPole.stateSize()];
 * cartPole.reset(state, RandomStream.of(0, "look"));
 * double reward = cartPole.step(state, new float[] {CartPole.RIGHT}, RandomStream.of(0, "step"));
 * }</pre>
 *
 * <p>Depends on {@code env}, {@code space} and {@code random}.
 */
package dev.retort.env.control;
