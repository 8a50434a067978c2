package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import dev.retort.space.Space;

/**
 * A walk over cells from the left end; the last cell ends it and pays 1. Actions are 0, to the
 * left, and 1, to the right.
 */
record Walk(int cells, int horizon) implements Env {
  @Override
  public Space observations() {
    return new Discrete(cells);
  }

  @Override
  public Space actions() {
    return new Discrete(2);
  }

  @Override
  public int stateSize() {
    return 1;
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    state[0] = 0;
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    state[0] = Math.max(0, state[0] + (action[0] == 1 ? 1 : -1));
    return terminated(state) ? 1 : 0;
  }

  @Override
  public boolean terminated(double[] state) {
    return state[0] >= cells - 1;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    observation[0] = (float) state[0];
  }
}
