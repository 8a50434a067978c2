package dev.retort.loss;

/**
 * The Huber loss of each output, {@code Σ_k h(z_k − t_k), h(e) = ½ e² where |e| ≤ δ, else δ (|e| −
 * ½ δ)}, with the derivative {@code e} kept between {@code −δ} and {@code δ}.
 *
 * <p>Near the target it is half of {@link Mse}, far away {@link L1} times δ: no single row pulls
 * harder than δ.
 *
 * <p>Peter J. Huber, "Robust estimation of a location parameter", 1964.
 *
 * @param threshold δ
 */
public record Huber(double threshold) implements Distance {
  /** Refuses a threshold that is not positive. */
  public Huber {
    Checks.requirePositive("huber", "a threshold", threshold);
  }

  /** Loss of an error {@code e} with the threshold 1. */
  public static double value(double e) {
    return value(e, 1);
  }

  /** Derivative of {@link #value} by the error. */
  public static double slope(double e) {
    return slope(e, 1);
  }

  private static double value(double e, double threshold) {
    double size = Math.abs(e);
    return size <= threshold ? 0.5 * e * e : threshold * (size - 0.5 * threshold);
  }

  private static double slope(double e, double threshold) {
    return Math.max(-threshold, Math.min(threshold, e));
  }

  @Override
  public double at(float[] z, int i, float[] t, int j, int n, float[] dz) {
    double loss = 0;
    for (int k = 0; k < n; k++) {
      double e = Checks.difference(z[i + k], t[j + k]);
      loss += value(e, threshold);
      dz[i + k] = (float) slope(e, threshold);
    }
    return loss;
  }

  @Override
  public String toString() {
    return "huber:" + threshold;
  }
}
