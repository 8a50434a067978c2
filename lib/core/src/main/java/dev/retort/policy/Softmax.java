package dev.retort.policy;

/** The softmax, computed in the one way that cannot overflow. */
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
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[at + i]);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.exp((x[at + i] - max) / temperature);
    }
    for (int i = 0; i < n; i++) {
      p[at + i] = (float) (Math.exp((x[at + i] - max) / temperature) / sum);
    }
  }

  /** The index of the largest of {@code x[at .. at + n)}, the first of equals. */
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
