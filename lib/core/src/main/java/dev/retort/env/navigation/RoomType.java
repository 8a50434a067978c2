package dev.retort.env.navigation;

import dev.retort.random.RandomStream;
import java.util.List;
import java.util.Locale;

/**
 * Kinds of rooms, 20 m × 20 m each, and how they are furnished from a seed. They are tight: doors
 * 1.1 m, aisles 1.6 to 2 m, gaps between racks 1.5 to 1.9 m; at most 6 low boxes of 0.4 m lie
 * about.
 */
public enum RoomType {
  /** Long racks in rows, whose gaps lie in line. */
  SINGLE_RACKS,
  /** Offices of about 5 m × 5 m with a cupboard here and there, most of them joined by doors. */
  OFFICE,
  /** Short racks in rows, whose gaps do not lie in line. */
  MULTI_RACKS,
  /** A hall full of pillars and crates. */
  HALL;

  /** The side of a room in m. */
  static final double SIDE = 20;

  private static final double WALL = 0.1;
  private static final double DOOR = 1.1;
  private static final int ROWS = 6;
  private static final int OFFICES = 4;
  private static final int PILLARS = 7;
  private static final int MOST_LOW = 6;
  private static final double HALF_LOW = 0.2;

  /** The number by which the parameter {@code room} names it, from 1. */
  int number() {
    return 1 + List.of(values()).indexOf(this);
  }

  /** The type of such a number. */
  static RoomType of(int number) {
    return List.of(values()).get(number - 1);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Writes a room's obstacles. */
  void furnish(RandomStream random, double[] state) {
    state[RobotState.COUNT] = 0;
    double half = SIDE / 2;
    for (double edge : new double[] {-WALL, SIDE + WALL}) {
      Obstacles.add(state, Matter.WALL, half, edge, half + 2 * WALL, WALL);
      Obstacles.add(state, Matter.WALL, edge, half, WALL, half);
    }
    switch (this) {
      case SINGLE_RACKS -> racks(random, state, 3, true);
      case MULTI_RACKS -> racks(random, state, 5, false);
      case OFFICE -> offices(random, state);
      case HALL -> hall(random, state);
    }
    for (int left = random.nextInt(MOST_LOW + 1); left > 0; left--) {
      low(random, state);
    }
  }

  private static double within(RandomStream random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** Puts a box down, along the other axis where all are turned. */
  private static void box(
      double[] state, Matter matter, boolean turned, double x, double y, double w, double d) {
    if (turned) {
      Obstacles.add(state, matter, y, x, d / 2, w / 2);
    } else {
      Obstacles.add(state, matter, x, y, w / 2, d / 2);
    }
  }

  /** Widths of what is left free, drawn one by one. */
  private static double[] widths(RandomStream random, int count, double low, double high) {
    double[] widths = new double[count];
    for (int i = 0; i < count; i++) {
      widths[i] = within(random, low, high);
    }
    return widths;
  }

  /** What is left of the room for each of so many things between them. */
  private static double share(double[] widths, int shares) {
    double left = SIDE;
    for (double width : widths) {
      left -= width;
    }
    return left / shares;
  }

  private static void racks(RandomStream random, double[] state, int each, boolean inLine) {
    boolean turned = random.nextBoolean();
    double[] aisles = widths(random, ROWS + 1, 1.6, 2);
    double depth = share(aisles, ROWS);
    double[] gaps = widths(random, each + 1, 1.5, 1.9);
    double y = 0;
    for (int row = 0; row < ROWS; row++) {
      y += aisles[row];
      if (!inLine) {
        gaps = widths(random, each + 1, 1.5, 1.9);
      }
      double middle = share(gaps, each);
      double x = 0;
      for (int rack = 0; rack < each; rack++) {
        // Racks of a row that is not in line are of unlike lengths, two and two of one sum.
        double longer = inLine || rack == each - 1 ? 0 : (rack % 2 == 0 ? 1 : -1) * 0.6;
        double length = middle + (row % 2 == 0 ? longer : -longer);
        x += gaps[rack];
        box(state, Matter.RACK, turned, x + length / 2, y + depth / 2, length, depth);
        x += length;
      }
      y += depth;
    }
  }

  private static void offices(RandomStream random, double[] state) {
    double[] xs = lines(random);
    double[] ys = lines(random);
    for (int line = 1; line < OFFICES; line++) {
      for (int office = 0; office < OFFICES; office++) {
        partition(random, state, true, xs[line], ys[office], ys[office + 1]);
        partition(random, state, false, ys[line], xs[office], xs[office + 1]);
      }
    }
    for (int i = 0; i < OFFICES * OFFICES; i++) {
      if (random.nextDouble() < 0.5) {
        // In a corner, so that no door is blocked.
        double x = xs[i % OFFICES] + WALL + 0.4;
        double y = ys[i / OFFICES] + WALL + 0.4;
        Obstacles.add(state, Matter.BOX, x, y, 0.4, 0.4);
      }
    }
  }

  private static double[] lines(RandomStream random) {
    double[] lines = new double[OFFICES + 1];
    lines[OFFICES] = SIDE;
    for (int i = 1; i < OFFICES; i++) {
      lines[i] = SIDE * i / OFFICES + within(random, -0.6, 0.6);
    }
    return lines;
  }

  /** A wall from {@code from} to {@code to} at a place of the other axis, mostly with a door. */
  private static void partition(
      RandomStream random, double[] state, boolean turned, double place, double from, double to) {
    double door = within(random, from + 1.5, to - 0.6 - DOOR);
    if (random.nextDouble() < 0.15) {
      box(state, Matter.WALL, turned, (from + to) / 2, place, to - from, 2 * WALL);
      return;
    }
    box(state, Matter.WALL, turned, (from + door) / 2, place, door - from, 2 * WALL);
    double end = door + DOOR;
    box(state, Matter.WALL, turned, (end + to) / 2, place, to - end, 2 * WALL);
  }

  private static void hall(RandomStream random, double[] state) {
    double pitch = SIDE / PILLARS;
    for (int i = 0; i < PILLARS * PILLARS; i++) {
      int row = i / PILLARS;
      double x = (i % PILLARS + 0.5) * pitch + within(random, -0.4, 0.4);
      double y = (row + 0.5) * pitch + within(random, -0.4, 0.4);
      double half = within(random, 0.25, 0.5);
      if (random.nextDouble() < 0.65) {
        Obstacles.add(state, Matter.WALL, x, y, half, 0);
      } else {
        Obstacles.add(state, Matter.BOX, x, y, half, within(random, 0.25, 0.5));
      }
    }
  }

  /** A low box somewhere on the free floor. */
  private static void low(RandomStream random, double[] state) {
    double x;
    double y;
    do {
      x = within(random, 0.5, SIDE - 0.5);
      y = within(random, 0.5, SIDE - 0.5);
    } while (Obstacles.clearance(state, x, y) < 1.5 * HALF_LOW);
    Obstacles.add(state, Matter.LOW, x, y, HALF_LOW, HALF_LOW);
  }
}
