package dev.retort.teach;

import dev.retort.policy.Softmax;

/** The clipped surrogate with its entropy bonus, for one row. */
final class PpoLoss {
  private PpoLoss() {}

  /**
   * {@code −min(r A, clip(r, 1 − ε, 1 + ε) A) − c H(p)} with {@code r = p_a / p_old} and {@code p =
   * softmax(z)}.
   *
   * @param z logits, {@code z[at .. at + n)}
   */
  static double value(
      double[] z,
      int at,
      int n,
      int action,
      double oldLogProb,
      double advantage,
      double clip,
      double entropy) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, z[at + i]);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.exp(z[at + i] - max);
    }
    double bonus = 0;
    for (int i = 0; i < n; i++) {
      double logP = z[at + i] - max - Math.log(sum);
      bonus -= Math.exp(logP) * logP;
    }
    double ratio = Math.exp(z[at + action] - max - Math.log(sum) - oldLogProb);
    double clipped = Math.min(Math.max(ratio, 1 - clip), 1 + clip);
    return -Math.min(ratio * advantage, clipped * advantage) - entropy * bonus;
  }

  /**
   * The derivative of {@link #value} with respect to the logits, times {@code weight}.
   *
   * <p>With {@code p = softmax(z)}: {@code ∂ log p_a/∂z_i = [i = a] − p_i} and {@code ∂H/∂z_i =
   * −p_i (log p_i + H)}. The surrogate is flat where the clipped branch is the smaller one.
   */
  static void gradient(
      float[] z,
      int at,
      int n,
      int action,
      double oldLogProb,
      double advantage,
      double clip,
      double entropy,
      double weight,
      float[] dz) {
    Softmax.apply(z, at, n, 1, dz);
    double bonus = 0;
    for (int i = 0; i < n; i++) {
      double p = dz[at + i];
      bonus -= p > 0 ? p * Math.log(p) : 0;
    }
    double ratio = dz[at + action] / Math.exp(oldLogProb);
    boolean flat = advantage > 0 ? ratio > 1 + clip : ratio < 1 - clip;
    double dLogProb = flat ? 0 : -advantage * ratio;
    for (int i = 0; i < n; i++) {
      double p = dz[at + i];
      double dEntropy = p > 0 ? -p * (Math.log(p) + bonus) : 0;
      dz[at + i] = (float) (weight * (dLogProb * ((i == action ? 1 : 0) - p) - entropy * dEntropy));
    }
  }
}
