package dev.retort.evaluate;

import dev.retort.RetortException;
import dev.retort.figure.Numbers;

/**
 * A 95 % interval of an estimate; where there is nothing to estimate it from, {@link #NONE}.
 *
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double low, double high) {
  /** No interval: both ends are NaN. */
  public static final Interval NONE = new Interval(Double.NaN, Double.NaN);

  /** Refuses ends in the wrong order, and a single end. */
  public Interval {
    boolean none = Double.isNaN(low) && Double.isNaN(high);
    if (!none && !(low <= high)) {
      throw new RetortException(
          "interval: expected low <= high, got [%s, %s].".formatted(low, high));
    }
  }

  /** Whether there is one. */
  public boolean isKnown() {
    return !Double.isNaN(low);
  }

  /** Whether a value lies between the ends or on one of them. */
  public boolean contains(double value) {
    return value >= low && value <= high;
  }

  /** The distance between the ends. */
  public double width() {
    return high - low;
  }

  @Override
  public String toString() {
    return isKnown() ? Numbers.interval(low, high) : "–";
  }
}
