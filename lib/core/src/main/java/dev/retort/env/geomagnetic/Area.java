package dev.retort.env.geomagnetic;

import dev.retort.random.RandomStream;

/**
 * A field of the lattice of 20° × 20° that covers the globe from 40° south to 40° north: 4 rows of
 * 18.
 *
 * @param south the latitude of its southern side in degrees
 * @param west the longitude of its western side in degrees
 */
record Area(int south, int west) {
  static final int SIDE = 20;
  static final int COUNT = 72;
  private static final int COLUMNS = 18;
  private static final int SOUTHERNMOST = -40;
  private static final int WESTERNMOST = -180;

  /** The area at a place of the order that a seed puts them into; the same in every process. */
  static Area at(long seed, int place) {
    int[] order = new int[COUNT];
    RandomStream.of(seed, "geomagnetic areas").permutation(order, COUNT);
    int row = order[place] / COLUMNS;
    int column = order[place] % COLUMNS;
    return new Area(SOUTHERNMOST + SIDE * row, WESTERNMOST + SIDE * column);
  }

  /** Whether a place lies within the area or less than so many degrees outside of it. */
  boolean holds(double latitude, double longitude, double margin) {
    double east = Globe.wrapped(longitude - west - SIDE / 2.0);
    return Math.abs(latitude - south - SIDE / 2.0) <= SIDE / 2.0 + margin
        && Math.abs(east) <= SIDE / 2.0 + margin;
  }

  /** Writes a place drawn uniformly over its surface: latitude, longitude. */
  void draw(RandomStream random, double[] place, int at) {
    double low = StrictMath.sin(Math.toRadians(south));
    double high = StrictMath.sin(Math.toRadians(south + SIDE));
    place[at] = Math.toDegrees(StrictMath.asin(low + (high - low) * random.nextDouble()));
    place[at + 1] = Globe.wrapped(west + SIDE * random.nextDouble());
  }

  @Override
  public String toString() {
    return degrees(south, "N", "S")
        + " to "
        + degrees(south + SIDE, "N", "S")
        + ", "
        + degrees(west, "E", "W")
        + " to "
        + degrees(west + SIDE, "E", "W");
  }

  private static String degrees(int value, String positive, String negative) {
    return Math.abs(value) + "°" + (value == 0 ? "" : value > 0 ? positive : negative);
  }
}
