/**
 * Classic control: small mechanical systems, conforming step by step with Gymnasium.
 *
 * <p>Each environment is a record of its physical parameters: {@code with} gives another task,
 * {@code varying} a family of them, and {@code CartPole-varied} and its like are known by name.
 * Actions beyond continuous bounds are clipped; choices that there are not, and NaN, are refused.
 *
 * <pre>{@code
 * Env cartPole = new CartPole();
 * Env onTheMoon = cartPole.with("gravity", 1.62);
 * Env onManyPlanets = cartPole.varying("gravity", 1, 25).train(20);
 * double[] state = new double[cartPole.stateSize()];
 * cartPole.reset(state, RandomStream.of(0, "look"));
 * double reward = cartPole.step(state, new float[] {CartPole.RIGHT}, RandomStream.of(0, "step"));
 * }</pre>
 *
 * <p>Depends on {@code env}, {@code space} and {@code random}.
 */
package dev.retort.env.control;
