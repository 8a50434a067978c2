package dev.retort.env.control;

/**
 * Sine and cosine of any angle, with the same bits on every machine.
 *
 * <p>An angle is brought within π/4 by taking off the nearest multiple {@code n} of π/2, which is
 * held in two parts so that {@code n} times the first is exact; what rounding leaves over is put
 * back to first order:
 *
 * <pre>
 *   r = (x − n p₁) − n p₂      sin(r + t) ≈ sin r + t cos r      p₁ + p₂ = π/2
 * </pre>
 *
 * <p>The error stays below 2e-16. Angles beyond 1e5 rad are left to {@link StrictMath}.
 *
 * <p>William J. Cody, William Waite, "Software manual for the elementary functions", 1980.
 */
public final class Angle {
  private static final double EIGHTH = Math.PI / 4;
  private static final double LARGE = 1e5;
  private static final double QUARTERS = 2 / Math.PI;
  private static final double QUARTER_HIGH = 0x1.921fb544p0; // 33 bits of π/2
  private static final double QUARTER_LOW = 6.077100506506192E-11;

  private Angle() {}

  /** The sine of an angle in rad. */
  public static double sin(double x) {
    if (Math.abs(x) <= EIGHTH) {
      return SmallAngle.sin(x);
    }
    if (!(Math.abs(x) < LARGE)) {
      return StrictMath.sin(x);
    }
    double n = Math.rint(x * QUARTERS);
    return turned(x, n, (int) n);
  }

  /** The cosine of an angle in rad. */
  public static double cos(double x) {
    if (Math.abs(x) <= EIGHTH) {
      return SmallAngle.cos(x);
    }
    if (!(Math.abs(x) < LARGE)) {
      return StrictMath.cos(x);
    }
    double n = Math.rint(x * QUARTERS);
    return turned(x, n, (int) n + 1);
  }

  /** The sine of {@code x − n π/2} turned on by so many quarters. */
  private static double turned(double x, double n, int quarters) {
    double high = x - n * QUARTER_HIGH;
    double low = n * QUARTER_LOW;
    double r = high - low;
    double rest = (high - r) - low;
    double value =
        (quarters & 1) == 0
            ? SmallAngle.sin(r) + rest * (1 - 0.5 * r * r)
            : SmallAngle.cos(r) - rest * r;
    return (quarters & 2) == 0 ? value : -value;
  }

  /** The same direction as an angle in rad, from −π to π, as Python's modulo takes it. */
  public static double wrapped(double x) {
    double turn = 2 * Math.PI;
    double rest = (x + Math.PI) % turn;
    return (rest < 0 ? rest + turn : rest) - Math.PI;
  }
}
