package dev.retort.figure;

import dev.retort.RetortException;
import java.util.List;

/**
 * An estimate with its interval, under a name; one that has none has NaN for both ends.
 *
 * @param name what stands beside it
 * @param value the estimate
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param runs what the estimate is of, drawn as small dots; may be empty
 */
public record Dot(String name, double value, double low, double high, List<Double> runs) {
  /** Checks that the interval is one. */
  public Dot {
    runs = runs == null ? List.of() : runs.stream().filter(Figure::shows).toList(); // old files
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

  /** An estimate that shows nothing of what it is of. */
  public Dot(String name, double value, double low, double high) {
    this(name, value, low, high, List.of());
  }

  /** The same with what it is of. */
  public Dot runs(List<Double> values) {
    return new Dot(name, value, low, high, values);
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
    double least = hasInterval() ? Math.min(value, low) : value;
    return runs.stream().mapToDouble(Double::doubleValue).reduce(least, Math::min);
  }

  /** The largest of what is drawn. */
  double largest() {
    double largest = hasInterval() ? Math.max(value, high) : value;
    return runs.stream().mapToDouble(Double::doubleValue).reduce(largest, Math::max);
  }
}
