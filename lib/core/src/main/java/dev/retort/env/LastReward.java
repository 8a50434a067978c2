package dev.retort.env;

import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Space;

/**
 * Shows the last reward beside the observation; see {@link Env#lastReward}.
 *
 * @param inner what is wrapped
 */
record LastReward(Env inner) implements Beside {
  /** Its part of a name, and of an observation. */
  static final String SEGMENT = LAST_REWARD;

  private static final Box ANY = Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 1);

  /** Refuses observations that have such a part already. */
  LastReward(Env inner) {
    this.inner = inner;
    observations();
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
  public boolean isCommon() {
    return true;
  }

  @Override
  public Box shown(Space actions) {
    return ANY;
  }

  @Override
  public int count(Space actions) {
    return 1;
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    double reward = inner.step(state, action, random);
    state[inner.stateSize()] = reward;
    return reward;
  }

  @Override
  public String toString() {
    return inner + "/" + segment();
  }
}
