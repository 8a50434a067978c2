package dev.retort.teach;

import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.policy.Head;
import dev.retort.policy.Spread;
import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.List;

/**
 * A normal distribution with independent components; the logarithms of its standard deviations do
 * not depend on the observation. {@code z = (μ_1 .. μ_k, log σ_1 .. log σ_k)}.
 *
 * <pre>
 * log π(a|s) = −½ Σ_i ((a_i − μ_i)/σ_i)² − Σ_i log σ_i − k/2 log 2π        H = Σ_i log σ_i + k/2 (1 + log 2π)
 * KL(old ‖ new) = Σ_i log σ_i − log σ'_i + (σ'_i² + (μ'_i − μ_i)²) / (2 σ_i²) − ½
 * </pre>
 *
 * <p>An action outside the bounds is clipped when it is taken; its log-probability is that of the
 * number drawn.
 *
 * @param k how many components an action has
 */
record Gaussian(int k) implements ActionDistribution {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  @Override
  public int size() {
    return 2 * k;
  }

  @Override
  public List<Output> outputs() {
    return List.of(new Output("mean", k, 0.01), Output.free("log-deviation", k, 0));
  }

  @Override
  public Head head() {
    return Head.ACTION;
  }

  @Override
  public Spread spread() {
    return Spread.CLIPPED;
  }

  /** A last layer of 2k outputs whose second half is constant: log σ as its bias. */
  @Override
  public float[] parameters(Network network, int member) {
    float[] mean = network.tower(member, "mean");
    float[] logDeviation = network.tower(member, "log-deviation");
    int features = network.features();
    int trunk = mean.length - (features + 1) * k;
    float[] all = Arrays.copyOf(mean, trunk + (features + 1) * 2 * k);
    Arrays.fill(all, trunk, all.length, 0);
    for (int row = 0; row <= features; row++) { // the row behind the weights is the bias
      System.arraycopy(mean, trunk + row * k, all, trunk + row * 2 * k, k);
    }
    System.arraycopy(logDeviation, 0, all, all.length - k, k);
    return all;
  }

  @Override
  public void sample(float[] z, int at, RandomStream random, float[] action, int to) {
    for (int i = 0; i < k; i++) {
      action[to + i] = (float) (z[at + i] + Math.exp(z[at + k + i]) * random.nextGaussian());
    }
  }

  @Override
  public double logProb(float[] z, int at, float[] action, int from) {
    double sum = -0.5 * k * LOG_TWO_PI;
    for (int i = 0; i < k; i++) {
      double logDeviation = z[at + k + i];
      double u = (action[from + i] - (double) z[at + i]) * Math.exp(-logDeviation);
      sum -= 0.5 * u * u + logDeviation;
    }
    return sum;
  }

  @Override
  public double entropy(float[] z, int at) {
    double sum = 0.5 * k * (1 + LOG_TWO_PI);
    for (int i = 0; i < k; i++) {
      sum += z[at + k + i];
    }
    return sum;
  }

  @Override
  public double divergence(float[] old, int oldAt, float[] z, int at) {
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
  public void chain(
      float[] z, int at, float[] action, int from, double dLogProb, double dEntropy, float[] dz) {
    for (int i = 0; i < k; i++) {
      double precision = Math.exp(-z[at + k + i]);
      double u = (action[from + i] - (double) z[at + i]) * precision;
      dz[at + i] += (float) (dLogProb * u * precision);
      dz[at + k + i] += (float) (dLogProb * (u * u - 1) + dEntropy);
    }
  }

  @Override
  public void chainDivergence(
      float[] old, int oldAt, float[] z, int at, double weight, float[] dz) {
    for (int i = 0; i < k; i++) {
      double precision = Math.exp(-z[at + k + i]);
      double ratio = Math.exp((double) old[oldAt + k + i] - z[at + k + i]);
      double shift = ((double) old[oldAt + i] - z[at + i]) * precision;
      dz[at + i] += (float) (-weight * shift * precision);
      dz[at + k + i] += (float) (weight * (1 - ratio * ratio - shift * shift));
    }
  }
}
