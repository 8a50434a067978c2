package dev.retort.loss;

/**
 * The squared distance of the outputs, {@code Σ_k (z_k − t_k)²}, with the derivative {@code 2 (z_k
 * − t_k)}.
 *
 * <p>A sum over outputs, of which a batch takes the mean. Of action values, logits, actions, values
 * or features; of the means of normal distributions with one fixed deviation it is {@link NormalKl}
 * up to a factor.
 *
 * <p>Lei Jimmy Ba and Rich Caruana, "Do deep nets really need to be deep?", 2013, arXiv 1312.6184,
 * for logits; Andrei A. Rusu and others, "Policy distillation", 2015, arXiv 1511.06295, for action
 * values.
 */
public record Mse() implements Distance {
  @Override
  public double at(float[] z, int i, float[] t, int j, int n, float[] dz) {
    double loss = 0;
    for (int k = 0; k < n; k++) {
      double e = Checks.difference(z[i + k], t[j + k]);
      loss += e * e;
      dz[i + k] = (float) (2 * e);
    }
    return loss;
  }

  @Override
  public String toString() {
    return "mse";
  }
}
