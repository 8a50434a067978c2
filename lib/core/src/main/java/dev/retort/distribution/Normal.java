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
 * <p>The arithmetic of each dimension is that of {@link Normals}.
 *
 * <p>A number whose {@code log σ} is −∞ is masked, as of a joint that a robot lacks: it is never
 * drawn, and takes no part in log-probability, entropy, divergence and gradients.
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

  /**
   * Masks the numbers that there are not: they become 0 and are not drawn.
   *
   * @param z receives the mask, {@code z[at .. at + 2k)}
   * @param there which there are, {@code there[from .. from + k)}
   */
  public void mask(float[] z, int at, boolean[] there, int from) {
    int k = actions.size();
    for (int i = 0; i < k; i++) {
      if (!there[from + i]) {
        z[at + i] = 0;
        z[at + k + i] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  private boolean isThere(float[] z, int at, int i) {
    return z[at + actions.size() + i] > Float.NEGATIVE_INFINITY;
  }

  /** How many numbers there are. */
  private int there(float[] z, int at) {
    int there = 0;
    for (int i = 0; i < actions.size(); i++) {
      there += isThere(z, at, i) ? 1 : 0;
    }
    return there;
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
      action[to + i] =
          isThere(z, at, i)
              ? (float) (z[at + i] + Math.exp(z[at + k + i]) * random.nextGaussian())
              : z[at + i];
    }
  }

  @Override
  public void clip(float[] action, int at) {
    actions.clipRow(action, at);
  }

  @Override
  public double logProbability(float[] z, int at, float[] action, int from) {
    int k = actions.size();
    double sum = -there(z, at) * Normals.HALF_LOG_TWO_PI;
    for (int i = 0; i < k; i++) {
      if (isThere(z, at, i)) {
        sum -= Normals.toward(z, at + i, k, action[from + i], 0);
      }
    }
    return sum;
  }

  @Override
  public double entropy(float[] z, int at) {
    int k = actions.size();
    double sum = there(z, at) * (0.5 + Normals.HALF_LOG_TWO_PI);
    for (int i = 0; i < k; i++) {
      sum += isThere(z, at, i) ? z[at + k + i] : 0;
    }
    return sum;
  }

  @Override
  public double divergence(float[] old, int oldAt, float[] z, int at) {
    int k = actions.size();
    double sum = 0;
    for (int i = 0; i < k; i++) {
      if (isThere(z, at, i)) {
        double log = old[oldAt + k + i];
        sum += Normals.toward(z, at + i, k, old[oldAt + i], Normals.variance(log)) - log - 0.5;
      }
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
      if (isThere(z, at, i)) {
        Normals.toward(z, at + i, k, action[from + i], 0, -dLogProbability, dz);
        dz[at + k + i] += (float) dEntropy;
      }
    }
  }

  @Override
  public void addDivergenceGradient(
      float[] old, int oldAt, float[] z, int at, double weight, float[] dz) {
    int k = actions.size();
    for (int i = 0; i < k; i++) {
      if (isThere(z, at, i)) {
        double variance = Normals.variance(old[oldAt + k + i]);
        Normals.toward(z, at + i, k, old[oldAt + i], variance, weight, dz);
      }
    }
  }
}
