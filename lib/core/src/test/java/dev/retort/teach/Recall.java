package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;

/**
 * Shows a sign at the first step alone, −1 or 1, and pays 1 where the last of the steps answers it:
 * who has forgotten it is right every other time.
 */
record Recall() implements Env {
  /** Steps of an episode. */
  static final int STEPS = 4;

  @Override
  public Space observations() {
    return Box.of(-1, STEPS, 2);
  }

  @Override
  public Space actions() {
    return new Discrete(2);
  }

  @Override
  public int horizon() {
    return STEPS;
  }

  @Override
  public int stateSize() {
    return 2;
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    state[0] = random.nextDouble() < 0.5 ? -1 : 1;
    state[1] = 0;
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    state[1]++;
    return terminated(state) && (action[0] == 1) == (state[0] == 1) ? 1 : 0;
  }

  @Override
  public boolean terminated(double[] state) {
    return state[1] == STEPS;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    observation[0] = state[1] == 0 ? (float) state[0] : 0;
    observation[1] = (float) state[1];
  }
}
