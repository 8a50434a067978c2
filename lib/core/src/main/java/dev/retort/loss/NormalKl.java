package dev.retort.loss;

import java.util.Arrays;

/**
 * The forward Kullback-Leibler divergence of a student's normal distribution from a teacher's,
 * independent in each dimension: {@code KL(N_T ‖ N_S) = Σ_d log σ_S − log σ_T + (σ_T² + (μ_T −
 * μ_S)²) / (2 σ_S²) − ½}, with the derivatives {@code (μ_S − μ_T) / σ_S²} by the mean and {@code 1
 * − (σ_T² + (μ_T − μ_S)²) / σ_S²} by the logarithm of the deviation.
 *
 * <p>The target stands first, so a student that is unsure widens until it covers the teacher. With
 * one fixed deviation on both sides it is {@code ‖μ_T − μ_S‖² / (2 σ²)}. Of actions squashed on
 * both sides in one way it is the same as before squashing. A teacher that is nearly certain makes
 * it steep: give such teachers a least deviation.
 *
 * <p>Outputs and targets of a row are means, then logarithms of deviations, {@code [mean_1 ..
 * mean_k, log-deviation_1 .. log-deviation_k]}. Prepared are means, variances and what only the
 * teacher adds. Solomon Kullback and Richard A. Leibler, "On information and sufficiency", 1951;
 * for policies: Matthew Aitchison and Penny Sweetser, "DNA: proximal policy optimization with a
 * dual network architecture", 2022, arXiv 2206.10027.
 */
public record NormalKl() implements Distance {
  @Override
  public Compares compares() {
    return Compares.NORMALS;
  }

  @Override
  public double at(float[] z, int i, float[] t, int j, int n, float[] dz) {
    int size = n / 2;
    Arrays.fill(dz, i, i + n, 0);
    double loss = TwoFloats.get(t, j + n);
    for (int d = 0; d < size; d++) {
      loss += Normals.toward(z, i + d, size, t[j + d], t[j + size + d], 1, dz);
    }
    return loss;
  }

  @Override
  public int prepared(int n) {
    return n + 2;
  }

  @Override
  public int targets(int n) {
    return 2 * Normals.dimensions(this, n);
  }

  @Override
  public void prepareRow(float[] t, int from, int n, float[] prepared, int j) {
    Normals.prepareRow(this, t, from, n, 2, prepared, j);
  }

  @Override
  public String toString() {
    return "normal-kl";
  }
}
