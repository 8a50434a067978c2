package dev.retort.loss;

/**
 * The reverse Kullback-Leibler divergence, the student first: {@code KL(q ‖ p) = Σ_k q_k (log q_k −
 * log p_k), p = softmax(t / T), q = softmax(z)}, with the derivative {@code q_k (log q_k − log p_k
 * − KL(q ‖ p))}.
 *
 * <p>It counts what the student does and the teacher does not, and so seeks a mode: a student that
 * cannot be like the teacher everywhere keeps to one of the teacher's choices. Zero where {@code q
 * = p} and nowhere else. A choice that only the teacher masks makes it infinite, and its gradient
 * no number: mask the student's logit too. The temperature divides the teacher's values alone.
 *
 * <p>Prepared are the logarithms of p. Liyiming Ke and others, "Imitation learning as f-divergence
 * minimization", 2019, arXiv 1905.12888.
 *
 * @param temperature T; below 1 sharpens the teacher, above 1 softens it
 */
public record ReverseKl(double temperature) implements Distance {
  /** Refuses a temperature that is not positive. */
  public ReverseKl {
    Checks.requirePositive("reverse-kl", "a temperature", temperature);
  }

  @Override
  public Compares compares() {
    return Compares.CHOICES;
  }

  @Override
  public double at(float[] z, int i, float[] t, int j, int n, float[] dz) {
    double logSum = Softmax.apply(z, i, n, 1, dz, i);
    double loss = 0;
    for (int k = 0; k < n; k++) {
      loss += Softmax.part(dz[i + k], z[i + k] - logSum - t[j + k]);
    }
    for (int k = 0; k < n; k++) {
      dz[i + k] = (float) Softmax.part(dz[i + k], z[i + k] - logSum - t[j + k] - loss);
    }
    return loss + t[j + n];
  }

  @Override
  public int prepared(int n) {
    return n + 1;
  }

  @Override
  public void prepareRow(float[] t, int from, int n, float[] prepared, int j) {
    Logits.argmax(this, t, from, n);
    double logSum = Softmax.logSum(t, from, n, temperature);
    double sum = 0;
    for (int k = 0; k < n; k++) {
      prepared[j + k] = (float) (t[from + k] / temperature - logSum);
      sum += Math.exp(prepared[j + k]);
    }
    // Rounded logarithms belong to shares that add up to this, not to one.
    prepared[j + n] = (float) Math.log(sum);
  }

  @Override
  public String toString() {
    return "reverse-kl:" + temperature;
  }
}
