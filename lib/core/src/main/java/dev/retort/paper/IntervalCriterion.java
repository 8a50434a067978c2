package dev.retort.paper;

import dev.retort.evaluate.Interval;
import dev.retort.figure.Numbers;
import java.util.Optional;

/**
 * Where a whole interval has to lie; where there is no interval, this is not met.
 *
 * @param low what the interval has to lie above
 * @param high what it has to lie below; infinite where that does not matter
 */
record IntervalCriterion(double low, double high) {
  private static final String ABOVE = "interval above ";
  private static final String WITHIN = "interval within ±";

  static IntervalCriterion above(double low) {
    return new IntervalCriterion(low, Double.POSITIVE_INFINITY);
  }

  /** As far from zero as a margin, to both sides. */
  static IntervalCriterion within(double margin) {
    return new IntervalCriterion(-margin, margin);
  }

  /** The criterion that {@link #words} says; empty for one that speaks of no interval. */
  static Optional<IntervalCriterion> of(String words) {
    if (words.startsWith(ABOVE)) {
      return Optional.of(above(number(words, ABOVE)));
    }
    return words.startsWith(WITHIN) ? Optional.of(within(number(words, WITHIN))) : Optional.empty();
  }

  private static double number(String words, String before) {
    return Double.parseDouble(words.substring(before.length()).replace(",", ""));
  }

  /** Such as {@code interval above 0} or {@code interval within ±5}. */
  String words() {
    return Double.isInfinite(high) ? ABOVE + Numbers.of(low) : WITHIN + Numbers.of(high);
  }

  boolean isMet(Interval interval) {
    return interval.low() > low && interval.high() < high;
  }
}
