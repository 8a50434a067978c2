package dev.retort.loss;

import dev.retort.RetortException;

/** Rows of means and log-deviations, {@code [mean_1 .. mean_k, log-deviation_1 .. k]}. */
public final class Normals {
  /** {@code ½ log 2π}, by which the logarithm of a density falls in each dimension. */
  public static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** Beyond it a variance is no float any more. */
  private static final double LARGEST = 40;

  private Normals() {}

  /** Dimensions of a distribution with this many numbers, which must be even. */
  static int dimensions(Distance distance, int n) {
    if (n % 2 != 0) {
      throw new RetortException(
          "%s: expected an even number of outputs (means, then log-deviations), got %s."
              .formatted(distance, n));
    }
    return n / 2;
  }

  /**
   * One dimension of a student's normal distribution against a target, {@code log σ + (v + (μ −
   * m)²) / (2 σ²)}, which is the divergence from a normal distribution of mean m and variance v,
   * and of a variance of 0 the negative log-likelihood of m, both up to a constant.
   *
   * @param z outputs, the mean at {@code at} and the log-deviation at {@code at + size}
   * @param m the target's mean
   * @param v the target's variance
   * @param dz receives the derivative at the same places
   */
  static double toward(float[] z, int at, int size, double m, double v, float[] dz) {
    double e = z[at] - m;
    double log = z[at + size];
    double precision = Math.exp(-2 * log);
    double squares = (v + e * e) * precision;
    dz[at] = (float) (e * precision);
    dz[at + size] = (float) (1 - squares);
    return log + 0.5 * squares;
  }

  /** A teacher's log-deviation; what no teacher says is refused. */
  static double logDeviation(Distance distance, float[] t, int at) {
    if (!(Math.abs(t[at]) <= LARGEST)) {
      throw new RetortException(
          "%s: expected log-deviations from %s to %s, got %s (target number %s). Targets are means, then log-deviations."
              .formatted(distance, -LARGEST, LARGEST, t[at], at));
    }
    return t[at];
  }
}
