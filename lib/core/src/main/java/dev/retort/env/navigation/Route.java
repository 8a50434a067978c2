package dev.retort.env.navigation;

import dev.retort.env.control.Angle;
import java.util.Arrays;

/**
 * The straight way from robot to goal in the robot's frame: up to 10 segments {@code (x₀, y₀, x₁,
 * y₁)} of at most 1 m, from the robot on; zeros behind the last. It knows nothing of obstacles.
 */
final class Route {
  static final int SEGMENTS = 10;
  static final int NUMBERS = 4 * SEGMENTS;

  private Route() {}

  /** Writes the segments. */
  static void write(double[] state, float[] seen, int at) {
    double east = state[RobotState.GOAL] - state[RobotState.X];
    double north = state[RobotState.GOAL + 1] - state[RobotState.Y];
    double cos = Angle.cos(state[RobotState.HEADING]);
    double sin = Angle.sin(state[RobotState.HEADING]);
    double x = cos * east + sin * north;
    double y = cos * north - sin * east;
    double length = Obstacles.length(x, y);
    Arrays.fill(seen, at, at + NUMBERS, 0);
    for (int segment = 0; segment < SEGMENTS && segment < length; segment++) {
      double from = segment / length;
      double to = Math.min(1, (segment + 1) / length);
      int first = at + 4 * segment;
      seen[first] = (float) (from * x);
      seen[first + 1] = (float) (from * y);
      seen[first + 2] = (float) (to * x);
      seen[first + 3] = (float) (to * y);
    }
  }

  /** How long the way is, in m, as far as it is written. */
  static double length(float[] seen, int at) {
    double farthest = 0;
    for (int end = at + 2; end < at + NUMBERS; end += 4) {
      farthest = Math.max(farthest, Obstacles.length(seen[end], seen[end + 1]));
    }
    return farthest;
  }
}
