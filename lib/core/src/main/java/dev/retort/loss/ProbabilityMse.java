package dev.retort.loss;

/**
 * The squared distance of the probabilities, {@code Σ_k (q_k − p_k)², p = softmax(t), q =
 * softmax(z)}, with the derivative {@code 2 q_k (e_k − Σ_l q_l e_l)} where {@code e = q − p}.
 *
 * <p>Never of the logits, which say the same when all are moved together. At most 2, and flat where
 * the student is certain of something wrong.
 *
 * <p>Prepared is p. Weltevrede, Zanger, Spaan, Böhmer, 2025, arXiv 2505.16581.
 */
public record ProbabilityMse() implements Distance {
  @Override
  public Compares compares() {
    return Compares.CHOICES;
  }

  @Override
  public double at(float[] z, int i, float[] t, int j, int n, float[] dz) {
    Softmax.apply(z, i, n, 1, dz, i);
    double loss = 0;
    double mean = 0;
    for (int k = 0; k < n; k++) {
      float q = dz[i + k];
      double e = (double) q - t[j + k];
      loss += e * e;
      mean += q * e;
    }
    for (int k = 0; k < n; k++) {
      float q = dz[i + k];
      dz[i + k] = (float) (2 * q * ((double) q - t[j + k] - mean));
    }
    return loss;
  }

  @Override
  public void prepareRow(float[] t, int from, int n, float[] prepared, int j) {
    Logits.softmax(this, t, from, n, 1, prepared, j);
  }

  @Override
  public String toString() {
    return "probability-mse";
  }
}
