package dev.retort.evaluate;

import dev.retort.RetortException;
import dev.retort.figure.Numbers;

/**
 * A 95 % interval of an estimate.
 *
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double low, double high) {
  /** Refuses ends in the wrong order, and NaN. */
  public Interval {
    if (!(low <= high)) {
      throw new RetortException(
          "interval: expected low <= high, got [%s, %s].".formatted(low, high));
    }
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
    return Numbers.interval(low, high);
  }
}
