package dev.retort.env.geomagnetic;

import dev.retort.env.control.Angle;

/**
 * Great circles on a sphere as large as the Earth, 6371.0088 km in radius. Latitudes, longitudes
 * and headings are in degrees, headings clockwise from north; longitudes that are written lie from
 * −180 to 180.
 */
final class Globe {
  static final double RADIUS = 6371.0088;

  private Globe() {}

  /** Distance of two places along the great circle in km (haversine formula). */
  static double distance(double latitude, double longitude, double toLatitude, double toLongitude) {
    double north = Angle.sin(Math.toRadians(toLatitude - latitude) / 2);
    double east = Angle.sin(Math.toRadians(toLongitude - longitude) / 2);
    double chord = north * north + cos(latitude) * cos(toLatitude) * east * east;
    return 2 * RADIUS * StrictMath.asin(Math.sqrt(Math.min(1, chord)));
  }

  /** Heading at which the great circle to a place sets out, −180 to 180. */
  static double bearing(double latitude, double longitude, double toLatitude, double toLongitude) {
    double apart = toLongitude - longitude;
    double east = sin(apart) * cos(toLatitude);
    double north = cos(latitude) * sin(toLatitude) - sin(latitude) * cos(toLatitude) * cos(apart);
    return Math.toDegrees(StrictMath.atan2(east, north));
  }

  /**
   * Moves a place along the great circle that sets out at a heading.
   *
   * @param place latitude and longitude at {@code at} and {@code at + 1}, replaced
   * @param north the cosine of the heading
   * @param east its sine
   * @param km how far
   */
  static void move(double[] place, int at, double north, double east, double km) {
    double angle = km / RADIUS;
    double sinAngle = Angle.sin(angle);
    double cosAngle = Angle.cos(angle);
    double sinLatitude = sin(place[at]);
    double cosLatitude = cos(place[at]);
    double sinThere = sinLatitude * cosAngle + cosLatitude * sinAngle * north;
    double further =
        StrictMath.atan2(east * sinAngle * cosLatitude, cosAngle - sinLatitude * sinThere);
    place[at] = Math.toDegrees(StrictMath.asin(Math.max(-1, Math.min(1, sinThere))));
    place[at + 1] = wrapped(place[at + 1] + Math.toDegrees(further));
  }

  /** The same angle from −180 to 180 degrees, without 180 itself. */
  static double wrapped(double degrees) {
    double rest = (degrees + 180) % 360;
    return (rest < 0 ? rest + 360 : rest) - 180;
  }

  private static double sin(double degrees) {
    return Angle.sin(Math.toRadians(degrees));
  }

  private static double cos(double degrees) {
    return Angle.cos(Math.toRadians(degrees));
  }
}
