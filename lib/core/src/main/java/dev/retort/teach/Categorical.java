package dev.retort.teach;

import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.policy.Head;
import dev.retort.policy.Spread;
import dev.retort.random.RandomStream;
import java.util.List;

/**
 * One of {@code n} choices with the probabilities {@code p = softmax(z)}.
 *
 * <pre>
 * ∂ log p_a/∂z_i = [i = a] − p_i        ∂H/∂z_i = −p_i (log p_i + H)        ∂ KL(q ‖ p)/∂z_i = p_i − q_i
 * </pre>
 *
 * @param n how many choices
 */
record Categorical(int n) implements ActionDistribution {
  @Override
  public int size() {
    return n;
  }

  @Override
  public List<Output> outputs() {
    return List.of(new Output("logits", n, 0.01));
  }

  @Override
  public Head head() {
    return Head.LOGITS;
  }

  @Override
  public Spread spread() {
    return Spread.NONE;
  }

  @Override
  public float[] parameters(Network network, int member) {
    return network.tower(member, "logits");
  }

  /** {@code log Σ exp z_i}. */
  private double logSum(float[] z, int at) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, z[at + i]);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.exp(z[at + i] - max);
    }
    return max + Math.log(sum);
  }

  @Override
  public void sample(float[] z, int at, RandomStream random, float[] action, int to) {
    double left = random.nextDouble();
    double logSum = logSum(z, at);
    int choice = 0;
    for (int i = 0; i < n && left >= 0; i++) {
      double p = Math.exp(z[at + i] - logSum);
      choice = p > 0 ? i : choice;
      left -= p;
    }
    action[to] = choice;
  }

  @Override
  public double logProb(float[] z, int at, float[] action, int from) {
    return z[at + (int) action[from]] - logSum(z, at);
  }

  @Override
  public double entropy(float[] z, int at) {
    double logSum = logSum(z, at);
    double entropy = 0;
    for (int i = 0; i < n; i++) {
      double logP = z[at + i] - logSum;
      entropy -= Math.exp(logP) * logP;
    }
    return entropy;
  }

  @Override
  public double divergence(float[] old, int oldAt, float[] z, int at) {
    double oldSum = logSum(old, oldAt);
    double logSum = logSum(z, at);
    double divergence = 0;
    for (int i = 0; i < n; i++) {
      double logQ = old[oldAt + i] - oldSum;
      divergence += Math.exp(logQ) * (logQ - (z[at + i] - logSum));
    }
    return divergence;
  }

  @Override
  public void chain(
      float[] z, int at, float[] action, int from, double dLogProb, double dEntropy, float[] dz) {
    double logSum = logSum(z, at);
    double entropy = dEntropy == 0 ? 0 : entropy(z, at);
    for (int i = 0; i < n; i++) {
      double logP = z[at + i] - logSum;
      double p = Math.exp(logP);
      double own = i == (int) action[from] ? 1 : 0;
      dz[at + i] += (float) (dLogProb * (own - p) - dEntropy * p * (logP + entropy));
    }
  }

  @Override
  public void chainDivergence(
      float[] old, int oldAt, float[] z, int at, double weight, float[] dz) {
    double oldSum = logSum(old, oldAt);
    double logSum = logSum(z, at);
    for (int i = 0; i < n; i++) {
      double p = Math.exp(z[at + i] - logSum);
      dz[at + i] += (float) (weight * (p - Math.exp(old[oldAt + i] - oldSum)));
    }
  }
}
