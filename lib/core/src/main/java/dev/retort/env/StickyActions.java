package dev.retort.env;

import dev.retort.random.RandomStream;

/**
 * Takes the last action again instead of the new one, by chance; see {@link Env#stickyActions}.
 *
 * <p>The state remembers whether there was an action yet, and the action that was taken last.
 *
 * @param inner what is wrapped
 * @param chance how likely the last action is taken again, 0 to 1
 */
record StickyActions(Env inner, double chance) implements Wrapper {
  StickyActions {
    Parameters.between(inner.name(), "the chance of a sticky action", chance, 0, 1);
  }

  @Override
  public Env around(Env other) {
    return new StickyActions(other, chance);
  }

  @Override
  public String segment() {
    return "stickyActions-" + chance;
  }

  @Override
  public int stateSize() {
    return inner.stateSize() + 1 + inner.actions().size();
  }

  @Override
  public void begin(double[] state) {
    for (int i = inner.stateSize(); i < stateSize(); i++) {
      state[i] = 0;
    }
  }

  /** Which actions are taken is not known before. */
  @Override
  public void prepare(double[][] states, float[] values, boolean[] playing) {}

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    int known = inner.stateSize();
    boolean sticks = random.nextDouble() < chance && state[known] != 0;
    float[] taken = action;
    if (sticks) {
      taken = new float[inner.actions().size()];
      for (int i = 0; i < taken.length; i++) {
        taken[i] = (float) state[known + 1 + i];
      }
    }
    double reward = inner.step(state, taken, random);
    state[known] = 1;
    int size = inner.actions().size();
    for (int i = 0; i < size; i++) {
      state[known + 1 + i] = taken[i];
    }
    return reward;
  }

  @Override
  public String toString() {
    return inner + "/" + segment();
  }
}
