package dev.retort.env.navigation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Robots against closed forms. */
class RobotTest {
  private static final double[] LAGS = {0.1, 0.6, 0.4, 0.2};

  private static double[] standing() {
    return new double[RobotRooms.OBSTACLES];
  }

  private static void drive(Robot robot, double[] state, int steps, float... command) {
    for (int i = 0; i < steps; i++) {
      robot.command(command, state);
      robot.move(state);
    }
  }

  @Test
  void theVelocityFollowsACommandExponentially() {
    for (Robot robot : Robot.values()) {
      double[] state = standing();
      drive(robot, state, 7, 0.8f, 0, 0);
      double expected = 0.8f * (1 - Math.exp(-0.7 / LAGS[robot.ordinal()]));
      assertThat(state[RobotRooms.VELOCITY]).as(robot.word()).isCloseTo(expected, within(1e-12));
      assertThat(state[RobotRooms.Y]).as(robot.word()).isZero();
    }
  }

  @Test
  void aRobotAtConstantVelocityMovesAlongTheCircleOfItsSpeedAndTurn() {
    double[] state = standing();
    state[RobotRooms.VELOCITY] = 0.6;
    state[RobotRooms.VELOCITY + 2] = 0.5;
    drive(Robot.DIFFERENTIAL, state, 20, 0.6f, 0, 0.5f);
    // 2 s at 0.5 rad/s are 1 rad on a circle of 1.2 m.
    assertThat(state[RobotRooms.X]).isCloseTo(1.2 * Math.sin(1), within(1e-7));
    assertThat(state[RobotRooms.Y]).isCloseTo(1.2 * (1 - Math.cos(1)), within(1e-7));
    assertThat(state[RobotRooms.HEADING]).isCloseTo(1, within(1e-7));
  }

  @Test
  void onlyHolonomicRobotsMoveToTheSideAndTurnedOnesMoveWhereTheyAreTurned() {
    for (Robot robot : Robot.values()) {
      double[] state = standing();
      state[RobotRooms.HEADING] = Math.PI / 2;
      drive(robot, state, 100, 0, 0.5f, 0);
      if (robot.isHolonomic()) {
        assertThat(state[RobotRooms.X]).as(robot.word()).isLessThan(-4);
      } else {
        assertThat(state[RobotRooms.X]).as(robot.word()).isZero();
      }
      assertThat(state[RobotRooms.Y]).as(robot.word()).isCloseTo(0, within(1e-9));
    }
  }

  @Test
  void commandsAreBroughtWithinTheLimitsAndKeptAsTheyWereCarriedOut() {
    double[] state = standing();
    Robot.QUADRUPED.command(new float[] {2, 2, -2}, state);
    assertThat(state[RobotRooms.COMMAND]).isCloseTo(1.6 / Math.sqrt(2), within(1e-12));
    assertThat(state[RobotRooms.COMMAND + 1]).isCloseTo(1.6 / Math.sqrt(2), within(1e-12));
    assertThat(state[RobotRooms.COMMAND + 2]).isEqualTo(-1);
    Robot.DIFFERENTIAL.command(new float[] {2, 2, 0.3f}, state);
    assertThat(state[RobotRooms.COMMAND]).isEqualTo(1);
    assertThat(state[RobotRooms.COMMAND + 1]).isZero();
  }

  @Test
  void aCarDoesNotTurnOnTheSpotAndNeverTighterThanItsCircle() {
    double[] state = standing();
    drive(Robot.CAR, state, 50, 0, 0, 2);
    assertThat(state[RobotRooms.HEADING]).isZero();
    drive(Robot.CAR, state, 100, 1, 0, 2); // until the speed has settled
    double heading = state[RobotRooms.HEADING];
    double x = state[RobotRooms.X];
    double y = state[RobotRooms.Y];
    drive(Robot.CAR, state, 1, 1, 0, 2);
    double turned = state[RobotRooms.HEADING] - heading;
    double chord = Obstacles.length(state[RobotRooms.X] - x, state[RobotRooms.Y] - y);
    assertThat(chord / (2 * Math.sin(turned / 2))).isCloseTo(1.2, within(1e-6));
    drive(Robot.CAR, state, 100, -1, 0, 0);
    assertThat(state[RobotRooms.VELOCITY]).isCloseTo(-1, within(1e-9));
  }

  @Test
  void aQuadrupedSlipsByItsShareOfTheSpeedAhead() {
    double[] state = standing();
    state[RobotRooms.SLIP] = 0.3;
    drive(Robot.QUADRUPED, state, 60, 1.5f, 0, 0);
    assertThat(state[RobotRooms.Y]).isCloseTo(0.3 * state[RobotRooms.X], within(1e-9));
    assertThat(state[RobotRooms.X]).isGreaterThan(5);
  }

  @Test
  void aHumanoidFeelsAccelerationsThroughItsFilter() {
    double[] state = standing();
    Robot.HUMANOID.command(new float[] {0.5f, 0, 0}, state);
    Robot.HUMANOID.move(state);
    double first = 0.5 * (1 - Math.exp(-0.1 / 0.4)) / 0.1;
    assertThat(state[RobotRooms.BALANCE])
        .isCloseTo((1 - Math.exp(-0.1 / 0.3)) * first, within(1e-9));

    double[] circling = standing();
    circling[RobotRooms.VELOCITY] = 0.5;
    circling[RobotRooms.VELOCITY + 2] = 0.8;
    drive(Robot.HUMANOID, circling, 100, 0.5f, 0, 0.8f);
    assertThat(circling[RobotRooms.BALANCE]).isCloseTo(0, within(1e-6));
    assertThat(circling[RobotRooms.BALANCE + 1]).isCloseTo(0.4, within(1e-6)); // ω v
  }
}
