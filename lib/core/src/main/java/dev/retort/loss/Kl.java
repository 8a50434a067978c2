package dev.retort.loss;

/**
 * The forward Kullback-Leibler divergence of a student's choices from a teacher's, {@code KL(p ‖ q)
 * = Σ_k p_k (log p_k − log q_k), p = softmax(t / T), q = softmax(z)}, with the derivative {@code q
 * − p}.
 *
 * <p>The target stands first, so every choice of the teacher's counts that the student leaves out.
 * The temperature divides the teacher's values alone; the student has none. It is zero where {@code
 * q = p} and nowhere else, and infinite where the student cannot make a choice that the teacher
 * makes.
 *
 * <p>Prepared are p and its entropy. Andrei A. Rusu and others, "Policy distillation", 2015, arXiv
 * 1511.06295, with T = 0.01 for action values. Geoffrey Hinton, Oriol Vinyals and Jeff Dean,
 * "Distilling the knowledge in a neural network", 2015, arXiv 1503.02531, divide both sides.
 *
 * @param temperature T; below 1 sharpens the teacher, above 1 softens it
 */
public record Kl(double temperature) implements Distance {
  /** Refuses a temperature that is not positive. */
  public Kl {
    Checks.requirePositive("kl", "a temperature", temperature);
  }

  /** The same divergence with another temperature. */
  public Kl temperature(double other) {
    return new Kl(other);
  }

  @Override
  public Compares compares() {
    return Compares.CHOICES;
  }

  @Override
  public double at(float[] z, int i, float[] t, int j, int n, float[] dz) {
    return Logits.crossEntropy(z, i, t, j, n, dz) + TwoFloats.get(t, j + n);
  }

  @Override
  public int prepared(int n) {
    return n + 2;
  }

  @Override
  public void prepareRow(float[] t, int from, int n, float[] prepared, int j) {
    Logits.softmax(this, t, from, n, temperature, prepared, j);
    // Of the probabilities as they are kept, so that their rounding cannot make the loss negative.
    double sum = 0;
    double negativeEntropy = 0;
    for (int k = j; k < j + n; k++) {
      double p = prepared[k];
      sum += p;
      negativeEntropy += Softmax.part(p, Math.log(p));
    }
    TwoFloats.put(negativeEntropy - sum * Math.log(sum), prepared, j + n);
  }

  @Override
  public String toString() {
    return "kl:" + temperature;
  }
}
