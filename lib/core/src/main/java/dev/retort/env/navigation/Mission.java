package dev.retort.env.navigation;

import dev.retort.random.RandomStream;

/**
 * Where an episode begins and where it is to end: start and goal stand at least 0.7 m from any
 * obstacle, at least 1 m and at most 5 m along each axis from each other, and a disc of radius 0.4
 * m gets from one to the other on a way of at most 14 m along the axes, which an episode leaves
 * time for.
 */
final class Mission {
  private static final double CLEAR = 0.7;
  private static final double NEAREST = 1;
  private static final double FARTHEST = 5;
  private static final double FAR = 2;
  private static final double SLACK = 0.1;
  private static final double INFLATED = 0.4;
  private static final int CELLS = 100;
  private static final double CELL = RoomType.SIDE / CELLS;
  private static final int LONGEST = 70;
  private static final int TRIES = 100;

  private Mission() {}

  /**
   * Writes pose and goal.
   *
   * @param farGoals the chance that the goal is at least 2 m away along both axes
   */
  static void draw(RandomStream random, Robot robot, double farGoals, double[] state) {
    boolean far = random.nextDouble() < farGoals;
    boolean found = false;
    while (!found) {
      place(random, robot, state);
      boolean[] reached = flood(state);
      for (int i = 0; i < TRIES && !found; i++) {
        double x = state[RobotState.X] + away(random, far);
        double y = state[RobotState.Y] + away(random, far);
        boolean apart =
            Obstacles.length(x - state[RobotState.X], y - state[RobotState.Y]) >= NEAREST;
        if (apart && isIn(x) && isIn(y) && reached[cell(x, y)]) {
          state[RobotState.GOAL] = x;
          state[RobotState.GOAL + 1] = y;
          found = Obstacles.clearance(state, x, y) >= CLEAR;
        }
      }
    }
    state[RobotState.GOAL + 2] = turn(random);
  }

  private static double away(RandomStream random, boolean far) {
    double least = far ? FAR : 0;
    double distance = least + (FARTHEST - least) * random.nextDouble();
    return random.nextBoolean() ? distance : -distance;
  }

  private static double turn(RandomStream random) {
    return (2 * random.nextDouble() - 1) * Math.PI;
  }

  /** A clear place, and a heading in which no part of the robot is near an obstacle. */
  private static void place(RandomStream random, Robot robot, double[] state) {
    while (true) {
      state[RobotState.X] = RoomType.SIDE * random.nextDouble();
      state[RobotState.Y] = RoomType.SIDE * random.nextDouble();
      if (Obstacles.clearance(state, state[RobotState.X], state[RobotState.Y]) >= CLEAR) {
        for (int i = 0; i < TRIES; i++) {
          state[RobotState.HEADING] = turn(random);
          if (Obstacles.clearance(state, robot) >= SLACK) {
            return;
          }
        }
      }
    }
  }

  private static boolean isIn(double coordinate) {
    return coordinate > 0 && coordinate < RoomType.SIDE;
  }

  private static int cell(double x, double y) {
    return ((int) (y / CELL)) * CELLS + (int) (x / CELL);
  }

  /** The cells of 0.2 m that an inflated robot gets to in 70 steps, {@code (y, x)}. */
  private static boolean[] flood(double[] state) {
    boolean[] closed = new boolean[CELLS * CELLS];
    for (int i = Obstacles.count(state) - 1; i >= 0; i--) {
      close(state, Obstacles.at(i), closed);
    }
    boolean[] reached = new boolean[CELLS * CELLS];
    int[] queue = new int[CELLS * CELLS];
    int start = cell(state[RobotState.X], state[RobotState.Y]);
    int end = 1;
    int steps = 0;
    int last = 1; // where those end that are reached in so many steps
    queue[0] = start;
    reached[start] = true;
    for (int next = 0; next < end; next++) {
      if (next == last) {
        last = end;
        if (++steps == LONGEST) {
          break;
        }
      }
      int cell = queue[next];
      int column = cell % CELLS;
      int[] around = {
        column > 0 ? cell - 1 : cell,
        column < CELLS - 1 ? cell + 1 : cell,
        Math.max(cell - CELLS, column),
        Math.min(cell + CELLS, (CELLS - 1) * CELLS + column)
      };
      for (int other : around) {
        if (!closed[other] && !reached[other]) {
          reached[other] = true;
          queue[end++] = other;
        }
      }
    }
    return reached;
  }

  /** Closes the cells whose middle is too near to an obstacle. */
  private static void close(double[] state, int at, boolean[] closed) {
    int west = bounded(state[at] - Obstacles.halfWidth(state, at) - INFLATED);
    int east = bounded(state[at] + Obstacles.halfWidth(state, at) + INFLATED);
    int south = bounded(state[at + 1] - Obstacles.halfDepth(state, at) - INFLATED);
    int north = bounded(state[at + 1] + Obstacles.halfDepth(state, at) + INFLATED);
    for (int row = south; row <= north; row++) {
      for (int column = west; column <= east; column++) {
        double x = (column + 0.5) * CELL;
        double y = (row + 0.5) * CELL;
        closed[row * CELLS + column] |= Obstacles.distance(state, at, x, y) < INFLATED;
      }
    }
  }

  private static int bounded(double coordinate) {
    return (int) Math.max(0, Math.min(CELLS - 1, Math.floor(coordinate / CELL)));
  }
}
