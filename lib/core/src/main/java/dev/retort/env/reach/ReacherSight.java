package dev.retort.env.reach;

import dev.retort.space.Box;
import dev.retort.space.Space;

/** What an agent sees of the state of a {@link Reacher}. */
final class ReacherSight {
  private static final int POSITIONS = 6;

  private ReacherSight() {}

  /** The numbers that are seen, and their bounds: lengths in m, velocities in m/s. */
  static Space of(Reacher.Sight sight) {
    return switch (sight) {
      case POSITIONS -> Box.within(1, 1, 1.5f, 1.5f, 2, 2);
      case VELOCITIES -> Box.within(1, 1, 1.5f, 1.5f, 2, 2, 2, 2, 2, 2);
      case ABSOLUTE_VELOCITIES -> Box.within(1, 1, 1.5f, 1.5f, 2, 2, 6, 6, 8, 8);
    };
  }

  /** Writes what is seen of a state. */
  static void observe(Reacher.Sight sight, double[] state, float[] observation) {
    for (int i = 0; i < POSITIONS; i++) {
      observation[i] = (float) state[i];
    }
    if (sight == Reacher.Sight.POSITIONS) {
      return;
    }
    boolean relative = sight == Reacher.Sight.VELOCITIES;
    double elbowX = state[Reacher.ELBOW];
    double elbowY = state[Reacher.ELBOW + 1];
    double handX = state[Reacher.HAND];
    double handY = state[Reacher.HAND + 1];
    double shoulder = state[Reacher.SHOULDER_SPEED];
    double elbow = state[Reacher.ELBOW_SPEED];
    turning(
        shoulder,
        relative ? elbowX - state[0] : elbowX,
        relative ? elbowY - state[1] : elbowY,
        observation,
        POSITIONS);
    turning(
        elbow,
        relative ? handX - elbowX : handX,
        relative ? handY - elbowY : handY,
        observation,
        POSITIONS + 2);
  }

  /** The velocity of a point that turns about another one, at {@code (x, y)} from it. */
  private static void turning(double speed, double x, double y, float[] observation, int at) {
    observation[at] = (float) (-speed * y);
    observation[at + 1] = (float) (speed * x);
  }
}
