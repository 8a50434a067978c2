package dev.retort.env.legs;

import dev.retort.random.RandomStream;
import java.util.Arrays;

/**
 * Where things stand in a state behind the numbers of the world, and the sums that measures are of.
 * All places are counted from where the world ends.
 */
final class LegState {
  static final int ROBOT = 0;
  static final int STEPS = 1;
  static final int COMMAND = 2;

  /** Angle of the clock in rad, when the episode began. */
  static final int PHASE = 3;

  static final int BUMPS = 4;
  static final int FRICTION = 5;
  static final int FALLEN = 6;

  /** Sum of the tracking rewards. */
  static final int TRACKED = 7;

  /** Work of all motors in J. */
  static final int WORK = 8;

  /**
   * Speed errors of the commands that are over, times the steps that count of each; those steps.
   */
  static final int ERROR = 9;

  static final int COUNTED = 10;

  /** Sum of the speeds under the present command, and over how many steps. */
  static final int SPEEDS = 11;

  static final int UNDER = 12;

  /** How long each leg has been in the air, in s. */
  static final int AIR = 13;

  /** How far the estimator on board is off, of the three numbers of {@code velocity}. */
  static final int ESTIMATE = AIR + Morphology.MOST_LEGS;

  private static final int ESTIMATED = 3;

  /** Angle, speed and action of each joint, those of the last {@link #HISTORY} steps. */
  static final int JOINTS = ESTIMATE + ESTIMATED;

  static final int MOST_JOINTS = 2 * Morphology.MOST_LEGS;
  static final int MOVING = 3;
  static final int HISTORY = 4;
  static final int MOMENT = MOST_JOINTS * MOVING;
  static final int SIZE = JOINTS + HISTORY * MOMENT;

  private LegState() {}

  /**
   * Lets the errors of the estimator go on: an Ornstein-Uhlenbeck process of each number, or a draw
   * of its own where nothing is kept.
   *
   * @param kept the share of an error that is left a step later, 0 to 1
   * @param deviation of an error of speed in m/s; of height it is a fifth of that in m
   */
  static void estimate(double[] state, int at, double kept, double deviation, RandomStream random) {
    double fresh = deviation * Math.sqrt(1 - kept * kept);
    for (int i = 0; i < ESTIMATED; i++) {
      int error = at + ESTIMATE + i;
      double drawn = fresh * random.nextGaussian();
      state[error] = kept * state[error] + (i == 2 ? 0.2 * drawn : drawn);
    }
  }

  /** Keeps the joints as they are now as the newest moment, the oldest one falls out. */
  static void remember(double[] state, int at, LeggedRobot robot) {
    int joints = at + JOINTS;
    System.arraycopy(state, joints, state, joints + MOMENT, (HISTORY - 1) * MOMENT);
    for (int j = 0; j < robot.joints(); j++) {
      state[joints + MOVING * j] = robot.angle(state, j);
      state[joints + MOVING * j + 1] = robot.spin(state, j);
    }
  }

  /** Takes what the joints are doing now for what they did before, too. */
  static void begin(double[] state, int at, LeggedRobot robot) {
    remember(state, at, robot);
    for (int past = 1; past < HISTORY; past++) {
      System.arraycopy(state, at + JOINTS, state, at + JOINTS + past * MOMENT, MOMENT);
    }
  }

  /** The angle of the clock in rad. */
  static double clock(double[] state, int at) {
    return state[at + PHASE] + 2 * Math.PI * UniLegs.CLOCK * UniLegs.STEP * state[at + STEPS];
  }

  /** The action of a joint in the last step. */
  static int action(int at, int joint) {
    return at + JOINTS + MOVING * joint + 2;
  }

  /** Counts a speed towards the error of the present command. */
  static void count(double[] state, int at, double speed) {
    state[at + SPEEDS] += speed;
    state[at + UNDER]++;
  }

  /** Ends a command, and begins another one. */
  static void command(double[] state, int at, double next) {
    state[at + ERROR] += open(state, at);
    state[at + COUNTED] += state[at + UNDER];
    Arrays.fill(state, at + SPEEDS, at + UNDER + 1, 0);
    state[at + COMMAND] = next;
  }

  /** Error of the present command so far, times the steps that count. */
  private static double open(double[] state, int at) {
    return Math.abs(state[at + SPEEDS] - state[at + UNDER] * state[at + COMMAND]);
  }

  /** How far the mean speed of each command was from it, in m/s; NaN before any counted. */
  static double error(double[] state, int at) {
    return (state[at + ERROR] + open(state, at)) / (state[at + COUNTED] + state[at + UNDER]);
  }
}
