package dev.retort.evaluate;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.function.DoublePredicate;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * 95 % intervals that keep their promise of few values too.
 *
 * <p>Of {@code n} values with mean {@code m}, deviation {@code s} and skewness {@code g}, where
 * {@code t} is the 97.5 % quantile of Student's distribution with {@code n - 1} degrees of freedom:
 *
 * <pre>{@code
 * mean          m - h(±t) s / √n,   h(q) = 3/a ( ∛(1 + a (q - a/6)) - 1 ),   a = g / √n
 *               of two different values (success, failure): Wilson's interval of a share
 * IQM, n < 6    IQM ± t s / √n
 * IQM, n >= 6   percentile bootstrap at the tails Φ(-√(n / (n-1)) t) in place of 2.5 %
 * P(X > Y)      all θ with |θ' - θ| - 1/(2nm) <= 1.96 √V(θ),
 *               V(θ) = θ (1-θ) (1 + ((n+m)/2 - 1) ((1-θ)/(2-θ) + θ/(1+θ))) / (nm)
 * }</pre>
 *
 * <p>Fewer than three values, or values that are all alike, show no spread: there is no interval.
 * How often each of these holds the truth, by simulation, stands in {@code docs/evaluation.md}.
 *
 * <p>Peter Hall, "On the removal of skewness by transformation", 1992; Edwin B. Wilson, "Probable
 * inference, the law of succession, and statistical inference", 1927; Tim Hesterberg, "What
 * teachers should know about the bootstrap", 2015 (the widened tails), arXiv 1411.5279; Robert G.
 * Newcombe, "Confidence intervals for an effect size measure based on the Mann-Whitney statistic,
 * part 2", 2006 (method 5; the continuity correction is ours). Student's distance about an
 * interquartile mean is ours: the shorter formula that simulation bears out.
 */
public final class Intervals {
  /** Below this count there is no interval. */
  public static final int LEAST = 3;

  private static final int BOOTSTRAPPED = 6;
  private static final double UPPER = 0.975;
  private static final NormalDistribution NORMAL = new NormalDistribution();
  static final double Z = NORMAL.inverseCumulativeProbability(UPPER);
  private static final int HALVINGS = 60;

  private Intervals() {}

  /**
   * The mean of independent values, with its interval.
   *
   * @param values {@code (n)}
   */
  public static Estimate mean(double... values) {
    double mean = Statistics.mean(values);
    if (!isSpread(values)) {
      return new Estimate(mean, Interval.NONE);
    }
    double low = Statistics.quantile(values, 0);
    double high = Statistics.quantile(values, 1);
    if (Arrays.stream(values).allMatch(value -> value == low || value == high)) {
      long highs = Arrays.stream(values).filter(value -> value == high).count();
      Interval share = share(highs, values.length);
      double size = high - low;
      return new Estimate(mean, new Interval(low + size * share.low(), low + size * share.high()));
    }
    double error = Statistics.standardError(values);
    double deviation = Statistics.deviation(values);
    double skewness =
        Arrays.stream(values)
                .map(value -> (value - mean) / deviation)
                .map(z -> z * z * z) // not Math.pow, whose last bit is the machine's own
                .sum()
            / values.length;
    double t = student(values.length);
    return new Estimate(
        mean,
        new Interval(
            mean - unskewed(t, skewness, values.length) * error,
            mean - unskewed(-t, skewness, values.length) * error));
  }

  /** Where a quantile of a symmetric distribution lies in one of this skewness. */
  private static double unskewed(double q, double skewness, int n) {
    double a = skewness / Math.sqrt(n);
    return Math.abs(a) < 1e-9 ? q : 3 / a * (StrictMath.cbrt(1 + a * (q - a / 6)) - 1);
  }

  /**
   * A share, such as that of successes, by Wilson's formula: never without width.
   *
   * @param count of how many it is true
   * @param all how many there are
   */
  public static Interval share(long count, long all) {
    return share(count, all, Z);
  }

  /** The same, so many standard deviations wide to each side. */
  static Interval share(long count, long all, double z) {
    if (all < 1 || count < 0 || count > all) {
      throw new RetortException(
          "interval of a share: expected from 0 to all of at least 1, got %s of %s."
              .formatted(count, all));
    }
    double p = (double) count / all;
    double weight = 1 + z * z / all;
    double middle = (p + z * z / (2 * all)) / weight;
    double half = z * Math.sqrt(p * (1 - p) / all + z * z / (4.0 * all * all)) / weight;
    return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
  }

  /**
   * The interquartile mean of independent values, with its interval.
   *
   * @param values {@code (n)}
   * @param random where resamples come from
   */
  public static Estimate iqm(double[] values, RandomStream random) {
    return iqm(values, Bootstrap.usual(), random);
  }

