package dev.retort.env.navigation;

import java.util.ArrayList;
import java.util.List;

/**
 * Moves from cell to cell and heading to heading that a robot can make, with the time that they
 * take: turns on the spot, steps ahead and aside, or arcs.
 *
 * @param headings how many headings are distinguished, from 0 on counter-clockwise
 * @param moves what may be done
 */
record Lattice(int headings, List<Move> moves) {
  /** Headings of a robot whose heading matters, and of a car, which turns little by little. */
  private static final int HEADINGS = 16;

  private static final int OF_A_CAR = 32;

  /** How many cells a straight move may take, and how far off its heading it may lead, in rad. */
  private static final int LONGEST = 5;

  private static final double OFF = Math.toRadians(2);
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
   */
  static Lattice of(Robot robot, boolean turns) {
    boolean isRound = robot == Robot.HUMANOID && !turns;
    int headings = isRound ? 1 : robot == Robot.CAR ? OF_A_CAR : HEADINGS;
    Lattice lattice = new Lattice(headings, List.of());
    List<Move> moves = new ArrayList<>();
    for (int heading = 0; heading < headings; heading++) {
      switch (robot) {
        case DIFFERENTIAL -> {
          moves.add(lattice.straight(heading, 1, 1));
          lattice.turn(heading, moves);
        }
        case QUADRUPED -> {
          lattice.walk(heading, robot.fastest(), moves);
          lattice.turn(heading, moves);
        }
        case HUMANOID -> {
          lattice.walk(heading, WALK, moves);
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
    return new Lattice(headings, moves);
  }

  double angle(int heading) {
    return heading * 2 * Math.PI / headings;
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

  /** The shortest move along a heading, for a direction of 1, or back, for −1. */
  private Move straight(int heading, int direction, double slowness) {
    double cos = Math.cos(angle(heading));
    double sin = Math.sin(angle(heading));
    double shortest = Double.POSITIVE_INFINITY;
    int columns = 0;
    int rows = 0;
    for (int c = -LONGEST; c <= LONGEST; c++) {
      for (int r = -LONGEST; r <= LONGEST; r++) {
        double length = Obstacles.length(c, r);
        boolean isAlong = Math.abs(c * sin - r * cos) < OFF * length && c * cos + r * sin > 0;
        if (length >= 2 && length < shortest && isAlong) {
          shortest = length;
          columns = c;
          rows = r;
        }
      }
    }
    double time = slowness * Clearance.CELL * shortest;
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
    double ahead = direction * Robot.TIGHTEST * Math.sin(turned);
    double aside = side * Robot.TIGHTEST * (1 - Math.cos(turned));
    double cos = Math.cos(angle(heading));
    double sin = Math.sin(angle(heading));
    double time = (direction > 0 ? 1 : BACK) * Robot.TIGHTEST * turned;
    return new Move(
        heading,
        cells(cos * ahead - sin * aside),
        cells(sin * ahead + cos * aside),
        around(heading + side * direction),
        hundredths(time));
  }
}
