package dev.retort.env.legs;

import dev.retort.env.control.Angle;
import dev.retort.env.world.Terrain;

/** What a step is worth, as {@link UniLegs} says it. */
final class LegReward {
  private static final double LONGEST_AIR = 0.4;
  private static final double WALKING = 0.1;
  private static final double IN_STEP = 0.5;

  private LegReward() {}

  /**
   * The reward of the step that led to a state; its tracking is added to the sum of the episode.
   *
   * @param told angles of the joints in rad
   * @param torques mean square of the joints' torques over the step, in (N m)²
   */
  static double of(
      double[] state, int at, LeggedRobot robot, Terrain terrain, double[] told, double torques) {
    double error = state[robot.trunkSpeed] - state[at + LegState.COMMAND];
    double tracking = StrictMath.exp(-error * error / 0.05);
    state[at + LegState.TRACKED] += tracking;
    double pitch = state[robot.trunk + 2];
    double rate = state[robot.trunkSpeed + 2];
    double rise = robot.rise(state, terrain) / robot.morphology.height();
    double changes = 0;
    for (int j = 0; j < robot.joints(); j++) {
      double change = told[j] / UniLegs.REACH - state[LegState.action(at, j)];
      changes += change * change / robot.joints();
    }
    boolean walks = Math.abs(state[at + LegState.COMMAND]) > WALKING;
    double landed = landed(state, at, robot);
    return tracking
        - 0.3 * pitch * pitch
        - 0.05 * rate * rate
        - 0.5 * rise * rise
        - 8e-4 * torques
        - 0.08 * changes
        - IN_STEP * (walks ? outOfStep(state, at, robot) : 0)
        + 0.8 * (walks ? landed : 0) / robot.morphology.legs();
  }

  /** How far legs are from the steps that the clock calls for, 0 to 1. */
  private static double outOfStep(double[] state, int at, LeggedRobot robot) {
    double swing = Angle.cos(LegState.clock(state, at));
    double out = 0;
    for (int leg = 0; leg < robot.morphology.legs(); leg++) {
      double wanted = leg % 2 == 0 ? swing : -swing;
      out += Math.max(0, robot.stands(state, leg) ? wanted : -wanted);
    }
    return out / robot.morphology.legs();
  }

  /** For how long the legs that land were in the air, in s; counts on for the others. */
  private static double landed(double[] state, int at, LeggedRobot robot) {
    double landed = 0;
    for (int leg = 0; leg < robot.morphology.legs(); leg++) {
      int air = at + LegState.AIR + leg;
      if (robot.stands(state, leg)) {
        landed += Math.min(LONGEST_AIR, state[air]);
        state[air] = 0;
      } else {
        state[air] += UniLegs.STEP;
      }
    }
    return landed;
  }
}
