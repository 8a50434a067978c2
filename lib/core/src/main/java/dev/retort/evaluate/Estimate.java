package dev.retort.evaluate;

import dev.retort.figure.Numbers;
import java.util.List;

/**
 * A statistic of a sample, with the interval that says how far to trust it.
 *
 * @param value the statistic
 * @param interval its 95 % interval; {@link Interval#NONE} of a single value
 */
public record Estimate(double value, Interval interval) {
  /** The estimate from no value at all. */
  static final Estimate NONE = new Estimate(Double.NaN, Interval.NONE);

  @Override
  public String toString() {
    if (!interval.isKnown()) {
      return Numbers.of(value) + " –";
    }
    List<String> texts = Numbers.column(value, interval.low(), interval.high());
    return "%s [%s, %s]".formatted(texts.get(0), texts.get(1), texts.get(2));
  }
}
