package dev.retort.env.geomagnetic;

import dev.retort.env.control.Angle;
import dev.retort.random.RandomStream;

/**
 * What an instrument reads at a place: horizontal intensity in nT, inclination and declination in
 * degrees, of the World Magnetic Model at 2025.0 and sea level.
 *
 * <p>To each of the components north, east and down it adds what the crust does, and noise. The
 * crust is a stand-in, not a map: waves of 100 to 500 km over the globe, drawn once for all, whose
 * standard deviation in space is given.
 */
final class Magnetometer {
  private static final Geomagnetism.Snapshot MAIN = Geomagnetism.wmm2025().on(2025.0);
  private static final int WAVES = 24;
  private static final int AXES = 3;
  private static final double[] CRUST = crust();

  private Magnetometer() {}

  /** For each component and wave: the wave vector (3) in rad over the radius, and the phase. */
  private static double[] crust() {
    double[] waves = new double[AXES * WAVES * 4];
    RandomStream random = RandomStream.of(2502_05069, "geomagnetic crust");
    for (int i = 0; i < waves.length; i += 4) {
      double length = 0;
      for (int axis = 0; axis < AXES; axis++) {
        waves[i + axis] = random.nextGaussian();
        length += waves[i + axis] * waves[i + axis];
      }
      double wavelength = 100 + 400 * random.nextDouble();
      double scale = 2 * Math.PI * Globe.RADIUS / wavelength / Math.sqrt(length);
      for (int axis = 0; axis < AXES; axis++) {
        waves[i + axis] *= scale;
      }
      waves[i + 3] = 2 * Math.PI * random.nextDouble();
    }
    return waves;
  }

  /**
   * Reads the instrument.
   *
   * @param place latitude and longitude in degrees, at {@code at} and {@code at + 1}
   * @param anomaly the standard deviation of the crust's field in nT
   * @param noise the standard deviation of the noise of each component in nT
   * @param reading receives H, I, D from {@code into} on
   */
  static void read(
      double[] place,
      int at,
      double anomaly,
      double noise,
      RandomStream random,
      double[] reading,
      int into) {
    double[] field = new double[AXES];
    MAIN.at(place[at], place[at + 1], 0, field);
    if (anomaly > 0) {
      addCrust(place[at], place[at + 1], anomaly, field);
    }
    if (noise > 0) {
      for (int axis = 0; axis < AXES; axis++) {
        field[axis] += noise * random.nextGaussian();
      }
    }
    double horizontal = Math.sqrt(field[0] * field[0] + field[1] * field[1]);
    reading[into] = horizontal;
    reading[into + 1] = Math.toDegrees(StrictMath.atan2(field[2], horizontal));
    reading[into + 2] = Math.toDegrees(StrictMath.atan2(field[1], field[0]));
  }

  private static void addCrust(double latitude, double longitude, double anomaly, double[] field) {
    double phi = Math.toRadians(latitude);
    double lambda = Math.toRadians(longitude);
    double x = Angle.cos(phi) * Angle.cos(lambda);
    double y = Angle.cos(phi) * Angle.sin(lambda);
    double z = Angle.sin(phi);
    double scale = anomaly * Math.sqrt(2.0 / WAVES);
    int i = 0;
    for (int axis = 0; axis < AXES; axis++) {
      double sum = 0;
      for (int wave = 0; wave < WAVES; wave++) {
        sum += Angle.sin(CRUST[i] * x + CRUST[i + 1] * y + CRUST[i + 2] * z + CRUST[i + 3]);
        i += 4;
      }
      field[axis] += scale * sum;
    }
  }
}
