package dev.retort.env.navigation;

import dev.retort.env.control.Angle;
import java.util.Arrays;

/** Looks at what comes of commands: each is followed for a while, then the robot brakes. */
final class Forecast {
  /** How long a command is followed, in steps. */
  private static final int FOLLOWED = 6;

  private static final int BRAKING = 40;
  private static final double STANDING = 0.03;

  /** How far from obstacles a robot has to stay on its way, in m. */
  private static final double SLACK = 0.03;

  /** How much room a differential drive has beside it where it drives at full speed, in m. */
  private static final double ROOM = 0.5;

  /** The share of its speed that is left where it has none. */
  private static final double LEAST_SHARE = 0.3;

  /** How much a humanoid's command may change in a step, in m/s: 0.5 m/s² of the 0.6 it stands. */
  private static final double CHANGE = 0.05;

  /** The acceleration that a humanoid may feel, in m/s²; other robots feel none. */
  private static final double STOOD = 0.55;

  private static final double[] FORWARD = {1, 0.75, 0.5, 0.25, 0};
  private static final double[] DRIVEN = {1, 0.6, 0.3, -0.3, -0.6, -1};
  private static final double[] TURNS = {-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1};
  private static final double[] FEW_TURNS = {-1, -0.5, -0.15, 0, 0.15, 0.5, 1};
  private static final double[] SPEEDS = {0.7, 0.4, 0.2};
  private static final int DIRECTIONS = 16;

  private final CostToGo plan;
  private final double[] now;
  private final double[] then;
  private final double[] command = new double[3];
  private final double[] first = new double[3];
  private final double[] best = new double[3];
  private final Robot robot;
  private double least = Double.POSITIVE_INFINITY;

  Forecast(CostToGo plan, double[] state) {
    this.plan = plan;
    this.now = Arrays.copyOf(state, RobotState.TRAIL);
    this.then = new double[now.length];
    this.robot = Robot.of(state[RobotState.ROBOT]);
  }

  /** Writes the command that leaves the least time. */
  void choose(float[] action) {
    brake(best);
    consider(0, 0, 0);
    switch (robot) {
      case DIFFERENTIAL -> {
        each(FORWARD, new double[] {0}, TURNS);
        regulate();
      }
      case QUADRUPED ->
          each(new double[] {1.6, 1, 0.5, 0, -0.5}, new double[] {0, 0.5, -0.5}, FEW_TURNS);
      case HUMANOID -> walk();
      case CAR -> {
        for (double speed : DRIVEN) {
          for (double turn : TURNS) {
            consider(speed, 0, turn * Math.abs(speed) / Robot.TIGHTEST);
          }
        }
      }
    }
    for (int i = 0; i < 3; i++) {
      action[i] = (float) best[i];
    }
  }

  /** Slows down beside obstacles, on the same arc. */
  private void regulate() {
    System.arraycopy(now, 0, then, 0, now.length);
    double share = Math.max(LEAST_SHARE, Math.min(1, clearance() / ROOM));
    if (best[0] > 0) {
      best[0] *= share;
      best[2] *= share;
    }
  }

  private void each(double[] aheads, double[] asides, double[] turns) {
    for (double ahead : aheads) {
      for (double aside : asides) {
        for (double turn : turns) {
          consider(ahead, aside, turn);
        }
      }
    }
  }

  private void walk() {
    for (double speed : SPEEDS) {
      for (int i = 0; i < DIRECTIONS; i++) {
        double angle = i * 2 * Math.PI / DIRECTIONS;
        consider(speed * Angle.cos(angle), speed * Angle.sin(angle), 0);
      }
    }
    for (double turn : FEW_TURNS) {
      consider(0, 0, turn / 2);
    }
  }

  private void consider(double ahead, double aside, double turn) {
    System.arraycopy(now, 0, then, 0, now.length);
    for (int step = 0; step < FOLLOWED + BRAKING; step++) {
      boolean brakes = step >= FOLLOWED;
      approach(brakes ? 0 : ahead, brakes ? 0 : aside, brakes ? 0 : turn);
      if (step == 0) {
        System.arraycopy(command, 0, first, 0, 3);
      }
      robot.command(command[0], command[1], command[2], then);
      robot.move(then);
      if (clearance() < SLACK || RobotState.felt(then) > STOOD) {
        return;
      }
      if (brakes && speed() < STANDING) {
        break;
      }
    }
    double left = plan.at(then[RobotState.X], then[RobotState.Y], then[RobotState.HEADING]);
    if (left < least) {
      least = left;
      System.arraycopy(first, 0, best, 0, 3);
    }
  }

  private double clearance() {
    return plan.clearance()
        .of(robot, then[RobotState.X], then[RobotState.Y], then[RobotState.HEADING]);
  }

  private double speed() {
    return RobotState.speed(then) + Math.abs(then[RobotState.VELOCITY + 2]);
  }

  private void brake(double[] into) {
    System.arraycopy(now, 0, then, 0, now.length);
    approach(0, 0, 0);
    System.arraycopy(command, 0, into, 0, 3);
  }

  /** The next command on the way to another one; a humanoid's changes little by little. */
  private void approach(double ahead, double aside, double turn) {
    double byAhead = ahead - then[RobotState.COMMAND];
    double byAside = aside - then[RobotState.COMMAND + 1];
    double change = Obstacles.length(byAhead, byAside);
    double share = robot == Robot.HUMANOID && change > CHANGE ? CHANGE / change : 1;
    command[0] = then[RobotState.COMMAND] + share * byAhead;
    command[1] = then[RobotState.COMMAND + 1] + share * byAside;
    command[2] = turn;
  }
}
