package dev.retort.env.grid;

import dev.retort.random.RandomStream;

/**
 * Steps to a neighbouring cell on ground that may be slippery: four actions, numbered in a circle,
 * so that the two at right angles to an action are its neighbours.
 */
final class Compass {
  /** How many actions there are. */
  static final int ACTIONS = 4;

  private final int rows;
  private final int columns;
  private final int[] dx;
  private final int[] dy;

  /**
   * A grid and its actions.
   *
   * @param dx how many columns each action goes to the right
   * @param dy how many rows each action goes down
   */
  Compass(int rows, int columns, int[] dx, int[] dy) {
    this.rows = rows;
    this.columns = columns;
    this.dx = dx.clone();
    this.dy = dy.clone();
  }

  /** The cell that a step leads to; at the edge it stays where it is. */
  int step(int cell, int action) {
    int column = Math.max(0, Math.min(columns - 1, cell % columns + dx[action]));
    int row = Math.max(0, Math.min(rows - 1, cell / columns + dy[action]));
    return row * columns + column;
  }

  /** The action that is taken: the one that was chosen, or one of the two at right angles to it. */
  static int taken(int action, double successRate, RandomStream random) {
    if (successRate == 1) {
      return action;
    }
    double u = random.nextDouble();
    if (u < successRate) {
      return action;
    }
    return turned(action, u < successRate + (1 - successRate) / 2 ? 1 : ACTIONS - 1);
  }

  /** How likely an action is taken where another was chosen. */
  static double probability(int taken, int chosen, double successRate) {
    if (taken == chosen) {
      return successRate;
    }
    return taken == turned(chosen, 2) ? 0 : (1 - successRate) / 2;
  }

  private static int turned(int action, int quarters) {
    return (action + quarters) % ACTIONS;
  }
}
