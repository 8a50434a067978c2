package dev.retort.env.navigation;

import dev.retort.env.control.Angle;
import java.util.Arrays;

/**
 * How far the nearest obstacle is from the middles of cells of 0.1 m, in the part of a room around
 * a mission; what is farther than 1.2 m counts as 1.2 m.
 */
final class Clearance {
  /** The side of a cell in m. */
  static final double CELL = 0.1;

  private static final double FARTHEST = 1.2;
  private static final double AROUND = 5;

  /** The lowest corner, and how many columns and rows there are. */
  final double west;

  final double south;
  final int columns;
  final int rows;
  private final float[] distances;

  /** Looks at a state's room around its start and goal. */
  Clearance(double[] state) {
    double startX = state[RobotState.TRAIL];
    double startY = state[RobotState.TRAIL + 1];
    double goalX = state[RobotState.GOAL];
    double goalY = state[RobotState.GOAL + 1];
    this.west = Math.max(0, Math.min(startX, goalX) - AROUND);
    this.south = Math.max(0, Math.min(startY, goalY) - AROUND);
    double east = Math.min(RoomType.SIDE, Math.max(startX, goalX) + AROUND);
    double north = Math.min(RoomType.SIDE, Math.max(startY, goalY) + AROUND);
    this.columns = (int) Math.ceil((east - west) / CELL);
    this.rows = (int) Math.ceil((north - south) / CELL);
    this.distances = new float[columns * rows];
    Arrays.fill(distances, (float) FARTHEST);
    for (int i = Obstacles.count(state) - 1; i >= 0; i--) {
      measure(state, Obstacles.at(i));
    }
  }

  private void measure(double[] state, int at) {
    double width = Obstacles.halfWidth(state, at) + FARTHEST;
    double depth = Obstacles.halfDepth(state, at) + FARTHEST;
    int last = Math.min(columns - 1, column(state[at] + width));
    int top = Math.min(rows - 1, row(state[at + 1] + depth));
    for (int row = Math.max(0, row(state[at + 1] - depth)); row <= top; row++) {
      for (int column = Math.max(0, column(state[at] - width)); column <= last; column++) {
        float distance = (float) Obstacles.distance(state, at, x(column), y(row));
        int cell = row * columns + column;
        distances[cell] = Math.min(distances[cell], distance);
      }
    }
  }

  int column(double x) {
    return (int) Math.floor((x - west) / CELL);
  }

  int row(double y) {
    return (int) Math.floor((y - south) / CELL);
  }

  double x(int column) {
    return west + (column + 0.5) * CELL;
  }

  double y(int row) {
    return south + (row + 0.5) * CELL;
  }

  /** How far the robot would be from the nearest obstacle in m; below 0 where nothing is known. */
  double of(Robot robot, double x, double y, double heading) {
    double cos = Angle.cos(heading);
    double sin = Angle.sin(heading);
    double nearest = FARTHEST;
    for (int disc = 0; disc < robot.discs(); disc++) {
      double ahead = robot.disc(disc);
      nearest = Math.min(nearest, at(x + ahead * cos, y + ahead * sin));
    }
    return nearest - robot.radius();
  }

  /** How far a point is from the nearest obstacle, between the middles of four cells. */
  private double at(double x, double y) {
    double across = (x - west) / CELL - 0.5;
    double along = (y - south) / CELL - 0.5;
    int column = (int) Math.floor(across);
    int row = (int) Math.floor(along);
    if (column < 0 || row < 0 || column >= columns - 1 || row >= rows - 1) {
      return 0;
    }
    double toEast = across - column;
    double toNorth = along - row;
    int cell = row * columns + column;
    double low = distances[cell] + toEast * (distances[cell + 1] - distances[cell]);
    int above = cell + columns;
    double high = distances[above] + toEast * (distances[above + 1] - distances[above]);
    return low + toNorth * (high - low);
  }
}
