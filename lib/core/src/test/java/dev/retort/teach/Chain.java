package dev.retort.teach;

import dev.retort.env.Env;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.util.Arrays;

/**
 * A chain of cells with a small reward for staying at its left end and a large one, which
 * terminates, beyond its right end; a step goes astray with some probability. Seen one-hot, so that
 * a linear network is a table.
 */
record Chain(int cells, double slip, int horizon) implements Env {
  static final double SMALL = 0.02;

  @Override
  public Space observations() {
    return Box.of(0, 1, cells);
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
    state[0] = random.nextInt(cells);
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    boolean right = action[0] == 1;
    if (random.nextDouble() < slip) {
      right = !right;
    }
    double from = state[0];
    state[0] = right ? from + 1 : Math.max(0, from - 1);
    return terminated(state) ? 1 : from == 0 && !right ? SMALL : 0;
  }

  @Override
  public boolean terminated(double[] state) {
    return state[0] >= cells;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    Arrays.fill(observation, 0, cells, 0);
    if (!terminated(state)) {
      observation[(int) state[0]] = 1;
    }
  }

  /** The optimal action values by value iteration, {@code (cells, 2)}; horizons do not count. */
  double[][] values(double gamma) {
    double[][] q = new double[cells][2];
    for (int sweep = 0; sweep < 2000; sweep++) {
      for (int cell = 0; cell < cells; cell++) {
        double left = (cell == 0 ? SMALL : 0) + gamma * max(q[Math.max(0, cell - 1)]);
        double right = cell + 1 == cells ? 1 : gamma * max(q[cell + 1]);
        q[cell][0] = (1 - slip) * left + slip * right;
        q[cell][1] = (1 - slip) * right + slip * left;
      }
    }
    return q;
  }

  private static double max(double[] values) {
    return Math.max(values[0], values[1]);
  }
}
