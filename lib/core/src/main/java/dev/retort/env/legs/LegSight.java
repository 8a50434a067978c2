package dev.retort.env.legs;

import dev.retort.env.control.Angle;
import dev.retort.env.world.Terrain;
import dev.retort.space.Box;
import dev.retort.space.Group;
import java.util.Arrays;

/** What a robot with legs sees, part by part, and what is privileged. */
final class LegSight {
  private static final int JOINTS = LegState.MOST_JOINTS;
  private static final int PLACES = 8;
  private static final float MOST = 10;

  static final Group SPACE =
      Group.of("command", Box.within(MOST))
          .and("body", Box.within(MOST, MOST))
          .and("clock", Box.within(1, 1))
          .and("estimate", Box.within(MOST, MOST, MOST))
          .and("joints", Box.of(-MOST, MOST, JOINTS, LegState.MOVING))
          .and("past", Box.of(-MOST, MOST, JOINTS, (LegState.HISTORY - 1) * LegState.MOVING))
          .and("description", Box.of(-MOST, MOST, JOINTS, Morphology.DESCRIPTION))
          .and("present", Box.of(0, 1, JOINTS))
          .and("velocity", Box.within(MOST, MOST, MOST))
          .and("contacts", Box.of(0, 1, Morphology.MOST_LEGS))
          .and("ground", Box.of(-MOST, MOST, 1 + PLACES));

  static final int COMMAND = SPACE.offset("command");
  static final int CLOCK = SPACE.offset("clock");
  static final int PRESENT = SPACE.offset("present");
  private static final int BODY = SPACE.offset("body");
  private static final int ESTIMATE = SPACE.offset("estimate");
  private static final int MOVING = SPACE.offset("joints");
  private static final int PAST = SPACE.offset("past");
  private static final int DESCRIPTION = SPACE.offset("description");
  private static final int VELOCITY = SPACE.offset("velocity");
  private static final int CONTACTS = SPACE.offset("contacts");
  private static final int GROUND = SPACE.offset("ground");
  private static final double[] SCALES = {1, 0.1, 1};

  private LegSight() {}

  /**
   * Writes what is seen.
   *
   * @param at where what is not of the world begins in the state
   */
  static void write(LeggedRobot robot, Terrain terrain, double[] state, int at, float[] seen) {
    Arrays.fill(seen, 0, SPACE.size(), 0);
    seen[COMMAND] = bounded(state[at + LegState.COMMAND]);
    seen[BODY] = bounded(state[robot.trunk + 2]);
    seen[BODY + 1] = bounded(state[robot.trunkSpeed + 2]);
    double turned = LegState.clock(state, at);
    seen[CLOCK] = (float) Angle.sin(turned);
    seen[CLOCK + 1] = (float) Angle.cos(turned);
    for (int j = 0; j < robot.joints(); j++) {
      for (int i = 0; i < LegState.MOVING; i++) {
        int now = at + LegState.JOINTS + LegState.MOVING * j + i;
        seen[MOVING + LegState.MOVING * j + i] = bounded(SCALES[i] * state[now]);
        for (int past = 1; past < LegState.HISTORY; past++) {
          int to = PAST + LegState.MOVING * ((LegState.HISTORY - 1) * j + past - 1) + i;
          seen[to] = bounded(SCALES[i] * state[now + past * LegState.MOMENT]);
        }
      }
      robot.morphology.describe(j, seen, DESCRIPTION + Morphology.DESCRIPTION * j);
      seen[PRESENT + j] = 1;
    }
    moving(robot, terrain, state, at, seen);
  }

  /** How the trunk moves, as it is estimated and truly, and what else is privileged. */
  private static void moving(
      LeggedRobot robot, Terrain terrain, double[] state, int at, float[] seen) {
    double[] truth = {
      state[robot.trunkSpeed], state[robot.trunkSpeed + 1], robot.rise(state, terrain)
    };
    for (int i = 0; i < truth.length; i++) {
      seen[VELOCITY + i] = bounded(truth[i]);
      seen[ESTIMATE + i] = bounded(truth[i] + state[at + LegState.ESTIMATE + i]);
    }
    for (int leg = 0; leg < robot.morphology.legs(); leg++) {
      seen[CONTACTS + leg] = robot.stands(state, leg) ? 1 : 0;
    }
    seen[GROUND] = bounded(state[at + LegState.FRICTION]);
    double x = state[robot.trunk];
    double here = terrain.height(x);
    for (int place = 0; place < PLACES; place++) {
      double ahead = -0.6 + 0.2 * place;
      seen[GROUND + 1 + place] = bounded(10 * (terrain.height(x + ahead) - here));
    }
  }

  private static float bounded(double value) {
    return (float) Math.max(-MOST, Math.min(MOST, value));
  }
}
