package dev.retort.distribution;

import dev.retort.loss.Softmax;
import dev.retort.nn.Output;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * One of {@code n} choices with the probabilities {@code p = softmax(z)}. A choice whose logit is
 * −∞ is masked: it is never drawn, and takes no part in entropy, divergence and gradients.
 *
 * <pre>
 * ∂ log p_a/∂z_i = [i = a] − p_i        ∂H/∂z_i = −p_i (log p_i + H)        ∂ KL(q ‖ p)/∂z_i = p_i − q_i
 * </pre>
 *
 * @param actions the choices
 */
public record Categorical(Discrete actions) implements Density {
  @Override
  public List<Output> outputs() {
    return List.of(new Output("logits", actions.n(), 0.01));
  }

  @Override
  public String kind() {
    return "categorical";
  }

  @Override
  public int size() {
    return actions.n();
  }

  /** Masks the choices that are not available: their logits become −∞. */
  public void mask(float[] z, int at, boolean[] available) {
    for (int i = 0; i < actions.n(); i++) {
      z[at + i] = available[i] ? z[at + i] : Float.NEGATIVE_INFINITY;
    }
  }

  @Override
  public void mode(float[] z, int at, float[] action, int to) {
    action[to] = Softmax.argmax(z, at, actions.n());
  }

  @Override
  public void draw(float[] z, int at, RandomStream random, float[] action, int to) {
    double left = random.nextDouble();
    double logSum = Softmax.logSum(z, at, actions.n(), 1);
    int choice = 0;
    for (int i = 0; i < actions.n() && left >= 0; i++) {
      double p = Math.exp(z[at + i] - logSum);
      choice = p > 0 ? i : choice;
      left -= p;
    }
    action[to] = choice;
  }

  @Override
  public void probabilities(float[] z, int at, float[] p, int to) {
    Softmax.apply(z, at, actions.n(), 1, p, to);
  }

  @Override
  public double logProbability(float[] z, int at, float[] action, int from) {
    return z[at + (int) action[from]] - Softmax.logSum(z, at, actions.n(), 1);
  }

  @Override
  public double entropy(float[] z, int at) {
    double logSum = Softmax.logSum(z, at, actions.n(), 1);
    double entropy = 0;
    for (int i = 0; i < actions.n(); i++) {
      double logP = z[at + i] - logSum;
      entropy -= Softmax.part(Math.exp(logP), logP);
    }
    return entropy;
  }

  @Override
  public double divergence(float[] old, int oldAt, float[] z, int at) {
    double oldSum = Softmax.logSum(old, oldAt, actions.n(), 1);
    double logSum = Softmax.logSum(z, at, actions.n(), 1);
    double divergence = 0;
    for (int i = 0; i < actions.n(); i++) {
      double logQ = old[oldAt + i] - oldSum;
      divergence += Softmax.part(Math.exp(logQ), logQ - (z[at + i] - logSum));
    }
    return divergence;
  }

  @Override
  public void addGradient(
      float[] z,
      int at,
      float[] action,
      int from,
      double dLogProbability,
      double dEntropy,
      float[] dz) {
    addGradient(z, at, action, from, any -> dLogProbability, dEntropy, dz);
  }

  @Override
  public void addGradient(
      float[] z,
      int at,
      float[] action,
      int from,
      DoubleUnaryOperator dLogProbability,
      double dEntropy,
      float[] dz) {
    double logSum = Softmax.logSum(z, at, actions.n(), 1);
    int taken = (int) action[from];
    double slope = dLogProbability.applyAsDouble(z[at + taken] - logSum);
    double[] p = new double[actions.n()];
    double entropy = 0;
    for (int i = 0; i < p.length; i++) {
      double logP = z[at + i] - logSum;
      p[i] = Math.exp(logP);
      entropy -= Softmax.part(p[i], logP);
    }
    for (int i = 0; i < p.length; i++) {
      double own = i == taken ? 1 : 0;
      double spread = dEntropy * Softmax.part(p[i], z[at + i] - logSum + entropy);
      dz[at + i] += (float) (slope * (own - p[i]) - spread);
    }
  }

  @Override
  public void addDivergenceGradient(
      float[] old, int oldAt, float[] z, int at, double weight, float[] dz) {
    double oldSum = Softmax.logSum(old, oldAt, actions.n(), 1);
    double logSum = Softmax.logSum(z, at, actions.n(), 1);
    for (int i = 0; i < actions.n(); i++) {
      double p = Math.exp(z[at + i] - logSum);
      dz[at + i] += (float) (weight * (p - Math.exp(old[oldAt + i] - oldSum)));
    }
  }
}
