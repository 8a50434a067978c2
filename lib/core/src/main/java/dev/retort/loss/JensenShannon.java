package dev.retort.loss;

/**
 * The Jensen-Shannon divergence, the same from both sides: {@code JS(p, q) = ½ KL(p ‖ m) + ½ KL(q ‖
 * m), m = ½ (p + q), p = softmax(t / T), q = softmax(z)}, with the derivative {@code q_k (g_k − Σ_l
 * q_l g_l)} where {@code g = ½ log(q / m)}.
 *
 * <p>Between 0, where {@code q = p} and nowhere else, and log 2, where no choice is made by both;
 * finite whatever is masked. Far from the teacher its gradient fades, so it does not serve students
 * who begin there. The temperature divides the teacher's values alone.
 *
 * <p>Prepared is p. Jianhua Lin, "Divergence measures based on the Shannon entropy", 1991. For
 * students: Rishabh Agarwal and others, "On-policy distillation of language models", 2023, arXiv
 * 2306.13649.
 *
 * @param temperature T; below 1 sharpens the teacher, above 1 softens it
 */
public record JensenShannon(double temperature) implements Distance {
  /** Refuses a temperature that is not positive. */
  public JensenShannon {
    Checks.requirePositive("jensen-shannon", "a temperature", temperature);
  }

  @Override
  public Compares compares() {
    return Compares.CHOICES;
  }

  @Override
  public double at(float[] z, int i, float[] t, int j, int n, float[] dz) {
    Softmax.apply(z, i, n, 1, dz, i);
    double ofTeacher = 0;
    double ofStudent = 0;
    for (int k = 0; k < n; k++) {
      ofTeacher += half(t[j + k], dz[i + k]);
      ofStudent += half(dz[i + k], t[j + k]);
    }
    for (int k = 0; k < n; k++) {
      float q = dz[i + k];
      dz[i + k] = (float) (half(q, t[j + k]) - q * ofStudent);
    }
    return ofTeacher + ofStudent;
  }

  /** {@code ½ a log(a / m)} with {@code m} between {@code a} and {@code b}. */
  private static double half(double a, double b) {
    return Softmax.part(0.5 * a, Math.log(2 * a / (a + b)));
  }

  @Override
  public void prepareRow(float[] t, int from, int n, float[] prepared, int j) {
    Logits.softmax(this, t, from, n, temperature, prepared, j);
  }

  @Override
  public String toString() {
    return "jensen-shannon:" + temperature;
  }
}
