package dev.retort.loss;

import java.util.Arrays;

/**
 * The negative log-likelihood of an action under a student's normal distribution, independent in
 * each dimension: {@code −log N(a; μ, σ) = Σ_d log σ + ½ log 2π + (a − μ)² / (2 σ²)}, with the
 * derivatives {@code (μ − a) / σ²} by the mean and {@code 1 − (a − μ)² / σ²} by the logarithm of
 * the deviation.
 *
 * <p>Outputs of a row are means, then logarithms of deviations, {@code [mean_1 .. mean_k,
 * log-deviation_1 .. log-deviation_k]}; targets are the k numbers of an action, taken or preferred.
 * Where all actions of a state are one, there is no least value: the deviation goes to zero, so
 * outputs must bound it.
 *
 * <p>David A. Nix and Andreas S. Weigend, "Estimating the mean and variance of the target
 * probability distribution", 1994.
 */
public record NormalNll() implements Distance {
  @Override
  public Compares compares() {
    return Compares.TAKEN_NUMBERS;
  }

  @Override
  public double at(float[] z, int i, float[] t, int j, int n, float[] dz) {
    int size = n / 2;
    Arrays.fill(dz, i, i + n, 0);
    double loss = size * Normals.HALF_LOG_TWO_PI;
    for (int d = 0; d < size; d++) {
      loss += Normals.toward(z, i + d, size, t[j + d], 0, 1, dz);
    }
    return loss;
  }

  @Override
  public int targets(int n) {
    return Normals.dimensions(this, n);
  }

  @Override
  public String toString() {
    return "normal-nll";
  }
}
