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
    double logSum = Softmax.apply(z, i, n, 1, dz, i);
    double loss = 0;
    for (int k = 0; k < n; k++) {
      loss += Softmax.part(p[j + k], logSum - z[i + k]);
      dz[i + k] -= p[j + k];
    }
    return loss;
  }

  /** {@code −log softmax(z)_a}, the cross-entropy of certainty. */
  static double negativeLogLikelihood(float[] z, int i, int a, int n, float[] dz) {
    double logSum = Softmax.apply(z, i, n, 1, dz, i);
    dz[i + a] -= 1;
    return logSum - z[i + a];
  }

  /**
   * {@code softmax(t / T)} of a teacher's values, into {@code p[j .. j + n)}.
   *
   * @param distance asks
   * @param t {@code t[from .. from + n)}
   */
  static void softmax(
      Distance distance, float[] t, int from, int n, double temperature, float[] p, int j) {
    argmax(distance, t, from, n);
    Softmax.apply(t, from, n, temperature, p, j);
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
