package dev.retort.env.geomagnetic;

/**
 * Vector of the geomagnetic field at a place, in the local geodetic frame.
 *
 * @param north X, the component towards geographic north in nT
 * @param east Y, the component towards east in nT
 * @param down Z, the component towards the center of the ellipsoid's curvature in nT
 */
public record MagneticField(double north, double east, double down) {
  /** Horizontal intensity H in nT. */
  public double horizontal() {
    return Math.hypot(north, east);
  }

  /** Total intensity F in nT. */
  public double total() {
    return Math.hypot(horizontal(), down);
  }

  /** Declination D in degrees, −180 to 180: how far east of true north a compass points. */
  public double declination() {
    return Math.toDegrees(StrictMath.atan2(east, north));
  }

  /** Inclination I in degrees, −90 to 90: how far below the horizon a needle points. */
  public double inclination() {
    return Math.toDegrees(StrictMath.atan2(down, horizontal()));
  }
}
