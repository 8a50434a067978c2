package dev.retort.env.grid;

import dev.retort.random.RandomStream;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.IntBinaryOperator;

/**
 * Steps to a neighboring cell on ground that may be slippery: four actions, numbered in a circle,
 * so that the two at right angles to an action are its neighbors.
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

  /**
   * The fewest steps from one cell to another, by breadth-first search; -1 where there is no way.
   *
   * @param step the cell that an action leads to, of a cell and an action
   */
  static int shortestPath(int from, int to, IntBinaryOperator step) {
    Map<Integer, Integer> steps = new HashMap<>(Map.of(from, 0));
    Queue<Integer> edge = new ArrayDeque<>(steps.keySet());
    while (!edge.isEmpty() && !steps.containsKey(to)) {
      int cell = edge.remove();
      for (int action = 0; action < ACTIONS; action++) {
        int next = step.applyAsInt(cell, action);
        if (steps.putIfAbsent(next, steps.get(cell) + 1) == null) {
          edge.add(next);
        }
      }
    }
    return steps.getOrDefault(to, -1);
  }

  private static int turned(int action, int quarters) {
    return (action + quarters) % ACTIONS;
  }
}
