package dev.retort.nn;

/**
 * The Huber loss with threshold 1: quadratic near zero, linear beyond.
 *
 * <p>{@code h(e) = e²/2 for |e| ≤ 1, |e| − 1/2 otherwise}. Peter J. Huber, "Robust estimation of a
 * location parameter", 1964.
 */
public final class Huber {
  private Huber() {}

  /** The loss of an error. */
  public static double value(double error) {
    double size = Math.abs(error);
    return size <= 1 ? 0.5 * error * error : size - 0.5;
  }

  /** Its derivative with respect to the error. */
  public static double slope(double error) {
    return Math.max(-1, Math.min(1, error));
  }
}
