package dev.retort.transfer;

import dev.retort.RetortException;

/** The function {@code W} with {@code W(x) exp(W(x)) = x}. */
final class LambertW {
  private static final int MOST = 100;

  private LambertW() {}

  /**
   * The principal branch at {@code x >= 0}: Halley's iteration. Robert M. Corless, Gaston H.
   * Gonnet, David E. G. Hare, David J. Jeffrey, Donald E. Knuth, "On the Lambert W function", 1996.
   */
  static double principal(double x) {
    if (!(x >= 0 && Double.isFinite(x))) {
      throw new RetortException(
          "Lambert W: expected a finite number of at least 0, got " + x + ".");
    }
    double w = x < Math.E ? x / (1 + x) : Math.log(x) - Math.log(Math.log(x) + 1e-300);
    for (int i = 0; i < MOST; i++) {
      double e = Math.exp(w);
      double error = w * e - x;
      double next = w - error / (e * (w + 1) - (w + 2) * error / (2 * w + 2));
      if (Math.abs(next - w) <= 1e-15 * (1 + Math.abs(next))) {
        return next;
      }
      w = next;
    }
    return w;
  }
}
