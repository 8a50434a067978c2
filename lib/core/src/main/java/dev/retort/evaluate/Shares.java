package dev.retort.evaluate;

import dev.retort.RetortException;
import dev.retort.env.Env;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;

/**
 * 95 % intervals of a measure of two values, such as success: of its share, and of what one share
 * has over another. They never lack a width, be all values alike.
 *
 * <p>With Wilson's interval {@code [l, u]} of each share {@code p}, see {@link Intervals#share}:
 *
 * <pre>{@code
 * p1 - p2 of two samples    from d - √((p1 - l1)² + (u2 - p2)²)  to  d + √((u1 - p1)² + (p2 - l2)²)
 *         pair by pair      the same less 2φ times the product of the two terms below each root
 * }</pre>
 *
 * <p>where φ is the correlation of the pairs, corrected for continuity where it is positive.
 *
 * <p>Robert G. Newcombe, "Interval estimation for the difference between independent proportions",
 * 1998 (method 10), and "Improved confidence intervals for the difference between binomial
 * proportions based on paired data", 1998 (method 10).
 */
public final class Shares {
  private static final double FARTHEST = 38;

  private Shares() {}

  /**
   * The share of ones, with Wilson's interval.
   *
   * @param values zeros and ones, {@code (n)}
   */
  public static Estimate of(double... values) {
    return new Estimate(Statistics.mean(values), wilson(values, Intervals.Z));
  }

  /**
   * What the share of X is larger than that of Y, of independent samples.
   *
   * @param x zeros and ones, {@code (n)}
   * @param y zeros and ones, {@code (m)}
   */
  public static Estimate difference(double[] x, double[] y) {
    return difference(x, y, 0, Intervals.Z);
  }

  /**
   * What the share of X is larger than that of Y on the same seeds or tasks, pair by pair.
   *
   * @param x zeros and ones, {@code (n)}
   * @param y zeros and ones, {@code (n)}, in the same order
   */
  public static Estimate paired(double[] x, double[] y) {
    return difference(x, y, correlation(x, y), Intervals.Z);
  }

  /**
   * How probable a difference as large is where there is none: below 0.05 just where the interval
   * of {@link #difference} leaves 0 out.
   */
  public static double chance(double[] x, double[] y) {
    DoublePredicate isOut = z -> !difference(x, y, 0, z).interval().contains(0);
    return Intervals.bothTails(Intervals.edge(0, FARTHEST, isOut));
  }

  /**
   * Whether what leads in scores has two values only, 0 and 1: success always, another measure
   * where both values are seen. The return is no share, and the runs of a population are none.
   */
  static boolean are(List<Scores> scores) {
    String by = scores.get(0).by();
    List<double[]> samples =
        scores.stream().filter(score -> score.runs() == 1).map(Scores::sample).toList();
    double[] all = samples.stream().flatMapToDouble(Arrays::stream).toArray();
    return !by.equals(Measurements.RETURN)
        && !samples.isEmpty()
        && samples.stream().allMatch(sample -> sample.length > 0)
        && Arrays.stream(all).allMatch(value -> value == 0 || value == 1)
        && (by.equals(Env.SUCCESS) || Arrays.stream(all).distinct().count() == 2);
  }

  private static Interval wilson(double[] values, double z) {
    return Intervals.share(ones(values), values.length, z);
  }

  private static long ones(double[] values) {
    for (double value : values) {
      if (value != 0 && value != 1) {
        throw new RetortException(
            "interval of a share: expected values of 0 and 1, got %s. Intervals.mean(..) takes other numbers."
                .formatted(value));
      }
    }
    return Arrays.stream(values).filter(value -> value == 1).count();
  }

  private static Estimate difference(double[] x, double[] y, double correlation, double z) {
    double p = Statistics.mean(x);
    double q = Statistics.mean(y);
    Interval ofX = wilson(x, z);
    Interval ofY = wilson(y, z);
    double below = distance(p - ofX.low(), ofY.high() - q, correlation);
    double above = distance(ofX.high() - p, q - ofY.low(), correlation);
    return new Estimate(p - q, new Interval(p - q - below, p - q + above));
  }

  private static double distance(double a, double b, double correlation) {
    return Math.sqrt(Math.max(0, a * a - 2 * correlation * a * b + b * b));
  }

  /** φ of the pairs, a positive one corrected for continuity; 0 where either is all alike. */
  private static double correlation(double[] x, double[] y) {
    double[] differences = Statistics.differences(x, y);
    double n = x.length;
    double first = ones(x);
    double second = ones(y);
    double onlyFirst = Arrays.stream(differences).filter(each -> each == 1).count();
    double onlySecond = Arrays.stream(differences).filter(each -> each == -1).count();
    double both = first - onlyFirst;
    double neither = n - first - onlySecond;
    double size = Math.sqrt(first * (n - first) * second * (n - second));
    double covariance = both * neither - onlyFirst * onlySecond;
    double corrected = covariance > 0 ? Math.max(0, covariance - n / 2) : covariance;
    return size == 0 ? 0 : corrected / size;
  }
}
