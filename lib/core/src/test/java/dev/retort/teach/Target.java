package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Space;

/**
 * Steps along a line towards 0: the reward is minus the squared distance left, and the best action
 * goes there at once where it can. One number between −4 and 4 is added to the place.
 */
record Target(int horizon) implements Env {
  @Override
  public Space observations() {
    return Box.of(-10, 10, 1);
  }

  @Override
  public Space actions() {
    return Box.of(-4, 4, 1);
  }

  @Override
  public int stateSize() {
    return 1;
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    state[0] = 6 * random.nextDouble() - 3;
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    state[0] = Math.max(-10, Math.min(10, state[0] + action[0]));
    return -state[0] * state[0];
  }

  @Override
  public boolean terminated(double[] state) {
    return false;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    observation[0] = (float) state[0];
  }
}
