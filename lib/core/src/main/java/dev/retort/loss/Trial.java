package dev.retort.loss;

import java.util.Arrays;
import java.util.Optional;

/**
 * One call of a distance, on a row that stands amid others: whether nothing but the row's gradient
 * was written.
 */
final class Trial {
  /** Stands where a gradient is to be written; no arithmetic gives it. */
  static final float UNWRITTEN = Float.intBitsToFloat(0x7fc5_1ab1);

  private static final float OTHERS = 0.5f;

  private final Distance distance;
  private final float[] z;
  private final float[] t;
  private final int n;

  /**
   * Prepares a call.
   *
   * @param z outputs of the row
   * @param t its targets, prepared
   */
  Trial(Distance distance, float[] z, float[] t) {
    this.distance = distance;
    this.z = z;
    this.t = t;
    this.n = z.length;
  }

  /** Whether a number is the one that stood where a gradient was to be written. */
  static boolean isUnwritten(float number) {
    return Float.floatToRawIntBits(number) == Float.floatToRawIntBits(UNWRITTEN);
  }

  /** What the call did that it must not; empty where there is nothing. */
  Optional<String> fault() {
    float[] outputs = amid(z);
    float[] targets = amid(t);
    float[] gradient = new float[3 * n];
    Arrays.fill(gradient, UNWRITTEN);
    try {
      distance.at(outputs, n, targets, t.length, n, gradient);
    } catch (RuntimeException e) {
      return Optional.of("expected at(..) to return, got " + e);
    }
    for (int k = 0; k < gradient.length; k++) {
      boolean isInside = k >= n && k < 2 * n;
      if (isUnwritten(gradient[k]) == isInside) {
        String place = "dz[i %s %s]".formatted(k < n ? "-" : "+", Math.abs(k - n));
        return Optional.of(
            isInside
                ? "expected a gradient by each of %s outputs, got none in %s".formatted(n, place)
                : "expected dz[i .. i + %s) alone to be written, got %s too".formatted(n, place));
      }
    }
    boolean isKept = Arrays.equals(outputs, amid(z)) && Arrays.equals(targets, amid(t));
    return isKept
        ? Optional.empty()
        : Optional.of("expected outputs z and targets t to stay as they are, got others");
  }

  /** Numbers with as many others before and behind them. */
  private static float[] amid(float[] numbers) {
    float[] amid = new float[3 * numbers.length];
    Arrays.fill(amid, OTHERS);
    System.arraycopy(numbers, 0, amid, numbers.length, numbers.length);
    return amid;
  }
}
