package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import dev.retort.space.Space;

/**
 * A play with one action, the same every time.
 *
 * @param seen what is seen, scene by scene
 * @param rewards what each scene pays
 * @param horizon after how many scenes it is cut short; it is over after the last one
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Play(int[] seen, double[] rewards, int horizon) implements Env {
  @Override
  public Space observations() {
    return new Discrete(10);
  }

  @Override
  public Space actions() {
    return new Discrete(1);
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
    return rewards[(int) state[0]++];
  }

  @Override
  public boolean terminated(double[] state) {
    return state[0] >= seen.length;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    observation[0] = terminated(state) ? 9 : seen[(int) state[0]];
  }
}
