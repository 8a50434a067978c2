package dev.retort.loss;

/**
 * The softmax and its logarithm, in the one way that cannot overflow: {@code log p_i = x_i / T −
 * L}, {@code L = log Σ_j exp(x_j / T)}. A number of −∞ has no share.
 */
public final class Softmax {
  private Softmax() {}

  /**
   * Probabilities, each rounded once, with one exponential a number.
   *
   * @param x logits, {@code x[at .. at + n)}
   * @param temperature {@code T > 0}
   * @param p receives them, {@code p[to .. to + n)}; may be {@code x}
   * @return {@code L}, as of {@link #logSum}
   */
  public static double apply(float[] x, int at, int n, double temperature, float[] p, int to) {
    double max = max(x, at, n);
    double[] e = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      e[i] = share(x[at + i], max, temperature);
      sum += e[i];
    }
    double scale = 1 / sum;
    for (int i = 0; i < n; i++) {
      p[to + i] = (float) (e[i] * scale);
    }
    return max / temperature + Math.log(sum);
  }

  /** {@code L}, so that {@code x_i / T − L} is a log-probability. */
  public static double logSum(float[] x, int at, int n, double temperature) {
    double max = max(x, at, n);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += share(x[at + i], max, temperature);
    }
    return max / temperature + Math.log(sum);
  }

  /**
   * {@code p · log}, the part of a choice in an entropy or a divergence: nothing where its
   * probability is 0, be the logarithm what it may.
   */
  public static double part(double p, double log) {
    return p > 0 ? p * log : 0;
  }

  /** {@code exp((x − max) / T)}; the largest costs no exponential. */
  private static double share(float x, double max, double temperature) {
    return x == max ? 1 : Math.exp((x - max) / temperature);
  }

  private static double max(float[] x, int at, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[at + i]);
    }
    return max;
  }

  /** Index of the largest of {@code x[at .. at + n)}, the first of equals. */
  public static int argmax(float[] x, int at, int n) {
    int best = 0;
    for (int i = 1; i < n; i++) {
      if (x[at + i] > x[at + best]) {
        best = i;
      }
    }
    return best;
  }
}
