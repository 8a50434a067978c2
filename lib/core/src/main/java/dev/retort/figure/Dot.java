package dev.retort.figure;

import dev.retort.RetortException;

/**
 * An estimate with its interval, under a name; one that has none has NaN for both ends.
 *
 * @param name what stands beside it
 * @param value the estimate
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Dot(String name, double value, double low, double high) {
  /** Checks that the interval is one. */
  public Dot {
    boolean open = Double.isNaN(low) && Double.isNaN(high);
    if (!Figure.shows(value) || !(open || (Figure.shows(low) && Figure.shows(high)))) {
      throw new RetortException(
          "dot '%s': expected finite numbers up to %s, got %s with an interval from %s to %s."
              .formatted(name, Figure.FARTHEST, value, low, high));
    }
    if (!open && !(low <= high)) {
      throw new RetortException(
          "dot '%s': expected low <= high, got %s > %s.".formatted(name, low, high));
    }
  }

  /** An estimate without an interval. */
  public static Dot of(String name, double value) {
    return new Dot(name, value, Double.NaN, Double.NaN);
  }

  /** Whether there is an interval. */
  public boolean hasInterval() {
    return !Double.isNaN(low);
  }

  /** The least of what is drawn. */
  double least() {
    return hasInterval() ? Math.min(value, low) : value;
  }

  /** The largest of what is drawn. */
  double largest() {
    return hasInterval() ? Math.max(value, high) : value;
  }
}
