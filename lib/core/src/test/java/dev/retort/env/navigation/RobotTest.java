package dev.retort.env.navigation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Robots against closed forms. */
class RobotTest {
  private static final double[] LAGS = {0.1, 0.6, 0.4, 0.2};

  private static double[] standing() {
    return new double[RobotState.OBSTACLES];
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
      double expected = 0.8f * (1 - Math.exp(-0.7 / LAGS[robot.number()]));
      assertThat(state[RobotState.VELOCITY]).as(robot.word()).isCloseTo(expected, within(1e-12));
      assertThat(state[RobotState.Y]).as(robot.word()).isZero();
    }
  }

  @Test
  void aRobotAtConstantVelocityMovesAlongTheCircleOfItsSpeedAndTurn() {
    double[] state = standing();
    state[RobotState.VELOCITY] = 0.6;
    state[RobotState.VELOCITY + 2] = 0.5;
    drive(Robot.DIFFERENTIAL, state, 20, 0.6f, 0, 0.5f);
    // 2 s at 0.5 rad/s are 1 rad on a circle of 1.2 m.
    assertThat(state[RobotState.X]).isCloseTo(1.2 * Math.sin(1), within(1e-7));
    assertThat(state[RobotState.Y]).isCloseTo(1.2 * (1 - Math.cos(1)), within(1e-7));
    assertThat(state[RobotState.HEADING]).isCloseTo(1, within(1e-7));
  }

  @Test
  void onlyHolonomicRobotsMoveToTheSideAndTurnedOnesMoveWhereTheyAreTurned() {
    for (Robot robot : Robot.values()) {
      double[] state = standing();
      state[RobotState.HEADING] = Math.PI / 2;
      drive(robot, state, 100, 0, 0.5f, 0);
      if (robot.isHolonomic()) {
        assertThat(state[RobotState.X]).as(robot.word()).isLessThan(-4);
      } else {
        assertThat(state[RobotState.X]).as(robot.word()).isZero();
      }
      assertThat(state[RobotState.Y]).as(robot.word()).isCloseTo(0, within(1e-9));
    }
  }

  @Test
  void commandsAreBroughtWithinTheLimitsAndKeptAsTheyWereCarriedOut() {
    double[] state = standing();
    Robot.QUADRUPED.command(new float[] {2, 2, -2}, state);
    assertThat(state[RobotState.COMMAND]).isCloseTo(1.6 / Math.sqrt(2), within(1e-12));
    assertThat(state[RobotState.COMMAND + 1]).isCloseTo(1.6 / Math.sqrt(2), within(1e-12));
    assertThat(state[RobotState.COMMAND + 2]).isEqualTo(-1);
    Robot.DIFFERENTIAL.command(new float[] {2, 2, 0.3f}, state);
    assertThat(state[RobotState.COMMAND]).isEqualTo(1);
    assertThat(state[RobotState.COMMAND + 1]).isZero();
  }

  @Test
  void aCarDoesNotTurnOnTheSpotAndNeverTighterThanItsCircle() {
    double[] state = standing();
    drive(Robot.CAR, state, 50, 0, 0, 2);
    assertThat(state[RobotState.HEADING]).isZero();
    drive(Robot.CAR, state, 100, 1, 0, 2); // until the speed has settled
    double heading = state[RobotState.HEADING];
    double x = state[RobotState.X];
    double y = state[RobotState.Y];
    drive(Robot.CAR, state, 1, 1, 0, 2);
    double turned = state[RobotState.HEADING] - heading;
    double chord = Obstacles.length(state[RobotState.X] - x, state[RobotState.Y] - y);
    assertThat(chord / (2 * Math.sin(turned / 2))).isCloseTo(1.2, within(1e-6));
    drive(Robot.CAR, state, 100, -1, 0, 0);
    assertThat(state[RobotState.VELOCITY]).isCloseTo(-1, within(1e-9));
  }

  @Test
  void aQuadrupedSlipsByItsShareOfTheSpeedAhead() {
    double[] state = standing();
    state[RobotState.SLIP] = 0.3;
    drive(Robot.QUADRUPED, state, 60, 1.5f, 0, 0);
    assertThat(state[RobotState.Y]).isCloseTo(0.3 * state[RobotState.X], within(1e-9));
    assertThat(state[RobotState.X]).isGreaterThan(5);
  }

  @Test
  void aHumanoidFeelsAccelerationsThroughItsFilter() {
    double[] state = standing();
    Robot.HUMANOID.command(new float[] {0.5f, 0, 0}, state);
    Robot.HUMANOID.move(state);
    double first = 0.5 * (1 - Math.exp(-0.1 / 0.4)) / 0.1;
    assertThat(state[RobotState.BALANCE])
        .isCloseTo((1 - Math.exp(-0.1 / 0.3)) * first, within(1e-9));

    double[] circling = standing();
    circling[RobotState.VELOCITY] = 0.5;
    circling[RobotState.VELOCITY + 2] = 0.8;
    drive(Robot.HUMANOID, circling, 100, 0.5f, 0, 0.8f);
    assertThat(circling[RobotState.BALANCE]).isCloseTo(0, within(1e-6));
    assertThat(circling[RobotState.BALANCE + 1]).isCloseTo(0.4, within(1e-6)); // ω v
  }
}
