package dev.retort.env.navigation;

import java.util.List;

/** Classes of what stands in a room, in the order of their channels, with their heights in m. */
enum Matter {
  /** A wall or a pillar. */
  WALL(3),
  /** A rack of a warehouse. */
  RACK(2.5),
  /** Stacked crates, or a cupboard. */
  BOX(1.6),
  /** A crate on the floor, which a tall robot overlooks. */
  LOW(0.4);

  /** How many classes there are. */
  static final int COUNT = 4;

  private static final List<Matter> ALL = List.of(values());

  private final double height;

  Matter(double height) {
    this.height = height;
  }

  /** Whether a sensor at this height, in m, meets it. */
  boolean isSeenFrom(double sensor) {
    return sensor < height;
  }

  /** The number by which a state names it: that of its channel. */
  int number() {
    return ALL.indexOf(this);
  }

  /** The class of a number that a state holds. */
  static Matter of(double number) {
    return ALL.get((int) number);
  }
}
