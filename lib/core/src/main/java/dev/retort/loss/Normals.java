package dev.retort.loss;

import dev.retort.RetortException;

/** Rows of means and log-deviations, {@code [mean_1 .. mean_k, log-deviation_1 .. k]}. */
final class Normals {
  /** Beyond it a variance is no float any more. */
  private static final double LARGEST = 40;

  private Normals() {}

  /** Dimensions of a distribution with this many numbers, which must be even. */
  static int dimensions(Distance distance, int n) {
    if (n % 2 != 0) {
      throw new RetortException(
          "%s: expected an even number of outputs (means, then log-deviations), got %s."
              .formatted(distance, n));
    }
    return n / 2;
  }

  /** A teacher's log-deviation; what no teacher says is refused. */
  static double logDeviation(Distance distance, float[] t, int at) {
    if (!(Math.abs(t[at]) <= LARGEST)) {
      throw new RetortException(
          "%s: expected log-deviations from %s to %s, got %s (target number %s). Targets are means, then log-deviations."
              .formatted(distance, -LARGEST, LARGEST, t[at], at));
    }
    return t[at];
  }
}
