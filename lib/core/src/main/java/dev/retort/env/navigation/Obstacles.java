package dev.retort.env.navigation;

import dev.retort.env.control.Angle;

/**
 * What stands in a room, as numbers of the state: boxes along the axes and upright discs.
 *
 * <p>The state holds how many there are and five numbers of each: the middle {@code (x, y)} in m,
 * half the width, half the depth or 0 of a disc whose radius is the number before, and the class.
 */
final class Obstacles {
  /** How many numbers an obstacle takes. */
  static final int NUMBERS = 5;

  /** How many there may be in a room. */
  static final int MOST = 80;

  private static final int HALF_WIDTH = 2;
  private static final int HALF_DEPTH = 3;
  private static final int CLASS = 4;

  private Obstacles() {}

  /** Where the numbers of the i-th obstacle begin. */
  static int at(int i) {
    return RobotState.OBSTACLES + NUMBERS * i;
  }

  static int count(double[] state) {
    return (int) state[RobotState.COUNT];
  }

  /** Adds one more; a disc has no depth. */
  static void add(
      double[] state, Matter matter, double x, double y, double halfWidth, double halfDepth) {
    int at = at(count(state));
    state[at] = x;
    state[at + 1] = y;
    state[at + HALF_WIDTH] = halfWidth;
    state[at + HALF_DEPTH] = halfDepth;
    state[at + CLASS] = matter.number();
    state[RobotState.COUNT]++;
  }

  static boolean isDisc(double[] state, int at) {
    return state[at + HALF_DEPTH] == 0;
  }

  static Matter matter(double[] state, int at) {
    return Matter.of(state[at + CLASS]);
  }

  static double halfWidth(double[] state, int at) {
    return state[at + HALF_WIDTH];
  }

  /** Half the extent from north to south, of a disc too. */
  static double halfDepth(double[] state, int at) {
    return state[at + (isDisc(state, at) ? HALF_WIDTH : HALF_DEPTH)];
  }

  /** How far a point is from an obstacle in m; 0 within. */
  static double distance(double[] state, int at, double x, double y) {
    double across = Math.abs(x - state[at]);
    double along = Math.abs(y - state[at + 1]);
    if (isDisc(state, at)) {
      return Math.max(0, length(across, along) - state[at + HALF_WIDTH]);
    }
    across = Math.max(0, across - state[at + HALF_WIDTH]);
    along = Math.max(0, along - state[at + HALF_DEPTH]);
    return across == 0 ? along : along == 0 ? across : length(across, along);
  }

  /** How far a point is from the nearest obstacle in m. */
  static double clearance(double[] state, double x, double y) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = count(state) - 1; i >= 0; i--) {
      nearest = Math.min(nearest, distance(state, at(i), x, y));
    }
    return nearest;
  }

  /** How far the robot is from the nearest obstacle in m; below 0 where it touches one. */
  static double clearance(double[] state, Robot robot) {
    double cos = Angle.cos(state[RobotState.HEADING]);
    double sin = Angle.sin(state[RobotState.HEADING]);
    double nearest = Double.POSITIVE_INFINITY;
    for (int disc = 0; disc < robot.discs(); disc++) {
      double ahead = robot.disc(disc);
      double x = state[RobotState.X] + ahead * cos;
      double y = state[RobotState.Y] + ahead * sin;
      nearest = Math.min(nearest, clearance(state, x, y));
    }
    return nearest - robot.radius();
  }

  /**
   * How far a ray runs until it meets an obstacle, in m; infinite where it does not.
   *
   * @param dx the ray's direction of length 1, with {@code dy}
   */
  static double hit(double[] state, int at, double x, double y, double dx, double dy) {
    double middleX = state[at] - x;
    double middleY = state[at + 1] - y;
    if (isDisc(state, at)) {
      double radius = state[at + HALF_WIDTH];
      double ahead = middleX * dx + middleY * dy;
      double aside = middleX * dy - middleY * dx;
      double chord = radius * radius - aside * aside;
      return chord < 0 || ahead < 0 ? Double.POSITIVE_INFINITY : ahead - Math.sqrt(chord);
    }
    double near = 0;
    double far = Double.POSITIVE_INFINITY;
    double halfWidth = state[at + HALF_WIDTH];
    double halfDepth = state[at + HALF_DEPTH];
    if (dx != 0) {
      double one = (middleX - halfWidth) / dx;
      double other = (middleX + halfWidth) / dx;
      near = Math.max(near, Math.min(one, other));
      far = Math.min(far, Math.max(one, other));
    } else if (Math.abs(middleX) > halfWidth) {
      return Double.POSITIVE_INFINITY;
    }
    if (dy != 0) {
      double one = (middleY - halfDepth) / dy;
      double other = (middleY + halfDepth) / dy;
      near = Math.max(near, Math.min(one, other));
      far = Math.min(far, Math.max(one, other));
    } else if (Math.abs(middleY) > halfDepth) {
      return Double.POSITIVE_INFINITY;
    }
    return near <= far ? near : Double.POSITIVE_INFINITY;
  }

  /** Within what distance of its middle an obstacle lies, in m. */
  static double reach(double[] state, int at) {
    return isDisc(state, at)
        ? state[at + HALF_WIDTH]
        : length(state[at + HALF_WIDTH], state[at + HALF_DEPTH]);
  }

  static double length(double x, double y) {
    return Math.sqrt(x * x + y * y);
  }
}
