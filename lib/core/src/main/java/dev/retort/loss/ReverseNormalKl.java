package dev.retort.loss;

import java.util.Arrays;

/**
 * The reverse Kullback-Leibler divergence of normal distributions, the student first, independent
 * in each dimension: {@code KL(N_S ‖ N_T) = Σ_d log σ_T − log σ_S + (σ_S² + (μ_S − μ_T)²) / (2
 * σ_T²) − ½}, with the derivatives {@code (μ_S − μ_T) / σ_T²} by the mean and {@code σ_S² / σ_T² −
 * 1} by the logarithm of the deviation.
 *
 * <p>It counts what the student does and the teacher does not: where the teacher is sure, means are
 * held closely, and a student between teachers who differ stays as narrow as they are.
 *
 * <p>Outputs and targets of a row are means, then logarithms of deviations, {@code [mean_1 ..
 * mean_k, log-deviation_1 .. log-deviation_k]}. Prepared are means, {@code 1 / σ_T²} and what only
 * the teacher adds. Liyiming Ke and others, "Imitation learning as f-divergence minimization",
 * 2019, arXiv 1905.12888.
 */
public record ReverseNormalKl() implements Distance {
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
      loss += Normals.from(z, i + d, size, t[j + d], t[j + size + d], dz);
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
    Normals.prepareRow(this, t, from, n, -2, prepared, j);
  }

  @Override
  public String toString() {
    return "reverse-normal-kl";
  }
}
