package dev.retort.loss;

/**
 * The absolute distance of the outputs, {@code Σ_k |z_k − t_k|}, with the derivative {@code
 * sign(z_k − t_k)}, zero where they are equal.
 *
 * <p>Where targets of one state differ, it leads to their median, and {@link Mse} to their mean.
 *
 * <p>Peter Bloomfield and William L. Steiger, "Least absolute deviations", 1983.
 */
public record L1() implements Distance {
  @Override
  public double at(float[] z, int i, float[] t, int j, int n, float[] dz) {
    double loss = 0;
    for (int k = 0; k < n; k++) {
      double e = Checks.difference(z[i + k], t[j + k]);
      loss += Math.abs(e);
      dz[i + k] = (float) Math.signum(e);
    }
    return loss;
  }

  @Override
  public String toString() {
    return "l1";
  }
}
