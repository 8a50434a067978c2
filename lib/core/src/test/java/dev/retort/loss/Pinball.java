package dev.retort.loss;

/**
 * The pinball loss, by whose least value a network gives a quantile: a distance of the user's own.
 *
 * @param quantile from 0 to 1
 */
public record Pinball(double quantile) implements Distance {
  @Override
  public double at(float[] z, int i, float[] t, int j, int n, float[] dz) {
    double loss = 0;
    for (int k = 0; k < n; k++) {
      double e = t[j + k] - z[i + k];
      double slope = e > 0 ? quantile : quantile - 1;
      loss += slope * e;
      dz[i + k] = (float) -slope;
    }
    return loss;
  }

  /** The same as a function. */
  public Distance function() {
    return (z, i, t, j, n, dz) -> at(z, i, t, j, n, dz);
  }
}
