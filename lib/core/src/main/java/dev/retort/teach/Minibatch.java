package dev.retort.teach;

import dev.retort.distribution.Density;
import java.util.function.DoubleUnaryOperator;

/** One member's part of a minibatch of a {@link Rollout}. */
public final class Minibatch {
  /** Which member's. */
  public final int member;

  /** Number of its rows. */
  public final int size;

  /** Outputs of the network, those of row {@code i} at {@link #at}. */
  public final float[] outputs;

  /** Receives the gradient of the member's loss with respect to them; 0 at first. */
  public final float[] gradient;

  private final Rollout rollout;
  private final Density distribution;
  private final int actionSize;
  private final int[] order;
  private final int columns;

  Minibatch(
      Rollout rollout,
      int member,
      int size,
      int columns,
      int[] order,
      float[] outputs,
      float[] gradient) {
    this.rollout = rollout;
    this.distribution = rollout.distribution;
    this.actionSize = distribution.actions().size();
    this.columns = columns;
    this.member = member;
    this.size = size;
    this.order = order;
    this.outputs = outputs;
    this.gradient = gradient;
  }

  /** Row of the rollout that is row {@code i} here. */
  public int row(int i) {
    return order[member * size + i];
  }

  /** Where the outputs of row {@code i} begin. */
  public int at(int i) {
    return (member * size + i) * columns;
  }

  /** {@code V(s)} now. */
  public float value(int i) {
    return outputs[at(i) + columns - 1];
  }

  /** {@code log π(a|s)} now, of what was done. */
  public double logProbability(int i) {
    return distribution.logProbability(outputs, at(i), rollout.actions, row(i) * actionSize);
  }

  /** {@code KL(π_old ‖ π)} of those that played and of now. */
  public double divergence(int i) {
    return distribution.divergence(rollout.outputs, row(i) * rollout.width, outputs, at(i));
  }

  /** Mean of {@link #divergence(int)} over the rows that are learned from; 0 without any. */
  public double divergence() {
    double sum = 0;
    int learned = 0;
    for (int i = 0; i < size; i++) {
      if (!rollout.guided[row(i)]) {
        sum += divergence(i);
        learned++;
      }
    }
    return sum / Math.max(1, learned);
  }

  /** Adds {@code slope · ∂V(s)} to the gradient. */
  public void addValueGradient(int i, double slope) {
    gradient[at(i) + columns - 1] += (float) slope;
  }

  /** Adds {@code slope · ∂log π(a|s) + entropySlope · ∂H(π(·|s))} to the gradient. */
  public void addPolicyGradient(int i, double slope, double entropySlope) {
    int from = row(i) * actionSize;
    distribution.addGradient(outputs, at(i), rollout.actions, from, slope, entropySlope, gradient);
  }

  /**
   * The same where the slope is a function of {@code log π(a|s)}, which is computed once.
   *
   * @param slope gives it for the log-probability
   */
  public void addPolicyGradient(int i, DoubleUnaryOperator slope, double entropySlope) {
    int from = row(i) * actionSize;
    distribution.addGradient(outputs, at(i), rollout.actions, from, slope, entropySlope, gradient);
  }

  /** Adds {@code weight · ∂KL(π_old ‖ π)} to the gradient. */
  public void addDivergenceGradient(int i, double weight) {
    int old = row(i) * rollout.width;
    distribution.addDivergenceGradient(rollout.outputs, old, outputs, at(i), weight, gradient);
  }
}
