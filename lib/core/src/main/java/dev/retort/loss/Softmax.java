package dev.retort.loss;

/** The softmax and its logarithm, in the one way that cannot overflow. */
public final class Softmax {
  private Softmax() {}

  /**
   * {@code p_i = exp(x_i / T) / Σ_j exp(x_j / T)}.
   *
   * @param x logits, {@code x[at .. at + n)}
   * @param temperature {@code T > 0}
   * @param p receives the probabilities at the same place; may be {@code x}
   */
  public static void apply(float[] x, int at, int n, double temperature, float[] p) {
    double max = max(x, at, n);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.exp((x[at + i] - max) / temperature);
    }
    for (int i = 0; i < n; i++) {
      p[at + i] = (float) (Math.exp((x[at + i] - max) / temperature) / sum);
    }
  }

  /**
   * The softmax and the logarithm of its sum in one pass, with one exponential a number; its last
   * digit may differ from that of {@link #apply(float[], int, int, double, float[])}.
   *
   * @param x logits, {@code x[at .. at + n)}
   * @param p receives the probabilities at the same place; may be {@code x}
   * @return {@link #logSum}
   */
  static double apply(float[] x, int at, int n, float[] p) {
    double max = max(x, at, n);
    double sum = 0;
    for (int i = at; i < at + n; i++) {
      double e = Math.exp(x[i] - max);
      p[i] = (float) e;
      sum += e;
    }
    double scale = 1 / sum;
    for (int i = at; i < at + n; i++) {
      p[i] = (float) (p[i] * scale);
    }
    return max + Math.log(sum);
  }

  /** {@code log Σ_i exp x_i}, so that {@code x_i − logSum} is a log-probability. */
  public static double logSum(float[] x, int at, int n) {
    double max = max(x, at, n);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double below = x[at + i] - max;
      sum += below == 0 ? 1 : Math.exp(below); // the largest costs no exponential
    }
    return max + Math.log(sum);
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
