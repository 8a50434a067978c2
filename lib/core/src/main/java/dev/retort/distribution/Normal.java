package dev.retort.distribution;

import dev.retort.loss.Normals;
import dev.retort.nn.Output;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import java.util.List;

/**
 * A normal distribution with independent components, {@code z = (μ_1 .. μ_k, log σ_1 .. log σ_k)}.
 *
 * <pre>
 * log π(a|s) = −½ Σ_i ((a_i − μ_i)/σ_i)² − Σ_i log σ_i − k/2 log 2π        H = Σ_i log σ_i + k/2 (1 + log 2π)
 * KL(old ‖ new) = Σ_i log σ_i − log σ'_i + (σ'_i² + (μ'_i − μ_i)²) / (2 σ_i²) − ½
 * </pre>
 *
 * <p>An action outside the bounds is clipped when it is taken; its log-probability is that of the
 * number drawn.
 *
 * @param actions the space of actions
 * @param isFree whether the deviations are parameters that do not depend on the observation, rather
 *     than outputs of the network
 */
public record Normal(Box actions, boolean isFree) implements Density {
  /** Deviations that do not depend on the observation. */
  public Normal(Box actions) {
    this(actions, true);
  }

  @Override
  public List<Output> outputs() {
    int k = actions.size();
    return List.of(
        new Output("mean", k, 0.01),
        isFree ? Output.free("log-deviation", k, 0) : new Output("log-deviation", k, 0.01));
  }

  @Override
  public String kind() {
    return "normal";
  }

  @Override
  public int size() {
    return 2 * actions.size();
  }

  @Override
  public void mode(float[] z, int at, float[] action, int to) {
    System.arraycopy(z, at, action, to, actions.size());
    clip(action, to);
  }

  @Override
  public void draw(float[] z, int at, RandomStream random, float[] action, int to) {
    int k = actions.size();
    for (int i = 0; i < k; i++) {
      action[to + i] = (float) (z[at + i] + Math.exp(z[at + k + i]) * random.nextGaussian());
    }
  }

  @Override
  public void clip(float[] action, int at) {
    for (int i = 0; i < actions.size(); i++) {
      action[at + i] =
          Math.min(actions.high().get(i), Math.max(actions.low().get(i), action[at + i]));
    }
  }

  @Override
  public double logProbability(float[] z, int at, float[] action, int from) {
    int k = actions.size();
    double sum = -k * Normals.HALF_LOG_TWO_PI;
    for (int i = 0; i < k; i++) {
      double logDeviation = z[at + k + i];
      double u = (action[from + i] - (double) z[at + i]) * Math.exp(-logDeviation);
      sum -= 0.5 * u * u + logDeviation;
    }
    return sum;
  }

  @Override
  public double entropy(float[] z, int at) {
    int k = actions.size();
    double sum = k * (0.5 + Normals.HALF_LOG_TWO_PI);
    for (int i = 0; i < k; i++) {
      sum += z[at + k + i];
    }
    return sum;
  }

  @Override
  public double divergence(float[] old, int oldAt, float[] z, int at) {
    int k = actions.size();
    double sum = 0;
    for (int i = 0; i < k; i++) {
      double ratio = Math.exp((double) old[oldAt + k + i] - z[at + k + i]);
      double shift = ((double) old[oldAt + i] - z[at + i]) * Math.exp(-z[at + k + i]);
      sum += (double) z[at + k + i] - old[oldAt + k + i];
      sum += (ratio * ratio + shift * shift - 1) / 2;
    }
    return sum;
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
    int k = actions.size();
    for (int i = 0; i < k; i++) {
      double precision = Math.exp(-z[at + k + i]);
      double u = (action[from + i] - (double) z[at + i]) * precision;
      dz[at + i] += (float) (dLogProbability * u * precision);
      dz[at + k + i] += (float) (dLogProbability * (u * u - 1) + dEntropy);
    }
  }

  @Override
  public void addDivergenceGradient(
      float[] old, int oldAt, float[] z, int at, double weight, float[] dz) {
    int k = actions.size();
    for (int i = 0; i < k; i++) {
      double precision = Math.exp(-z[at + k + i]);
      double ratio = Math.exp((double) old[oldAt + k + i] - z[at + k + i]);
      double shift = ((double) old[oldAt + i] - z[at + i]) * precision;
      dz[at + i] += (float) (-weight * shift * precision);
      dz[at + k + i] += (float) (weight * (1 - ratio * ratio - shift * shift));
    }
  }
}
