package dev.retort.loss;

/**
 * The cross-entropy of a student's choices and a teacher's, {@code H×(p ‖ q) = −Σ_k p_k log q_k, p
 * = softmax(t / T), q = softmax(z)}, with the derivative {@code q − p}.
 *
 * <p>The target stands first. It is {@link Kl} and the entropy of the teacher, which no student
 * changes: the gradients are the same, and only the divergence tells by its value how near a
 * student is. The temperature divides the teacher's values alone.
 *
 * <p>Prepared is p. Emilio Parisotto, Jimmy Lei Ba and Ruslan Salakhutdinov, "Actor-Mimic: deep
 * multitask and transfer reinforcement learning", 2015, arXiv 1511.06342, for action values; Simon
 * Schmitt and others, "Kickstarting deep reinforcement learning", 2018, arXiv 1803.03835, beside a
 * loss of reinforcement learning.
 *
 * @param temperature T; below 1 sharpens the teacher, above 1 softens it
 */
public record CrossEntropy(double temperature) implements Distance {
  /** Refuses a temperature that is not positive. */
  public CrossEntropy {
    Checks.requirePositive("cross-entropy", "a temperature", temperature);
  }

  @Override
  public Compares compares() {
    return Compares.CHOICES;
  }

  @Override
  public double at(float[] z, int i, float[] t, int j, int n, float[] dz) {
    return Logits.crossEntropy(z, i, t, j, n, dz);
  }

  @Override
  public void prepareRow(float[] t, int from, int n, float[] prepared, int j) {
    Logits.softmax(this, t, from, n, temperature, prepared, j);
  }

  @Override
  public String toString() {
    return "cross-entropy:" + temperature;
  }
}
