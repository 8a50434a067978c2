package dev.retort.loss;

import dev.retort.RetortException;
import java.util.Arrays;

/** Cross-entropies of logits, and what a teacher's values say of choices. */
final class Logits {
  private Logits() {}

  /**
   * {@code −Σ_k p_k log softmax(z)_k}, where {@code 0 · log 0} is 0, with the derivative {@code
   * softmax(z) − p}.
   *
   * @param p probabilities, {@code p[j .. j + n)}
   */
  static double crossEntropy(float[] z, int i, float[] p, int j, int n, float[] dz) {
    double logSum = Softmax.apply(z, i, n, dz);
    double loss = 0;
    for (int k = 0; k < n; k++) {
      float share = p[j + k];
      loss += share > 0 ? share * (logSum - z[i + k]) : 0;
      dz[i + k] -= share;
    }
    return loss;
  }

  /** {@code −log softmax(z)_a}, the cross-entropy of certainty. */
  static double negativeLogLikelihood(float[] z, int i, int a, int n, float[] dz) {
    double logSum = Softmax.apply(z, i, n, dz);
    dz[i + a] -= 1;
    return logSum - z[i + a];
  }

  /**
   * {@code log softmax(t / T)} of a teacher's values.
   *
   * @param distance asks
   * @param t {@code t[from .. from + n)}
   */
  static double[] logSoftmax(Distance distance, float[] t, int from, int n, double temperature) {
    double max = t[from + argmax(distance, t, from, n)];
    double[] log = new double[n];
    double sum = 0;
    for (int k = 0; k < n; k++) {
      log[k] = (t[from + k] - max) / temperature;
      sum += Math.exp(log[k]);
    }
    for (int k = 0; k < n; k++) {
      log[k] -= Math.log(sum);
    }
    return log;
  }

  /** {@code softmax(t / T)} of a teacher's values, into {@code p[j .. j + n)}. */
  static void softmax(
      Distance distance, float[] t, int from, int n, double temperature, float[] p, int j) {
    double[] log = logSoftmax(distance, t, from, n, temperature);
    for (int k = 0; k < n; k++) {
      p[j + k] = (float) Math.exp(log[k]);
    }
  }

  /** The index of the largest of {@code t[from .. from + n)}, the first of equals; it is finite. */
  static int argmax(Distance distance, float[] t, int from, int n) {
    int best = Softmax.argmax(t, from, n);
    boolean isNumber = true;
    for (int k = 0; k < n; k++) {
      isNumber &= !Float.isNaN(t[from + k]);
    }
    if (!isNumber || Float.isInfinite(t[from + best])) {
      throw new RetortException(
          "%s: expected logits or action values of which the largest is finite, got %s (targets from number %s). Mask some choices with −∞, not all."
              .formatted(distance, Arrays.toString(Arrays.copyOfRange(t, from, from + n)), from));
    }
    return best;
  }
}
