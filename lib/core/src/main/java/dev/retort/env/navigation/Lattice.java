package dev.retort.env.navigation;

import dev.retort.env.control.Angle;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves from cell to cell and heading to heading that a robot can make, with the time that they
 * take: turns on the spot, steps ahead and aside, or arcs.
 *
 * @param headings how many headings are distinguished, counter-clockwise
 * @param first the first of them in rad
 * @param moves what may be done
 */
record Lattice(int headings, double first, List<Move> moves) {
  /** Headings of a robot whose heading matters, and of a car, which turns little by little. */
  private static final int HEADINGS = 16;

  private static final int OF_A_CAR = 32;

  /** How many cells a straight move may take, and what one is worth in rad off the heading. */
  private static final int LONGEST = 5;

  private static final double SHORTER = 0.004;
  private static final double WALK = 0.7;
  private static final double BACK = 2;

  /** Keeps the moves as they are. */
  Lattice {
    moves = List.copyOf(moves);
  }

  /**
   * A move.
   *
   * @param from the heading in which it begins
   * @param columns by how many cells it leads to the east
   * @param rows by how many cells it leads to the north
   * @param to the heading in which it ends
   * @param time what it takes in hundredths of a second
   */
  record Move(int from, int columns, int rows, int to, int time) {}

  /**
   * The moves of a robot.
   *
   * @param turns whether the heading matters to a disc that moves in all directions
   * @param first the heading that is one of the lattice's, in rad
   */
  static Lattice of(Robot robot, boolean turns, double first) {
    boolean isRound = robot == Robot.HUMANOID && !turns;
    int headings = isRound ? 1 : robot == Robot.CAR ? OF_A_CAR : HEADINGS;
    Lattice lattice = new Lattice(headings, first, List.of());
    List<Move> moves = new ArrayList<>();
    for (int heading = 0; heading < headings; heading++) {
      switch (robot) {
        case DIFFERENTIAL -> {
          moves.add(lattice.straight(heading, 1, 1));
          lattice.turn(heading, moves);
        }
        case QUADRUPED -> {
          walk(heading, robot.fastest(), moves);
          lattice.turn(heading, moves);
        }
        case HUMANOID -> {
          walk(heading, WALK, moves);
          if (!isRound) {
            lattice.turn(heading, moves);
          }
        }
        case CAR -> {
          moves.add(lattice.straight(heading, 1, 1));
          moves.add(lattice.straight(heading, -1, BACK));
          for (int side = -1; side <= 1; side += 2) {
            moves.add(lattice.arc(heading, side, 1));
            moves.add(lattice.arc(heading, side, -1));
          }
        }
      }
    }
    return new Lattice(headings, first, moves);
  }

  double angle(int heading) {
    return first + heading * 2 * Math.PI / headings;
  }

  /** A heading in rad as a number of the lattice's headings, between them too. */
  double number(double heading) {
    return (heading - first) * headings / (2 * Math.PI);
  }

  private int around(int heading) {
    return Math.floorMod(heading, headings);
  }

  private static int cells(double length) {
    return (int) Math.rint(length / Clearance.CELL);
  }

  private static int hundredths(double seconds) {
    return (int) Math.rint(100 * seconds);
  }

  /** The move that leads best along a heading, for a direction of 1, or back, for −1. */
  private Move straight(int heading, int direction, double slowness) {
    double cos = Angle.cos(angle(heading));
    double sin = Angle.sin(angle(heading));
    double least = Double.POSITIVE_INFINITY;
    int columns = 0;
    int rows = 0;
    for (int c = -LONGEST; c <= LONGEST; c++) {
      for (int r = -LONGEST; r <= LONGEST; r++) {
        double length = Obstacles.length(c, r);
        double off = Math.abs(c * sin - r * cos) / length + SHORTER * length;
        if (length >= 2 && c * cos + r * sin > 0 && off < least) {
          least = off;
          columns = c;
          rows = r;
        }
      }
    }
    double time = slowness * Clearance.CELL * Obstacles.length(columns, rows);
    return new Move(heading, direction * columns, direction * rows, heading, hundredths(time));
  }

  /** Turns on the spot at 1 rad/s. */
  private void turn(int heading, List<Move> moves) {
    int time = hundredths(2 * Math.PI / headings);
    moves.add(new Move(heading, 0, 0, around(heading + 1), time));
    moves.add(new Move(heading, 0, 0, around(heading - 1), time));
  }

  /** Steps in all eight directions of the cells. */
  private static void walk(int heading, double speed, List<Move> moves) {
    for (int i = 0; i < 9; i++) {
      int columns = i % 3 - 1;
      int rows = i / 3 - 1;
      if (columns != 0 || rows != 0) {
        double time = Clearance.CELL * Obstacles.length(columns, rows) / speed;
        moves.add(new Move(heading, columns, rows, heading, hundredths(time)));
      }
    }
  }

  /** The tightest arc from one heading to the next; to the left for a side of 1, ahead for 1. */
  private Move arc(int heading, int side, int direction) {
    double turned = 2 * Math.PI / headings;
    double ahead = direction * Robot.TIGHTEST * Angle.sin(turned);
    double aside = side * Robot.TIGHTEST * (1 - Angle.cos(turned));
    double cos = Angle.cos(angle(heading));
    double sin = Angle.sin(angle(heading));
    double time = (direction > 0 ? 1 : BACK) * Robot.TIGHTEST * turned;
    return new Move(
        heading,
        cells(cos * ahead - sin * aside),
        cells(sin * ahead + cos * aside),
        around(heading + side * direction),
        hundredths(time));
  }
}
