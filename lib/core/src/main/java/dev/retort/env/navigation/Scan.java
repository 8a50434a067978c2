package dev.retort.env.navigation;

import dev.retort.env.control.Angle;
import java.util.Arrays;

/** What a robot's sensor shows: 64 rays over 120° ahead, the leftmost first. */
final class Scan {
  static final int RAYS = 64;

  /** How far it sees, in m. */
  static final double FARTHEST = 10;

  private static final double WIDE = Math.toRadians(120);
  private static final double[] COS = new double[RAYS];
  private static final double[] SIN = new double[RAYS];

  static {
    for (int ray = 0; ray < RAYS; ray++) {
      double angle = WIDE / 2 - ray * WIDE / (RAYS - 1);
      COS[ray] = Angle.cos(angle);
      SIN[ray] = Angle.sin(angle);
    }
  }

  private Scan() {}

  /**
   * Writes ranges of {@code r} m as {@code r / (r + 1)}, so that near things differ more than far
   * ones, 1 where nothing is met within 10 m, and behind them the class of what each ray meets as a
   * 1 among zeros, {@code (4, 64)}.
   */
  static void write(double[] state, double height, float[] seen, int at) {
    Arrays.fill(seen, at, at + RAYS, 1);
    Arrays.fill(seen, at + RAYS, at + RAYS + Matter.COUNT * RAYS, 0);
    double cos = Angle.cos(state[RobotState.HEADING]);
    double sin = Angle.sin(state[RobotState.HEADING]);
    int[] met = new int[RAYS];
    for (int i = Obstacles.count(state) - 1; i >= 0; i--) {
      int obstacle = Obstacles.at(i);
      if (Obstacles.matter(state, obstacle).isSeenFrom(height)) {
        shorten(state, obstacle, cos, sin, seen, at, met);
      }
    }
    for (int ray = 0; ray < RAYS; ray++) {
      if (met[ray] > 0) {
        int channel = Obstacles.matter(state, met[ray]).number();
        seen[at + RAYS + channel * RAYS + ray] = 1;
      }
    }
  }

  /** Shortens the rays that meet an obstacle; those that pass it by its reach are not asked. */
  private static void shorten(
      double[] state, int obstacle, double cos, double sin, float[] seen, int at, int[] met) {
    double x = state[RobotState.X];
    double y = state[RobotState.Y];
    double east = state[obstacle] - x;
    double north = state[obstacle + 1] - y;
    double reach = Obstacles.reach(state, obstacle);
    double ahead = cos * east + sin * north;
    double aside = cos * north - sin * east;
    double far = FARTHEST + reach;
    if (ahead * ahead + aside * aside > far * far || ahead < -reach) {
      return;
    }
    for (int ray = 0; ray < RAYS; ray++) {
      if (Math.abs(ahead * SIN[ray] - aside * COS[ray]) <= reach) {
        double dx = cos * COS[ray] - sin * SIN[ray];
        double dy = sin * COS[ray] + cos * SIN[ray];
        float shown = shown(Obstacles.hit(state, obstacle, x, y, dx, dy));
        if (shown < seen[at + ray]) {
          seen[at + ray] = shown;
          met[ray] = obstacle;
        }
      }
    }
  }

  private static float shown(double range) {
    return range >= FARTHEST ? 1 : (float) (range / (range + 1));
  }

  /** The range in m that is shown so; 10 m where nothing is met. */
  static double range(float shown) {
    return shown == 1 ? FARTHEST : shown / (1.0 - shown);
  }

  /** The angle of a ray from straight ahead in rad, positive to the left. */
  static double angle(int ray) {
    return WIDE / 2 - ray * WIDE / (RAYS - 1);
  }
}
