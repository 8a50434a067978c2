package dev.retort.loss;

/**
 * The negative log-likelihood of the teacher's best choice, {@code −log q_a, a = argmax_k t_k, q =
 * softmax(z)}, with the derivative {@code q_k − [k = a]}.
 *
 * <p>The choice is that of the largest of the teacher's logits or action values, the first of
 * equals; {@link BehaviorCloning} takes the one that was made, which may be another.
 *
 * <p>Prepared is a. One of three losses of Andrei A. Rusu and others, "Policy distillation", 2015,
 * arXiv 1511.06295.
 */
public record Nll() implements Distance {
  @Override
  public Compares compares() {
    return Compares.CHOICES;
  }

  @Override
  public double at(float[] z, int i, float[] t, int j, int n, float[] dz) {
    return Logits.negativeLogLikelihood(z, i, (int) t[j], n, dz);
  }

  @Override
  public int prepared(int n) {
    return 1;
  }

  @Override
  public void prepareRow(float[] t, int from, int n, float[] prepared, int j) {
    prepared[j] = Logits.argmax(this, t, from, n);
  }

  @Override
  public String toString() {
    return "nll";
  }
}
