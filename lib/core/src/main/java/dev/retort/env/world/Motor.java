package dev.retort.env.world;

import dev.retort.RetortException;
import dev.retort.option.Given;

/**
 * What drives a coupling. Hinges have torques in N m and speeds in rad/s, slides forces in N and
 * speeds in m/s.
 *
 * @param command what it is told at each step
 * @param strength the largest torque or force
 * @param gain of a servo: how much of its error it takes away in a second, 1/s
 * @param fastest of a servo: the largest speed that it asks for
 */
public record Motor(Command command, double strength, double gain, double fastest) {
  /** What a motor is told. */
  public enum Command {
    /** The torque or force, which is clipped to what it has. */
    TORQUE,
    /** The speed to hold, with as much torque as it takes and it has. */
    SPEED,
    /** The angle or place to go to: {@code gain · (told − angle)} is the speed to hold. */
    PLACE
  }

  /** Refuses motors without strength, and servos that do not move. */
  public Motor {
    Given.given("motor", "what it is told", command);
    positive("strength", strength);
    positive("gain", gain);
    if (!(fastest > 0)) {
      throw new RetortException("motor: expected a positive fastest, got %s.".formatted(fastest));
    }
  }

  private static void positive(String what, double value) {
    if (!(Double.isFinite(value) && value > 0)) {
      throw new RetortException(
          "motor: expected a finite positive %s, got %s.".formatted(what, value));
    }
  }

  /** A motor that is told its torque (N m), or its force (N). */
  public static Motor torque(double strength) {
    return new Motor(Command.TORQUE, strength, 1, Double.POSITIVE_INFINITY);
  }

  /** A motor that is told its speed. */
  public static Motor speed(double strength) {
    return new Motor(Command.SPEED, strength, 1, Double.POSITIVE_INFINITY);
  }

  /**
   * A servo that is told where to go.
   *
   * @param gain how much of its error it takes away in a second, 1/s
   */
  public static Motor servo(double strength, double gain) {
    return new Motor(Command.PLACE, strength, gain, Double.POSITIVE_INFINITY);
  }

  /** The same, never asking for more than a speed. */
  public Motor fastest(double fastest) {
    return new Motor(command, strength, gain, fastest);
  }

  /** The speed to hold at an angle, NaN where the torque is told. */
  double wanted(double told, double angle) {
    return switch (command) {
      case TORQUE -> Double.NaN;
      case SPEED -> told;
      case PLACE -> Math.max(-fastest, Math.min(fastest, gain * (told - angle)));
    };
  }
}
