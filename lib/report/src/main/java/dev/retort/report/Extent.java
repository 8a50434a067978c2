package dev.retort.report;

import dev.retort.figure.Figure;
import java.util.stream.DoubleStream;

/**
 * From where to where an axis has to reach, so that it can be divided into ticks whatever the
 * numbers are.
 *
 * @param low the least number; NaN where there is none
 * @param high the largest number
 */
record Extent(double low, double high) {
  private static final double NARROW = 1e-9;

  /** The extent of all numbers that a picture can show. */
  static Extent of(DoubleStream values) {
    var all = values.filter(Figure::shows).summaryStatistics();
    return all.getCount() == 0
        ? new Extent(Double.NaN, Double.NaN)
        : new Extent(all.getMin(), all.getMax());
  }

  private double size() {
    return Math.max(Math.abs(low), Math.abs(high));
  }

  /** Whether the numbers are so close to each other that no tick fits between them. */
  boolean isNarrow() {
    return !(high - low > NARROW * size() && high - low > 1 / Figure.FARTHEST);
  }

  /** The same, with room on both sides where it is narrow. */
  Extent roomy() {
    double room = isNarrow() ? Math.max(size() > 1 / Figure.FARTHEST ? 0 : 0.5, size() * 0.05) : 0;
    return new Extent(low - room, high + room);
  }
}
