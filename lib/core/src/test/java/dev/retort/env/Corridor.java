package dev.retort.env;

import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;

/** The user's own environment of the package documentation, word for word. */
record Corridor(int length) implements Env {
  @Override
  public Space observations() {
    return Box.of(0, length, 1);
  }

  @Override
  public Space actions() {
    return new Discrete(2);
  }

  @Override
  public int horizon() {
    return 50;
  }

  @Override
  public int stateSize() {
    return 1;
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    state[0] = random.nextInt(length);
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    state[0] = Math.max(0, state[0] + (action[0] == 1 ? 1 : -1));
    return terminated(state) ? 1 : 0;
  }

  @Override
  public boolean terminated(double[] state) {
    return state[0] >= length;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    observation[0] = (float) state[0];
  }
}
