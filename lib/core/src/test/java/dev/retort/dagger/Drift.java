package dev.retort.dagger;

import dev.retort.env.Env;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.util.Arrays;

/**
 * A chain of cells beside which there is an abyss. The right choice leads to the next cell, and at
 * the end of the chain back to its beginning; the wrong one leads off it, and there deeper and
 * deeper, until right choices, each one level up, lead back to the cell. Cells and levels are seen
 * one-hot, and which of the two choices is right differs from one to the next, so that each has to
 * be learned. A teacher never leaves the chain.
 */
record Drift(int cells, int levels) implements Env {
  private static final int HORIZON = 60;

  /** Who always chooses right. */
  Policy teacher() {
    return Scripted.of(
        "teacher",
        this,
        (seen, action) -> {
          int place = 0;
          while (seen[place] != 1) {
            place++;
          }
          action[0] = right(place);
        });
  }

  /** The right choice in a cell, or on a level below them. */
  static int right(int place) {
    return place * place % 7 % 2;
  }

  /** Whether an observation is off the chain. */
  boolean isOff(float[] seen, int at) {
    return Arrays.equals(new float[cells], Arrays.copyOfRange(seen, at, at + cells));
  }

  @Override
  public Space observations() {
    return Box.of(0, 1, cells + levels);
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
    return 2;
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    Arrays.fill(state, 0);
  }

  /** State is the cell and, from 1, the level below it. */
  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    boolean isRight = action[0] == right(place(state));
    if (!isRight) {
      state[1] = Math.min(levels, state[1] + 1);
    } else if (state[1] > 0) {
      state[1]--;
    } else {
      state[0] = (state[0] + 1) % cells;
    }
    return state[1] == 0 ? 1 : 0;
  }

  private int place(double[] state) {
    return (int) (state[1] == 0 ? state[0] : cells + state[1] - 1);
  }

  @Override
  public boolean terminated(double[] state) {
    return false;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    Arrays.fill(observation, 0, cells + levels, 0);
    observation[place(state)] = 1;
  }
}
