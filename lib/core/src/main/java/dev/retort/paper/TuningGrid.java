package dev.retort.paper;

import dev.retort.RetortException;
import dev.retort.figure.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * The values over which a number is tuned, on tasks of which nothing is claimed.
 *
 * <p>Where the best of them is at an edge, the grid had no say in how far it should reach: it goes
 * on outward by the ratio of its two values there, rounded to two significant digits, until the
 * best lies within or it was widened as often as the registration of the study allows in its row
 * {@value #WIDENINGS}. Whole numbers stay whole ones of at least 1. Whoever compares takes the
 * {@link Tuned} number, and so cannot touch a target task before.
 *
 * @param name what is tuned, as the registration calls it
 * @param values at least two positive numbers, in ascending order
 * @param widenings how often it may be widened
 * @param most the largest value that means anything
 */
public record TuningGrid(String name, List<Double> values, int widenings, double most) {
  /** The row of a registration that says how often a grid may be widened. */
  public static final String WIDENINGS = "grids: widened at most";

  private static final MathContext DIGITS = new MathContext(2);

  /** Refuses what has no ratio, or no order. */
  public TuningGrid {
    values = List.copyOf(values);
    boolean ordered = values.size() > 1 && values.get(0) > 0;
    for (int i = 1; i < values.size(); i++) {
      ordered &= values.get(i) > values.get(i - 1);
    }
    if (!ordered || widenings < 0) {
      throw new RetortException(
          "grid '%s': expected at least two positive numbers in ascending order and no negative number of widenings, got %s and %s. Write them so in the registration."
              .formatted(name, values, widenings));
    }
  }

  /** The grid that a row of a registration names. */
  public static TuningGrid of(Registration fixed, String name, Scale scale) {
    return new TuningGrid(
        name,
        Arrays.stream(fixed.numbers(name, scale)).boxed().toList(),
        fixed.count(WIDENINGS, scale),
        Double.POSITIVE_INFINITY);
  }

  /** The same, which is never widened beyond a value. */
  public TuningGrid upTo(double limit) {
    return new TuningGrid(name, values, widenings, limit);
  }

  /**
   * The value with the highest score, after as many widenings as it takes or may have.
   *
   * @param score what a value reaches on the tuning tasks; the first of equals is the best
   * @throws RetortException if a score is no number
   */
  public Tuned tuned(DoubleUnaryOperator score) {
    TreeMap<Double, Double> scores = new TreeMap<>();
    values.forEach(value -> scores.put(value, scored(score, value)));
    List<Double> added = new ArrayList<>();
    OptionalDouble next = outward(scores);
    while (next.isPresent() && added.size() < widenings) {
      added.add(next.getAsDouble());
      scores.put(next.getAsDouble(), scored(score, next.getAsDouble()));
      next = outward(scores);
    }
    return new Tuned(name, scores, added, next.isPresent());
  }

  private double scored(DoubleUnaryOperator score, double value) {
    double reached = score.applyAsDouble(value);
    if (Double.isNaN(reached)) {
      throw new RetortException(
          "grid '%s': expected a score at %s, got NaN. Look at the runs of that value."
              .formatted(name, Numbers.of(value)));
    }
    return reached;
  }

  /** The value beyond the edge at which the best one is; empty where it is within, or the end. */
  private OptionalDouble outward(TreeMap<Double, Double> scores) {
    double best = Tuned.best(scores);
    int end = values.size() - 1;
    double beyond = best;
    if (best == scores.firstKey()) {
      beyond = rounded(best * values.get(0) / values.get(1));
    } else if (best == scores.lastKey()) {
      beyond = rounded(best * values.get(end) / values.get(end - 1));
    }
    boolean goesOn = beyond > 0 && beyond <= most && !scores.containsKey(beyond);
    return goesOn ? OptionalDouble.of(beyond) : OptionalDouble.empty();
  }

  private double rounded(double value) {
    double brief = new BigDecimal(value).round(DIGITS).doubleValue();
    boolean whole = values.stream().allMatch(each -> each == Math.rint(each));
    return whole ? Math.rint(brief) : brief;
  }

  /** Such as {@code 1,000, 3,000, 10,000}. */
  @Override
  public String toString() {
    return String.join(", ", values.stream().map(Numbers::of).toList());
  }
}
