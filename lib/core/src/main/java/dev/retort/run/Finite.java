package dev.retort.run;

/** Stops a computation at the first number that is none. */
public final class Finite {
  private Finite() {}

  /** Refuses NaN and infinity among {@code values[from .. to)}. */
  public static void require(float[] values, int from, int to, String quantity, long step) {
    for (int i = from; i < to; i++) {
      if (!Float.isFinite(values[i])) {
        throw new DivergedException(quantity, i - from, values[i], step);
      }
    }
  }

  /** Refuses NaN and infinity. */
  public static void require(double value, String quantity, long step) {
    if (!Double.isFinite(value)) {
      throw new DivergedException(quantity, 0, value, step);
    }
  }
}
