package dev.retort.env.navigation;

import dev.retort.env.control.Angle;
import dev.retort.space.Box;
import dev.retort.space.Group;

/** What a robot sees, part by part. */
final class RobotSight {
  /** Where the route begins. */
  static final int ROUTE = Scan.RAYS * (1 + Matter.COUNT);

  private static final int VELOCITY = ROUTE + Route.NUMBERS;
  private static final int COMMAND = VELOCITY + 3;
  private static final int GOAL_HEADING = COMMAND + 3;
  private static final int EMBODIMENT = GOAL_HEADING + 2;

  /** Where the state begins, for those who see it. */
  static final int TRUTH = EMBODIMENT + Robot.COUNT;

  private RobotSight() {}

  static Group space(RobotRooms world) {
    float most = (float) Robot.GREATEST;
    Group seen =
        Group.of("range", Box.of(0, 1, Scan.RAYS))
            .and("classes", Box.of(0, 1, Matter.COUNT, Scan.RAYS))
            .and("route", Box.of(-Route.SEGMENTS, Route.SEGMENTS, Route.SEGMENTS, 4))
            .and("velocity", Box.within(most, most, most))
            .and("command", Box.within(most, most, most))
            .and("goalHeading", Box.within(1, 1))
            .and("embodiment", Box.of(0, 1, Robot.COUNT));
    return world.truth() == 0 ? seen : seen.and("truth", Box.of(-1e6f, 1e6f, world.stateSize()));
  }

  static void write(RobotRooms world, double[] state, float[] seen) {
    Scan.write(state, world.height(), seen, 0);
    Route.write(state, seen, ROUTE);
    for (int i = 0; i < 3; i++) {
      seen[VELOCITY + i] = (float) state[RobotState.VELOCITY + i];
      seen[COMMAND + i] = (float) state[RobotState.COMMAND + i];
    }
    double asked = state[RobotState.GOAL + 2] - state[RobotState.HEADING];
    seen[GOAL_HEADING] = (float) Angle.cos(asked);
    seen[GOAL_HEADING + 1] = (float) Angle.sin(asked);
    for (int i = 0; i < Robot.COUNT; i++) {
      seen[EMBODIMENT + i] = i == world.robot().number() ? 1 : 0;
    }
    if (world.truth() == 1) {
      for (int i = 0; i < world.stateSize(); i++) {
        seen[TRUTH + i] = (float) state[i];
      }
    }
  }
}
