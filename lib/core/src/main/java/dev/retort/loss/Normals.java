package dev.retort.loss;

import dev.retort.RetortException;

/**
 * Normal distributions, {@code [mean_1 .. mean_k, log-deviation_1 .. log-deviation_k]} in a row.
 *
 * <pre>
 * −log N(x; μ, σ)  = D(x, 0) + ½ log 2π                D(m, v) = log σ + (v + (μ − m)²) / (2 σ²)
 * KL(N_T ‖ N)      = D(μ_T, σ_T²) − log σ_T − ½        ∂D/∂μ = (μ − m) / σ²
 * H(N)             = log σ + ½ log 2π + ½              ∂D/∂ log σ = 1 − (v + (μ − m)²) / σ²
 * </pre>
 *
 * <p>The reverse divergence {@code KL(N ‖ N_T)} is the same with the roles exchanged: {@code (μ −
 * μ_T) / σ_T²} and {@code σ² / σ_T² − 1} are its derivatives.
 */
public final class Normals {
  /** {@code ½ log 2π}, by which the logarithm of a density falls in each dimension. */
  public static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** Beyond it a variance is no float any more. */
  private static final double LARGEST = 40;

  private Normals() {}

  /**
   * {@code D(m, v)} of one dimension: all of a divergence or of a negative log-likelihood that the
   * distribution itself has a part in.
   *
   * @param z the mean at {@code at}, the log-deviation at {@code at + size}
   * @param m mean of a target, or the number that was drawn
   * @param v variance of the target, or 0
   */
  public static double toward(float[] z, int at, int size, double m, double v) {
    double e = z[at] - m;
    return half(z[at + size], (v + e * e) * precision(z[at + size]));
  }

  /**
   * The same with the derivatives.
   *
   * @param weight of the derivatives
   * @param dz they are added to it, at the places of the mean and of the log-deviation
   */
  public static double toward(
      float[] z, int at, int size, double m, double v, double weight, float[] dz) {
    double e = z[at] - m;
    double precision = precision(z[at + size]);
    double squares = (v + e * e) * precision;
    dz[at] += (float) (weight * e * precision);
    dz[at + size] += (float) (weight * (1 - squares));
    return half(z[at + size], squares);
  }

  /**
   * {@code D} the other way round, of a target with this mean and precision as a function of the
   * distribution in {@code z}, without {@code log σ_T}: {@code ½ (σ² + (μ − μ_T)²) / σ_T² − log σ},
   * with the derivatives.
   */
  static double from(float[] z, int at, int size, double mean, double precision, float[] dz) {
    double e = z[at] - mean;
    double ratio = variance(z[at + size]) * precision;
    dz[at] += (float) (e * precision);
    dz[at + size] += (float) (ratio - 1);
    return 0.5 * (ratio + e * e * precision) - z[at + size];
  }

  /** {@code log N(μ + σ ε; μ, σ)} of one dimension. */
  public static double logDensity(double logDeviation, double epsilon) {
    return -HALF_LOG_TWO_PI - half(logDeviation, epsilon * epsilon);
  }

  private static double half(double logDeviation, double squares) {
    return logDeviation + 0.5 * squares;
  }

  /** {@code σ²}. */
  public static double variance(double logDeviation) {
    return Math.exp(2 * logDeviation);
  }

  private static double precision(double logDeviation) {
    return Math.exp(-2 * logDeviation);
  }

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
   * Means of a teacher, its variances or precisions, and what only it adds to a divergence, {@code
   * −log σ_T − ½} or {@code log σ_T − ½} a dimension, of the numbers as they are kept.
   *
   * @param power 2 for variances, −2 for precisions
   */
  static void prepareRow(
      Distance distance, float[] t, int from, int n, int power, float[] prepared, int j) {
    int size = n / 2;
    double own = 0;
    for (int d = 0; d < size; d++) {
      double log = logDeviation(distance, t, from + size + d);
      prepared[j + d] = t[from + d];
      prepared[j + size + d] = (float) Math.exp(power * log);
      own -= 0.5 * Math.log(prepared[j + size + d]) + 0.5;
    }
    TwoFloats.put(own, prepared, j + n);
  }

  /** A teacher's log-deviation; what no teacher says is refused. */
  private static double logDeviation(Distance distance, float[] t, int at) {
    if (!(Math.abs(t[at]) <= LARGEST)) {
      throw new RetortException(
          "%s: expected log-deviations from %s to %s, got %s (target number %s). Targets are means, then log-deviations."
              .formatted(distance, -LARGEST, LARGEST, t[at], at));
    }
    return t[at];
  }
}
