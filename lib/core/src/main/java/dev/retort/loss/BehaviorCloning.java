package dev.retort.loss;

import dev.retort.RetortException;

/**
 * Behavior cloning of choices: the negative log-likelihood of the action that was taken, {@code
 * −log q_a, q = softmax(z)}, with the derivative {@code q_k − [k = a]}.
 *
 * <p>The target of a row is one number, the action's index, whoever took it and for whatever
 * reason; {@link Nll} takes what the teacher holds to be best. Continuous actions are cloned by
 * {@link Mse} or {@link NormalNll} of the action that was taken.
 *
 * <p>Michael Bain and Claude Sammut, "A framework for behavioral cloning", 1995.
 */
public record BehaviorCloning() implements Distance {
  @Override
  public Compares compares() {
    return Compares.TAKEN;
  }

  @Override
  public double at(float[] z, int i, float[] t, int j, int n, float[] dz) {
    return Logits.negativeLogLikelihood(z, i, (int) t[j], n, dz);
  }

  @Override
  public int targets(int n) {
    return 1;
  }

  @Override
  public void prepareRow(float[] t, int from, int n, float[] prepared, int j) {
    if (!(t[from] >= 0 && t[from] < n && t[from] == (int) t[from])) {
      throw new RetortException(
          "%s: expected the index of an action from 0 to %s, got %s (target number %s)."
              .formatted(this, n - 1, t[from], from));
    }
    prepared[j] = t[from];
  }

  @Override
  public String toString() {
    return "behavior-cloning";
  }
}
