package dev.retort.env.navigation;

import dev.retort.env.Parameters;
import dev.retort.env.control.Angle;
import java.util.List;
import java.util.Locale;

/**
 * Robots that a policy may have to drive: bodies, limits, and how they follow a command.
 *
 * <p>A command is {@code (v_x, v_y, ω)}: ahead and to the left in m/s, counter-clockwise in rad/s.
 * It is brought within the robot's limits, and the velocity follows with a lag {@code τ}, exactly
 * over a step of 0.1 s:
 *
 * <pre>
 *   v ← v + (1 − e^(−0.1/τ)) (v* − v)
 * </pre>
 *
 * <p>Then the robot moves for 0.1 s at this velocity, along the arc that it makes.
 */
public enum Robot {
  /** A disc of radius 0.35 m on two wheels, which turns on the spot and moves ahead and back. */
  DIFFERENTIAL(1, 0.1, 0.3, 0.35, 0),
  /**
   * A long body that moves in all directions. What commands and sees is its front; two more discs
   * of radius 0.3 m follow 0.4 and 0.75 m behind. It slips: in place of {@code v_y} it moves to the
   * side at {@code v_y + s v_x}, with {@code s} drawn from −0.3 to 0.3 for each episode.
   */
  QUADRUPED(1.6, 0.6, 0.3, 0.3, 0, -0.4, -0.75),
  /**
   * A tall walker of radius 0.3 m that moves in all directions and looks over low things. With the
   * acceleration {@code a = (dv_x/dt − ω v_y, dv_y/dt + ω v_x)} it feels
   *
   * <pre>
   *   b ← b + (1 − e^(−0.1/0.3)) (a − b)
   * </pre>
   *
   * <p>and falls where {@code |b|} is above what its foot can hold: the zero moment point lies
   * {@code z |b| / g} beside the ankle, and leaves a foot of 0.11 m below a center of mass at
   * {@code z = 0.9 m} from 0.6 m/s² on. M. Vukobratović, B. Borovac, "Zero-moment point: thirty
   * five years of its life", 2004.
   */
  HUMANOID(1, 0.4, 1.5, 0.3, 0),
  /** Three discs of radius 0.3 m that steer like a car: no curve is tighter than 1.2 m. */
  CAR(1, 0.2, 0.3, 0.3, 0.3, 0, -0.3);

  /** A step in s. */
  static final double STEP = 0.1;

  /** The fastest turn in rad/s. */
  static final double FASTEST_TURN = 1;

  /** The radius of a car's tightest curve in m. */
  static final double TIGHTEST = 1.2;

  /** What the greatest command of any robot is, in m/s and rad/s. */
  static final double GREATEST = 2;

  private static final List<Robot> ALL = List.of(values());

  /** How many there are. */
  static final int COUNT = ALL.size();

  private static final double BALANCE_GAIN = 1 - StrictMath.exp(-STEP / 0.3);

  private final double fastest;
  private final double gain;
  private final double sensorHeight;
  private final double radius;

  @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it, nor gets hold of it
  private final double[] discs;

  Robot(double fastest, double lag, double sensorHeight, double radius, double... discs) {
    this.fastest = fastest;
    this.gain = 1 - StrictMath.exp(-STEP / lag);
    this.sensorHeight = sensorHeight;
    this.radius = radius;
    this.discs = discs;
  }

  /** The number by which a state, a parameter and a seed name it, from 0. */
  public int number() {
    return ALL.indexOf(this);
  }

  /** The robot of such a number. */
  static Robot of(double number) {
    return ALL.get((int) number);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The greatest speed in m/s. */
  public double fastest() {
    return fastest;
  }

  /** How high its sensor is, in m. */
  public double sensorHeight() {
    return sensorHeight;
  }

  /** The radius of each of its discs in m. */
  public double radius() {
    return radius;
  }

  /** How many discs it is made of. */
  public int discs() {
    return discs.length;
  }

  /** How far ahead of the point that is commanded a disc lies, in m. */
  public double disc(int i) {
    return discs[i];
  }

  /** Whether it moves to the side as well. */
  public boolean isHolonomic() {
    return this == QUADRUPED || this == HUMANOID;
  }

  /** Takes a command, {@code (3)}, brings it within the limits and leaves it in the state. */
  void command(float[] action, double[] state) {
    command(
        Parameters.clipped("RobotRooms", action, 0, GREATEST),
        Parameters.clipped("RobotRooms", action, 1, GREATEST),
        Parameters.clipped("RobotRooms", action, 2, GREATEST),
        state);
  }

  void command(double ahead, double aside, double turn, double[] state) {
    double side = isHolonomic() ? aside : 0;
    double speed = Obstacles.length(ahead, side);
    double share = speed > fastest ? fastest / speed : 1;
    state[RobotState.COMMAND] = share * ahead;
    state[RobotState.COMMAND + 1] = share * side;
    state[RobotState.COMMAND + 2] = turnLimited(turn, share * ahead);
  }

  private double turnLimited(double turn, double ahead) {
    double most = this == CAR ? Math.abs(ahead) / TIGHTEST : FASTEST_TURN;
    return Math.max(-most, Math.min(most, turn));
  }

  /** Follows the command of the state for one step. */
  void move(double[] state) {
    double ahead = lagged(state, 0);
    double aside = lagged(state, 1);
    double turn = turnLimited(lagged(state, 2), ahead);
    if (this == HUMANOID) {
      feel(state, 0, (ahead - state[RobotState.VELOCITY]) / STEP - turn * aside);
      feel(state, 1, (aside - state[RobotState.VELOCITY + 1]) / STEP + turn * ahead);
    }
    state[RobotState.VELOCITY] = ahead;
    state[RobotState.VELOCITY + 1] = aside;
    state[RobotState.VELOCITY + 2] = turn;
    glide(state, ahead, aside + state[RobotState.SLIP] * ahead, turn);
  }

  private double lagged(double[] state, int i) {
    double velocity = state[RobotState.VELOCITY + i];
    return velocity + gain * (state[RobotState.COMMAND + i] - velocity);
  }

  private static void feel(double[] state, int i, double acceleration) {
    double felt = state[RobotState.BALANCE + i];
    state[RobotState.BALANCE + i] = felt + BALANCE_GAIN * (acceleration - felt);
  }

  /** Moves along an arc at constant velocity: with {@code α = 0.1 ω}, by sin α/α, (1 − cos α)/α. */
  private static void glide(double[] state, double ahead, double aside, double turn) {
    double angle = STEP * turn;
    boolean straight = Math.abs(angle) < 1e-6;
    double along = straight ? 1 : Angle.sin(angle) / angle;
    double across = straight ? angle / 2 : (1 - Angle.cos(angle)) / angle;
    double x = STEP * (along * ahead - across * aside);
    double y = STEP * (across * ahead + along * aside);
    double cos = Angle.cos(state[RobotState.HEADING]);
    double sin = Angle.sin(state[RobotState.HEADING]);
    state[RobotState.X] += cos * x - sin * y;
    state[RobotState.Y] += sin * x + cos * y;
    state[RobotState.HEADING] = Angle.wrapped(state[RobotState.HEADING] + angle);
  }
}
