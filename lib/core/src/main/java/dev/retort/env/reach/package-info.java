/**
 * Reaching with an arm: small tasks whose contexts are turns of one another.
 *
 * <p>{@link dev.retort.env.reach.Reacher} is the arm whose shoulder may stand anywhere on a circle
 * about the target. A policy that is right in one rotation is right in all of them, if it respects
 * the symmetry; whether a student does shows where it was not trained:
 *
 * <pre>{@code
 * Reacher train = new Reacher().symmetry(4);  // the published pose, turned by 0, 90, 180 and 270°
 * Env test = train.test(8);                   // the same pose, turned as in no training set
 * double[] state = new double[test.stateSize()];
 * test.reset(3, state, RandomStream.of(0, "look"));
 * }</pre>
 *
 * <p>Depends on {@code env}, {@code env.control} for its sines, {@code space} and {@code random}.
 */
package dev.retort.env.reach;
