package dev.retort.distribution;

import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.function.DoubleUnaryOperator;

/**
 * A family of distributions whose log-probability, entropy and divergence are known, with their
 * gradients by the numbers of a row.
 */
public interface Density extends Distribution {
  /**
   * Family for policy gradients over some actions: categorical over choices, normal over numbers,
   * their product over a group.
   */
  static Density over(Space actions) {
    if (actions instanceof Discrete choices) {
      return new Categorical(choices);
    }
    return actions instanceof Group group ? Product.over(group) : new Normal((Box) actions);
  }

  /**
   * Draws an action to {@code action[to ..]}, which may lie beyond the bounds of the actions; its
   * log-probability is that of the numbers drawn.
   */
  void draw(float[] z, int at, RandomStream random, float[] action, int to);

  /** Moves a drawn action into the bounds: what is done in its place. */
  default void clip(float[] action, int at) {}

  @Override
  default void sample(float[] z, int at, RandomStream random, float[] action, int to) {
    draw(z, at, random, action, to);
    clip(action, to);
  }

  /** {@code log π(a|s)}. */
  double logProbability(float[] z, int at, float[] action, int from);

  /** {@code H(π(·|s))}. */
  double entropy(float[] z, int at);

  /** {@code KL(π_old(·|s) ‖ π(·|s))}. */
  double divergence(float[] old, int oldAt, float[] z, int at);

  /** Adds {@code dLogProbability · ∂ log π(a|s)/∂z + dEntropy · ∂H/∂z} to {@code dz[at ..]}. */
  void addGradient(
      float[] z,
      int at,
      float[] action,
      int from,
      double dLogProbability,
      double dEntropy,
      float[] dz);

  /**
   * The same where it is the log-probability itself that says how much: it is computed once.
   *
   * @param dLogProbability gives {@code dLogProbability} for {@code log π(a|s)}; called once
   */
  default void addGradient(
      float[] z,
      int at,
      float[] action,
      int from,
      DoubleUnaryOperator dLogProbability,
      double dEntropy,
      float[] dz) {
    double slope = dLogProbability.applyAsDouble(logProbability(z, at, action, from));
    addGradient(z, at, action, from, slope, dEntropy, dz);
  }

  /** Adds {@code weight · ∂ KL(π_old(·|s) ‖ π(·|s))/∂z} to {@code dz[at ..]}. */
  void addDivergenceGradient(float[] old, int oldAt, float[] z, int at, double weight, float[] dz);
}
