package dev.retort.transfer;

import dev.retort.RetortException;
import dev.retort.env.Definition;
import dev.retort.env.Env;
import dev.retort.env.VectorEnv;
import dev.retort.policy.Actor;
import dev.retort.policy.Fit;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;

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
    Definition.given("total variation", family);
    int contexts = family.contexts();
    if (contexts < 2 || contexts == Integer.MAX_VALUE) {
      throw new RetortException(
          "total variation: expected a family of at least 2 contexts that can be counted, got %s."
              .formatted(family.name()));
    }
    Fit.require(
        "total variation", "a policy", policy, family, "Take a family like the one it learned.");
    Fit.requireMemoryless("total variation", "a policy", policy);
    int size = family.observations().size();
    float[] seen = new float[contexts * size];
    RandomStream random = RandomStream.at(0);
    VectorEnv envs = new VectorEnv(family, 1, copy -> random);
    for (int context = 0; context < contexts; context++) {
      random.restore(RandomStream.of(0, "first state", context).state());
      envs.reset(0, context);
      System.arraycopy(envs.observations(), 0, seen, context * size, size);
    }
    int width =
        policy.actions() instanceof Discrete choices ? choices.n() : policy.actions().size();
    float[] outputs = new float[contexts * width];
    try (Actor actor =
        policy.actor(contexts).placing(context -> "episode " + context + ", step 0")) {
      if (policy.actions() instanceof Discrete) {
        actor.probabilities(seen, outputs);
      } else {
        actor.greedy(seen, outputs);
      }
    }
    return trace(outputs, contexts, width);
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
