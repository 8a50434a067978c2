package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;

/**
 * Walks to and fro in the wind, ten steps long, without an end of its own: pays where one walks
 * with the wind. The parts of what is seen are the place, the wind, and the steps so far.
 *
 * @param blind whether the wind is not shown
 * @param rightwards whether every step is to the right, whatever is done
 */
record Windy(boolean blind, boolean rightwards) implements Env {
  static final int HORIZON = 10;

  @Override
  public Space observations() {
    Group place = Group.of("place", Box.of(-20, 20, 1));
    Group felt = blind ? place : place.and("wind", Box.of(-1, 1, 1));
    return felt.and("clock", Box.of(0, 1_000, 1));
  }

  @Override
  public Space actions() {
    return new Discrete(2);
  }

  @Override
  public int horizon() {
    return HORIZON;
  }

  @Override
  public int stateSize() {
    return 3;
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    state[0] = 0;
    state[1] = 2 * random.nextDouble() - 1;
    state[2] = 0;
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    double way = rightwards ? 1 : 2 * action[0] - 1;
    double reward = way * state[1];
    state[0] += way;
    state[1] = 2 * random.nextDouble() - 1;
    state[2]++;
    return reward;
  }

  @Override
  public boolean terminated(double[] state) {
    return false;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    int i = 0;
    observation[i++] = (float) state[0];
    if (!blind) {
      observation[i++] = (float) state[1];
    }
    observation[i] = (float) state[2];
  }
}
