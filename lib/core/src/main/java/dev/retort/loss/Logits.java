package dev.retort.loss;

import dev.retort.RetortException;
import java.util.Arrays;

/** Numbers taken as logits: the softmax and its logarithm, in the ways that cannot overflow. */
final class Logits {
  private Logits() {}

  /**
   * Fills {@code q} with {@code softmax(z)}.
   *
   * @param z logits, {@code z[i .. i + n)}
   * @param q receives the probabilities at the same place; may be {@code z}
   * @return {@code log Σ_k exp z_k}, so that {@code z_k} less it is {@code log q_k}
   */
  static double softmax(float[] z, int i, int n, float[] q) {
    double max = z[i];
    for (int k = i + 1; k < i + n; k++) {
      max = Math.max(max, z[k]);
    }
    double sum = 0;
    for (int k = i; k < i + n; k++) {
      double e = Math.exp(z[k] - max);
      q[k] = (float) e;
      sum += e;
    }
    double scale = 1 / sum;
    for (int k = i; k < i + n; k++) {
      q[k] = (float) (q[k] * scale);
    }
    return max + Math.log(sum);
  }

  /**
   * {@code −Σ_k p_k log softmax(z)_k}, where {@code 0 · log 0} is 0, with the derivative {@code
   * softmax(z) − p}.
   *
   * @param p probabilities, {@code p[j .. j + n)}
   */
  static double crossEntropy(float[] z, int i, float[] p, int j, int n, float[] dz) {
    double logSum = softmax(z, i, n, dz);
    double loss = 0;
    for (int k = 0; k < n; k++) {
      float share = p[j + k];
      loss += share > 0 ? share * (logSum - z[i + k]) : 0;
      dz[i + k] -= share;
    }
    return loss;
  }

  /** {@code −log softmax(z)_a}, the cross-entropy of certainty. */
  static double surprise(float[] z, int i, int a, int n, float[] dz) {
    double logSum = softmax(z, i, n, dz);
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
    int best = 0;
    boolean isNumber = true;
    for (int k = 0; k < n; k++) {
      isNumber &= !Float.isNaN(t[from + k]);
      best = t[from + k] > t[from + best] ? k : best;
    }
    if (!isNumber || Float.isInfinite(t[from + best])) {
      throw new RetortException(
          "%s: expected logits or action values of which the largest is finite, got %s (targets from number %s). Mask some choices with −∞, not all."
              .formatted(distance, Arrays.toString(Arrays.copyOfRange(t, from, from + n)), from));
    }
    return best;
  }
}
