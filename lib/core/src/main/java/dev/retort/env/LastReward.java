package dev.retort.env;

import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Group;
import java.util.OptionalDouble;

/**
 * Shows the last reward beside the observation; see {@link Env#lastReward}.
 *
 * @param inner what is wrapped
 */
record LastReward(Env inner) implements Wrapper {
  /** Its part of a name, and of an observation. */
  static final String SEGMENT = LAST_REWARD;

  private static final Box ANY = Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 1);

  /** Refuses observations that have such a part already. */
  LastReward {
    shown(inner).space();
  }

  private static Beside shown(Env inner) {
    return new Beside(inner, SEGMENT, true, done -> ANY, done -> 1);
  }

  @Override
  public Env around(Env other) {
    return new LastReward(other);
  }

  @Override
  public String segment() {
    return SEGMENT;
  }

  @Override
  public Group observations() {
    return shown(inner).space();
  }

  @Override
  public int stateSize() {
    return inner.stateSize() + 1;
  }

  @Override
  public void begin(double[] state) {
    state[inner.stateSize()] = 0;
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    double reward = inner.step(state, action, random);
    state[inner.stateSize()] = reward;
    return reward;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    shown(inner).observe(state, observation);
  }

  /** The task is the same. */
  @Override
  public OptionalDouble solvedAt() {
    return inner.solvedAt();
  }

  @Override
  public String toString() {
    return inner + "/" + segment();
  }
}