  /** The same from other than the usual count of resamples. */
  static Estimate iqm(double[] values, Bootstrap bootstrap, RandomStream random) {
    double iqm = Statistics.iqm(values);
    if (!isSpread(values)) {
      return new Estimate(iqm, Interval.NONE);
    }
    if (values.length >= BOOTSTRAPPED) {
      Estimate resampled = bootstrap.estimate(values, Statistics::iqm, tail(values.length), random);
      if (resampled.interval().width() > 0) {
        return resampled;
      }
    }
    double half = student(values.length) * Statistics.standardError(values);
    return new Estimate(iqm, new Interval(iqm - half, iqm + half));
  }

  /** The tail of the bootstrap that makes up for the narrowness of few values. */
  private static double tail(int n) {
    return NORMAL.cumulativeProbability(-Math.sqrt(n / (n - 1.0)) * student(n));
  }

  /**
   * What X has over Y on the same seeds or tasks: the mean of the differences, with its interval.
   * What a seed or a task does to both alike drops out, and two values of a pair need not be
   * independent of each other.
   *
   * @param x {@code (n)}
   * @param y {@code (n)}, in the same order
   */
  public static Estimate paired(double[] x, double[] y) {
    return mean(Statistics.differences(x, y));
  }

  /**
   * What X has over Y where the same seeds were tried on the same tasks, and both are samples: see
   * {@link Bootstrap#twoLevel}.
   *
   * @param x {@code (runs, tasks)}
   * @param y {@code (runs, tasks)}, in the same order
   * @param random where the resamples come from
   */
  public static Estimate paired(double[][] x, double[][] y, RandomStream random) {
    if (x.length != y.length) {
      throw new RetortException(
          "differences of pairs: expected as many runs of both, in the same order, got %s and %s."
              .formatted(x.length, y.length));
    }
    double[][] differences = new double[x.length][];
    Arrays.setAll(differences, run -> Statistics.differences(x[run], y[run]));
    return Bootstrap.usual().twoLevel(differences, Statistics::mean, random);
  }

  /**
   * The probability that a value of X is larger than one of Y, a tie counting one half, with its
   * interval, which always has a width.
   *
   * @param x {@code (n)}
   * @param y {@code (m)}
   */
  public static Estimate improvement(double[] x, double[] y) {
    double found = Statistics.probabilityOfImprovement(x, y);
    if (Math.min(x.length, y.length) < LEAST) {
      return new Estimate(found, Interval.NONE);
    }
    DoublePredicate possible = theta -> distance(found, theta, x.length, y.length) <= Z;
    return new Estimate(found, new Interval(edge(found, 0, possible), edge(found, 1, possible)));
  }

  /**
   * How probable a probability of improvement as far from one half is where there is no difference:
   * below 0.05 just where the interval of {@link #improvement} leaves one half out.
   */
  public static double chance(double[] x, double[] y) {
    double found = Statistics.probabilityOfImprovement(x, y);
    return bothTails(Math.max(0, distance(found, 0.5, x.length, y.length)));
  }

  /** How probable it is to be at least so many standard errors away, to either side. */
  static double bothTails(double z) {
    return 2 * NORMAL.cumulativeProbability(-z);
  }

  /** How many standard errors a probability that was found is from a true one. */
  private static double distance(double found, double theta, int n, int m) {
    double ways = (double) n * m;
    double more = (n + m) / 2.0 - 1;
    double variance =
        theta * (1 - theta) * (1 + more * ((1 - theta) / (2 - theta) + theta / (1 + theta))) / ways;
    double apart = Math.abs(found - theta) - 1 / (2 * ways);
    return apart <= 0 ? 0 : apart / Math.sqrt(variance);
  }

  /** The last possible value on the way from one that is possible to an end. */
  static double edge(double inside, double end, DoublePredicate possible) {
    double in = inside;
    double out = end;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (in + out) / 2;
      if (possible.test(middle)) {
        in = middle;
      } else {
        out = middle;
      }
    }
    return in == end || possible.test(end) ? end : in;
  }

  /**
   * Probabilities of several comparisons as if each were the only one: sorted upwards, the {@code
   * i}-th of {@code k} times {@code k - i + 1}, and none below the one before.
   *
   * <p>Sture Holm, "A simple sequentially rejective multiple test procedure", 1979.
   *
   * @param chances {@code (k)}
   * @return {@code (k)}, in the order given
   */
  public static double[] holm(double... chances) {
    Integer[] order = new Integer[chances.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(chances[a], chances[b]));
    double[] corrected = new double[chances.length];
    double least = 0;
    for (int i = 0; i < order.length; i++) {
      least = Math.max(least, Math.min(1, chances[order[i]] * (order.length - i)));
      corrected[order[i]] = least;
    }
    return corrected;
  }

  private static boolean isSpread(double[] values) {
    return values.length >= LEAST && Arrays.stream(values).anyMatch(value -> value != values[0]);
  }

  private static double student(int n) {
    return student(n - 1.0);
  }

  /** The 97.5 % quantile of Student's distribution with so many degrees of freedom. */
  static double student(double degrees) {
    return new TDistribution(null, degrees).inverseCumulativeProbability(UPPER);
  }
}
