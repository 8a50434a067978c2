package dev.retort.env.reach;

import dev.retort.RetortException;
import dev.retort.env.control.Angle;
import dev.retort.random.RandomStream;

/**
 * Two teachers written by hand, as rules from what is seen to torques.
 *
 * <p>{@link #handcrafted} is the paper's: torques (−2, 2) for 12 steps, then (2, 2), which reaches
 * the target from the published pose in 27 steps with a return of 1.158939 in every rotation. It is
 * open loop; here the time is read off the pose, which along that path occurs once each.
 *
 * <p>{@link #closedLoop} solves any pose, and stands where the paper trains a soft actor-critic:
 *
 * <pre>
 *   τ₀ =  6 wrap(∠(−s) − ∠(e − s)) − 4 w_s
 *   τ₁ = −6 wrap(∠(h − e) − ∠(e − s)) − 4 w_e
 * </pre>
 *
 * <pre>{@code
 * Reacher arm = new Reacher().seeing(Reacher.Sight.VELOCITIES);
 * float[] observation = new float[arm.observations().size()];
 * float[] torques = new float[2];
 * ReacherTeacher.closedLoop(observation, torques);
 * }</pre>
 */
public final class ReacherTeacher {
  private static final int FIRST = 12;
  private static final int STEPS = 27;
  private static final float TORQUE = 2;
  private static final double STIFFNESS = 6;
  private static final double DAMPING = 4;
  private static final double[][] PATH = path();

  private ReacherTeacher() {}

  /** The elbow and hand in the shoulder's frame, at each step of the handcrafted episode. */
  private static double[][] path() {
    Reacher arm = new Reacher().symmetry(1);
    RandomStream none = RandomStream.at(0);
    double[] state = new double[arm.stateSize()];
    float[] seen = new float[arm.observations().size()];
    float[] torques = new float[2];
    double[][] path = new double[STEPS][];
    arm.reset(0, state, none);
    for (int t = 0; t < STEPS; t++) {
      arm.observe(state, seen);
      path[t] = framed(seen);
      torques(t, torques);
      arm.step(state, torques, none);
    }
    return path;
  }

  private static void torques(int step, float[] action) {
    action[0] = step < FIRST ? -TORQUE : TORQUE;
    action[1] = TORQUE;
  }

  /** Elbow and hand, {@code (4)}, turned so that the shoulder stands at (0, 1). */
  private static double[] framed(float[] seen) {
    double[] framed = new double[4];
    for (int i = 0; i < 4; i += 2) {
      double x = seen[i + 2];
      double y = seen[i + 3];
      framed[i] = seen[1] * x - seen[0] * y;
      framed[i + 1] = seen[0] * x + seen[1] * y;
    }
    return framed;
  }

  /**
   * The paper's teacher for the published pose.
   *
   * @param observation either sight's, {@code (6)} or {@code (10)}
   * @param action receives the torques, {@code (2)}, in N m
   */
  public static void handcrafted(float[] observation, float[] action) {
    double[] seen = framed(observation);
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int t = 0; t < STEPS; t++) {
      double sum = 0;
      for (int i = 0; i < 4; i++) {
        double difference = seen[i] - PATH[t][i];
        sum += difference * difference;
      }
      if (sum < least) {
        least = sum;
        nearest = t;
      }
    }
    torques(nearest, action);
  }

  /**
   * The feedback law that stretches the arm towards the target from any pose.
   *
   * @param observation with velocities, {@code (10)}
   * @param action receives the torques, {@code (2)}, in N m
   */
  public static void closedLoop(float[] observation, float[] action) {
    if (observation.length < 10) {
      throw new RetortException(
          "closed-loop teacher: expected 10 numbers, velocities among them, got %s. Use new Reacher().seeing(Sight.VELOCITIES)."
              .formatted(observation.length));
    }
    double upperX = observation[2] - observation[0];
    double upperY = observation[3] - observation[1];
    double lowerX = observation[4] - observation[2];
    double lowerY = observation[5] - observation[3];
    double upper = StrictMath.atan2(upperY, upperX);
    double lower = StrictMath.atan2(lowerY, lowerX);
    double target = StrictMath.atan2(-observation[1], -observation[0]);
    double shoulderSpeed = speed(upperX, upperY, observation[6], observation[7]);
    double elbowSpeed = speed(lowerX, lowerY, observation[8], observation[9]);
    action[0] = clipped(STIFFNESS * Angle.wrapped(target - upper) - DAMPING * shoulderSpeed);
    action[1] = clipped(-STIFFNESS * Angle.wrapped(lower - upper) - DAMPING * elbowSpeed);
  }

  /** The angular speed of a link whose end moves so, in rad/s. */
  private static double speed(double x, double y, double velocityX, double velocityY) {
    return (x * velocityY - y * velocityX) / (Reacher.LINK * Reacher.LINK);
  }

  private static float clipped(double torque) {
    return (float) Math.max(-TORQUE, Math.min(TORQUE, torque));
  }
}
