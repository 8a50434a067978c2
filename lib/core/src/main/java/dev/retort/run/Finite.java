package dev.retort.run;

/**
 * The guard that keeps NaN and infinity from the weights.
 *
 * <pre>{@code
 * Finite.require(loss, 0, batch, "loss", step);
 * }</pre>
 */
public final class Finite {
  private Finite() {}

  /**
   * Throws if one of {@code values[from .. to)} is not finite.
   *
   * @param values the numbers
   * @param from the first index
   * @param to the index after the last
   * @param quantity what they are, for the message
   * @param step when, for the message
   * @throws DivergedException naming quantity, index and step
   */
  public static void require(float[] values, int from, int to, String quantity, long step) {
    int first = first(values, from, to);
    if (first >= 0) {
      require(values[first], first, quantity, step);
    }
  }

  /** The first index at which one of {@code values[from .. to)} is not finite; -1 if all are. */
  public static int first(float[] values, int from, int to) {
    // A sum of finite numbers may be infinite, but one with NaN or infinity in it is never finite;
    // eight sums keep the processor busy.
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    int i = from;
    for (; i < to - 7; i += 8) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
      e += values[i + 4];
      f += values[i + 5];
      g += values[i + 6];
      h += values[i + 7];
    }
    for (; i < to; i++) {
      a += values[i];
    }
    if (!Float.isFinite((a + b) + (c + d) + ((e + f) + (g + h)))) {
      for (i = from; i < to; i++) {
        if (!Float.isFinite(values[i])) {
          return i;
        }
      }
    }
    return -1;
  }

  /**
   * Throws if one of {@code values[from .. to)} is not finite.
   *
   * @param values the numbers
   * @param from the first index
   * @param to the index after the last
   * @param quantity what they are, for the message
   * @param step when, for the message
   * @throws DivergedException naming quantity, index and step
   */
  public static void require(double[] values, int from, int to, String quantity, long step) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += 0 * values[i];
    }
    if (sum != 0) {
      for (int i = from; i < to; i++) {
        require(values[i], i, quantity, step);
      }
    }
  }

  /** Throws if a single number, the {@code index}-th of its kind, is not finite. */
  public static void require(double value, int index, String quantity, long step) {
    if (!Double.isFinite(value)) {
      throw new DivergedException(quantity, index, step, value);
    }
  }
}
