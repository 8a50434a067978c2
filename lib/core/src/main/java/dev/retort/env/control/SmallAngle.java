package dev.retort.env.control;

/**
 * Sine and cosine of angles that are mostly small, with the same bits on every machine.
 *
 * <p>Up to π/4 they are Taylor's polynomials of degree 15 and 16, whose remainders stay below
 * 1e-16:
 *
 * <pre>
 *   sin x ≈ x − x³/3! + x⁵/5! − …      cos x ≈ 1 − x²/2! + x⁴/4! − …
 * </pre>
 *
 * <p>Beyond, they are the strict library's. The polynomials cost a third of what {@link Math}
 * takes, and unlike it they leave a platform no choice in the last bit.
 */
final class SmallAngle {
  private static final double SMALL = Math.PI / 4;

  private SmallAngle() {}

  /** The sine of an angle in rad. */
  static double sin(double x) {
    if (!(Math.abs(x) <= SMALL)) {
      return StrictMath.sin(x);
    }
    double z = x * x;
    double zz = z * z;
    double low = (-1 / 6.0 + z * (1 / 120.0)) + zz * (-1 / 5_040.0 + z * (1 / 362_880.0));
    double high = (-1 / 39_916_800.0 + z * (1 / 6.2270208e9)) - zz * (1 / 1.307674368e12);
    return x + x * z * (low + zz * zz * high);
  }

  /** The cosine of an angle in rad. */
  static double cos(double x) {
    if (!(Math.abs(x) <= SMALL)) {
      return StrictMath.cos(x);
    }
    double z = x * x;
    double zz = z * z;
    double low = (1 / 24.0 - z * (1 / 720.0)) + zz * (1 / 40_320.0 - z * (1 / 3_628_800.0));
    double high = (1 / 479_001_600.0 - z * (1 / 8.71782912e10)) + zz * (1 / 2.0922789888e13);
    double half = 0.5 * z;
    double near = 1 - half;
    return near + ((1 - near - half) + zz * (low + zz * zz * high));
  }
}
