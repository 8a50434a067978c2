package dev.retort.loss;

import dev.retort.RetortException;

/**
 * The cosine distance of two vectors, {@code 1 − c, c = z·t / (‖z‖ ‖t‖)}, with the derivative
 * {@code (c z / ‖z‖ − t / ‖t‖) / ‖z‖}.
 *
 * <p>From 0, the same direction, to 2, the opposite one; lengths do not matter. A vector of zeros
 * has no direction: it is at a distance of 1 from everything, without a gradient. Numbers must be
 * finite; nothing can be masked.
 *
 * <p>Prepared is the target at length 1. For features: Victor Sanh and others, "DistilBERT, a
 * distilled version of BERT", 2019, arXiv 1910.01108.
 */
public record Cosine() implements Distance {
  @Override
  public double at(float[] z, int i, float[] t, int j, int n, float[] dz) {
    double product = 0;
    double squares = 0;
    for (int k = 0; k < n; k++) {
      product += (double) z[i + k] * t[j + k];
      squares += (double) z[i + k] * z[i + k];
    }
    double scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    double c = product * scale;
    for (int k = 0; k < n; k++) {
      dz[i + k] = (float) ((c * scale * z[i + k] - t[j + k]) * scale);
    }
    return 1 - c;
  }

  @Override
  public void prepareRow(float[] t, int from, int n, float[] prepared, int j) {
    double squares = 0;
    for (int k = from; k < from + n; k++) {
      if (!Float.isFinite(t[k])) {
        throw new RetortException(
            "%s: expected finite targets, got %s (target number %s).".formatted(this, t[k], k));
      }
      squares += (double) t[k] * t[k];
    }
    double scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (int k = 0; k < n; k++) {
      prepared[j + k] = (float) (t[from + k] * scale);
    }
  }

  @Override
  public String toString() {
    return "cosine";
  }
}
