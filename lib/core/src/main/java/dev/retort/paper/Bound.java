package dev.retort.paper;

import dev.retort.evaluate.Estimate;
import dev.retort.figure.Numbers;
import java.util.Arrays;
import java.util.Optional;

/**
 * What an estimate is held against, in the words in which a registration fixes it and a table
 * prints it: {@code ≥ 1.15}, {@code > 0}, {@code interval above -5}, {@code interval within ±5}.
 *
 * @param kind of what, and how
 * @param number the threshold, or the margin to both sides of zero
 */
public record Bound(Kind kind, double number) {
  /** How an estimate can be bounded; where there is no interval, none lies anywhere. */
  public enum Kind {
    /** The value is as large or larger. */
    AT_LEAST("≥ "),
    /** The value is larger. */
    MORE("> "),
    /** The value is as small or smaller. */
    AT_MOST("≤ "),
    /** The whole interval lies above. */
    INTERVAL_ABOVE("interval above "),
    /** The whole interval lies as near to zero, to both sides. */
    INTERVAL_WITHIN("interval within ±");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** The whole interval lies above a number. */
  public static Bound above(double number) {
    return new Bound(Kind.INTERVAL_ABOVE, number);
  }

  /** The whole interval lies as near to zero as a margin, to both sides. */
  public static Bound within(double margin) {
    return new Bound(Kind.INTERVAL_WITHIN, margin);
  }

  /** The bound that {@link #words} says; empty for words that say another thing. */
  static Optional<Bound> of(String words) {
    return Arrays.stream(Kind.values())
        .filter(kind -> words.startsWith(kind.words))
        .map(kind -> new Bound(kind, number(words.substring(kind.words.length()))))
        .filter(bound -> !Double.isNaN(bound.number))
        .findFirst();
  }

  private static double number(String digits) {
    try {
      return Double.parseDouble(digits.replace(",", ""));
    } catch (NumberFormatException other) {
      return Double.NaN;
    }
  }

  /** Such as {@code ≥ 1.15} or {@code interval within ±5}. */
  public String words() {
    return kind.words + Numbers.of(number);
  }

  /** Whether it speaks of the interval, not of the value. */
  boolean isOfInterval() {
    return kind == Kind.INTERVAL_ABOVE || kind == Kind.INTERVAL_WITHIN;
  }

  /** Whether an estimate keeps it. */
  public boolean isMet(Estimate found) {
    return switch (kind) {
      case AT_LEAST -> found.value() >= number;
      case AT_MOST -> found.value() <= number;
      case MORE -> found.value() > number;
      case INTERVAL_ABOVE -> found.interval().low() > number;
      case INTERVAL_WITHIN -> found.interval().low() > -number && found.interval().high() < number;
    };
  }
}
