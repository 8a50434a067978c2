package dev.retort.env.grid;

import dev.retort.random.RandomStream;

/**
 * Steps to a neighbouring cell on ground that may be slippery: four actions, numbered in a circle,
 * so that the two at right angles to an action are its neighbours.
 */
final class Compass {
  /** How many actions there are. */
  static final int ACTIONS = 4;

  private Compass() {}

  /** The cell that a step of so many columns and rows leads to; the edge stops it. */
  static int step(int cell, int rows, int columns, int dx, int dy) {
    int column = Math.max(0, Math.min(columns - 1, cell % columns + dx));
    int row = Math.max(0, Math.min(rows - 1, cell / columns + dy));
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
