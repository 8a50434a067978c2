package dev.retort.env.grid;

import java.util.Arrays;

/**
 * The number of steps to the goal, turns included, from every cell and direction of one task:
 * breadth-first search backwards from the goal.
 */
final class ShortestPaths {
  private final int side;
  private final int[] steps;

  ShortestPaths(FourRooms rooms, double[] state) {
    side = rooms.side();
    steps = new int[side * side * 4];
    Arrays.fill(steps, Integer.MAX_VALUE);
    int[] queue = new int[steps.length];
    int tail = 0;
    for (int direction = 0; direction < 4; direction++) {
      int node = node((int) state[FourRooms.GOAL_X], (int) state[FourRooms.GOAL_Y], direction);
      steps[node] = 0;
      queue[tail++] = node;
    }
    for (int head = 0; head < tail; head++) {
      int node = queue[head];
      int direction = node & 3;
      int behindX = (node >> 2) % side - FourRooms.dx(direction);
      int behindY = (node >> 2) / side - FourRooms.dy(direction);
      int[] before = {
        (node & ~3) | ((direction + 1) & 3),
        (node & ~3) | ((direction + 3) & 3),
        rooms.wall(state, behindX, behindY) ? node : node(behindX, behindY, direction)
      };
      for (int previous : before) {
        if (steps[previous] == Integer.MAX_VALUE) {
          steps[previous] = steps[node] + 1;
          queue[tail++] = previous;
        }
      }
    }
  }

  /** The steps from a place, or {@code Integer.MAX_VALUE} where there is no way. */
  int from(int x, int y, int direction) {
    return steps[node(x, y, direction)];
  }

  private int node(int x, int y, int direction) {
    return (y * side + x) << 2 | direction;
  }
}
