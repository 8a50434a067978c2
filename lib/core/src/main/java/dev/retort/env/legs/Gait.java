package dev.retort.env.legs;

/**
 * A gait that looks at nothing but the clock and the speed that is asked for: every other leg is
 * half a cycle later.
 *
 * <pre>
 *   hip = s v* sin φ      knee = −0.4 max(0, cos φ)      s = 0.9 s/m ahead, 0.6 s/m back
 * </pre>
 *
 * <pre>{@code
 * Policy trot = Scripted.of("trot", env("UniLegs"), Gait::trot);
 * }</pre>
 */
public final class Gait {
  private static final double AHEAD = 0.9;
  private static final double BACK = 0.6;
  private static final double LIFT = 0.4;

  private Gait() {}

  /**
   * Trots.
   *
   * @param seen what {@link UniLegs} shows
   * @param action receives what the joints are told, {@code (16)}
   */
  public static void trot(float[] seen, float[] action) {
    float command = seen[LegSight.COMMAND];
    double stride = (command > 0 ? AHEAD : BACK) * command;
    for (int j = 0; j < LegState.MOST_JOINTS; j++) {
      int side = j / 2 % 2 == 0 ? 1 : -1;
      double angle =
          j % 2 == 0
              ? stride * side * seen[LegSight.CLOCK]
              : -LIFT * Math.max(0, side * seen[LegSight.CLOCK + 1]);
      action[j] = seen[LegSight.PRESENT + j] * (float) Math.max(-1, Math.min(1, angle));
    }
  }
}
