package dev.retort.transfer;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;

/** How little a policy cares from which side a task is shown. */
public final class Invariance {
  private Invariance() {}

  /**
   * The total variation of a policy over a family: the trace of the covariance of its outputs at
   * the first states of all contexts, {@code Σ_k 1/n Σ_c (π_k(s_c) − mean_k)²}; 0 for a policy that
   * gives the same everywhere. Weltevrede, Zanger, Spaan, Böhmer, 2025, arXiv 2505.16581.
   *
   * @param policy probabilities of choices, or actions, are compared
   * @param family one task in its variants, such as {@code env("Reacher-C4/sweep-360")}
   */
  public static double totalVariation(Policy policy, Env family) {
    int contexts = family.contexts();
    if (contexts < 2 || contexts == Integer.MAX_VALUE) {
      throw new RetortException(
          "total variation: expected a family of at least 2 contexts that can be counted, got %s."
              .formatted(family.name()));
    }
    int size = family.observations().size();
    float[] seen = new float[contexts * size];
    float[] one = new float[size];
    double[] state = new double[family.stateSize()];
    for (int context = 0; context < contexts; context++) {
      family.reset(context, state, RandomStream.of(0, "first state", context));
      family.observe(state, one);
      System.arraycopy(one, 0, seen, context * size, size);
    }
    float[] outputs = new float[contexts * policy.width()];
    try (Actor actor = policy.actor(contexts)) {
      switch (policy.head()) {
        case ACTION -> actor.greedy(seen, outputs);
        default -> actor.probabilities(seen, outputs);
      }
    }
    return trace(outputs, contexts, policy.width());
  }

  /** The sum of the variances of the columns, {@code (rows, columns)}. */
  static double trace(float[] values, int rows, int columns) {
    double trace = 0;
    for (int column = 0; column < columns; column++) {
      double mean = 0;
      for (int row = 0; row < rows; row++) {
        mean += values[row * columns + column] / (double) rows;
      }
      for (int row = 0; row < rows; row++) {
        double deviation = values[row * columns + column] - mean;
        trace += deviation * deviation / rows;
      }
    }
    return trace;
  }
}
