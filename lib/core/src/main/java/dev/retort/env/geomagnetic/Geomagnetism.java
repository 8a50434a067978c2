package dev.retort.env.geomagnetic;

import dev.retort.RetortException;
import dev.retort.env.control.Angle;
import dev.retort.option.Given;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;

/**
 * A model of the Earth's main magnetic field: a potential in spherical harmonics, and the field as
 * its negative gradient.
 *
 * <pre>
 *   V = a Σₙ (a/r)ⁿ⁺¹ Σₘ (gₙᵐ cos mλ + hₙᵐ sin mλ) Pₙᵐ(cos θ)        B = −∇V
 * </pre>
 *
 * <p>with {@code a} = 6371.2 km, Schmidt's semi-normalized functions {@code P}, and coefficients
 * that are linear in time between epochs. Places are geodetic, on the WGS-84 ellipsoid. The models
 * tell the field of the core: what crust, ionosphere and currents add to it (some 100 nT, in places
 * thousands) is not in them.
 *
 * <p>Instances do not change and may be shared by threads.
 */
public final class Geomagnetism {
  private static final double REFERENCE_RADIUS = 6371.2;
  private static final double EQUATORIAL = 6378.137;
  private static final double POLAR = 6356.7523142;
  private static final double LOWEST = -10;
  private static final double HIGHEST = 1_000;

  private final String name;
  private final Coefficients coefficients;

  private Geomagnetism(String name, Coefficients coefficients) {
    this.name = name;
    this.coefficients = coefficients;
  }

  /**
   * The World Magnetic Model 2025: degree 12, valid from 2025.0 to 2030.0.
   *
   * <p>NOAA National Centers for Environmental Information and British Geological Survey, "World
   * Magnetic Model 2025"; in the public domain.
   */
  public static Geomagnetism wmm2025() {
    return Wmm.MODEL;
  }

  /**
   * The International Geomagnetic Reference Field, 14th generation: degree 13 (10 before 2000),
   * valid from 1900.0 to 2030.0, a forecast from 2025.0 on.
   *
   * <p>International Association of Geomagnetism and Aeronomy, doi 10.5281/zenodo.14012302.
   */
  public static Geomagnetism igrf14() {
    return Igrf.MODEL;
  }

  /** Read when they are first asked for. */
  private static final class Wmm {
    static final Geomagnetism MODEL =
        new Geomagnetism("WMM2025", Coefficients.ofRates("wmm2025.csv", 12, 2025, 2030));
  }

  private static final class Igrf {
    static final Geomagnetism MODEL =
        new Geomagnetism("IGRF-14", Coefficients.ofEpochs("igrf14.csv", 13));
  }

  /** The name of the model. */
  public String name() {
    return name;
  }

  /** The first date that the model is valid for, in decimal years. */
  public double from() {
    return coefficients.from();
  }

  /** The last date that the model is valid for, in decimal years. */
  public double to() {
    return coefficients.to();
  }

  /**
   * The field at a place on a day.
   *
   * @param latitude geodetic latitude in degrees, −90 to 90, north positive
   * @param longitude longitude in degrees, −180 to 360, east positive
   * @param altitude height above the ellipsoid in km, −10 to 1,000
   * @param date the day, within {@link #from()} and {@link #to()}
   */
  public MagneticField at(double latitude, double longitude, double altitude, LocalDate date) {
    LocalDate day = Given.given(name, "a date", date);
    double year = day.getYear() + (day.getDayOfYear() - 1) / (double) day.lengthOfYear();
    return at(latitude, longitude, altitude, year);
  }

  /**
   * The field at a place at a time.
   *
   * @param latitude geodetic latitude in degrees, −90 to 90, north positive
   * @param longitude longitude in degrees, −180 to 360, east positive
   * @param altitude height above the ellipsoid in km, −10 to 1,000
   * @param year the time in decimal years, within {@link #from()} and {@link #to()}
   */
  public MagneticField at(double latitude, double longitude, double altitude, double year) {
    double[] field = new double[3];
    on(year).at(latitude, longitude, altitude, field);
    return new MagneticField(field[0], field[1], field[2]);
  }

  /** The model at one time, for many places: {@code year} within its validity, decimal. */
  public Snapshot on(double year) {
    within("a time in decimal years", year, from(), to());
    double[] values = new double[2 * Coefficients.size(coefficients.degree())];
    coefficients.on(year, values);
    return new Snapshot(this, values);
  }

  private void within(String what, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new RetortException(
          String.format(
              Locale.ROOT,
              "%s: expected %s from %s to %s, got %s; the nearest is %s.",
              name,
              what,
              low,
              high,
              value,
              value < low ? low : high));
    }
  }

  @Override
  public String toString() {
    return name + " (" + from() + " to " + to() + ")";
  }

  /** A model at one time. It does not change, and calls may be made on several threads at once. */
  public static final class Snapshot {
    private final Geomagnetism model;
    private final int degree;
    private final double[] g;
    private final double[] h;
    private final double[] diagonal;
    private final double[] first;
    private final double[] second;

    /** Keeps the recursion's factors, which do not depend on the place. */
    private Snapshot(Geomagnetism model, double[] coefficients) {
      this.model = model;
      degree = model.coefficients.degree();
      int size = Coefficients.size(degree);
      g = Arrays.copyOf(coefficients, size);
      h = Arrays.copyOfRange(coefficients, size, 2 * size);
      diagonal = new double[degree + 1];
      first = new double[size];
      second = new double[size];
      for (int n = 1; n <= degree; n++) {
        diagonal[n] = n == 1 ? 1 : Math.sqrt((2 * n - 1) / (2.0 * n));
        for (int m = 0; m < n; m++) {
          double root = Math.sqrt((double) n * n - m * m);
          first[Coefficients.index(n, m)] = (2 * n - 1) / root;
          second[Coefficients.index(n, m)] = Math.sqrt((n - 1.0) * (n - 1) - m * m) / root;
        }
      }
    }

    /**
     * Writes the field at a place.
     *
     * @param latitude geodetic latitude in degrees, −90 to 90, north positive
     * @param longitude longitude in degrees, −180 to 360, east positive
     * @param altitude height above the ellipsoid in km, −10 to 1,000
     * @param field receives the components to north, east and down in nT, {@code (3)}
     */
    public void at(double latitude, double longitude, double altitude, double[] field) {
      model.within("a latitude in degrees", latitude, -90, 90);
      model.within("a longitude in degrees", longitude, -180, 360);
      model.within("an altitude in km", altitude, LOWEST, HIGHEST);

      // From geodetic to geocentric: radius, colatitude, and the angle between the two verticals.
      double phi = Math.toRadians(latitude);
      double sinPhi = Angle.sin(phi);
      double cosPhi = latitude == 90 || latitude == -90 ? 0 : Angle.cos(phi);
      double east = EQUATORIAL * EQUATORIAL;
      double polar = POLAR * POLAR;
      double curvature = Math.sqrt(east * cosPhi * cosPhi + polar * sinPhi * sinPhi);
      double fromAxis = (east / curvature + altitude) * cosPhi;
      double fromEquator = (polar / curvature + altitude) * sinPhi;
      double radius = Math.hypot(fromAxis, fromEquator);
      double cosTheta = fromEquator / radius;
      double sinTheta = fromAxis / radius;

      double[] spherical = new double[3];
      spherical(
          cosTheta, sinTheta, Math.toRadians(longitude), REFERENCE_RADIUS / radius, spherical);

      // Geocentric latitude minus geodetic one turns the components into the local frame.
      double sinTurn = cosTheta * cosPhi - sinTheta * sinPhi;
      double cosTurn = sinTheta * cosPhi + cosTheta * sinPhi;
      field[0] = spherical[0] * cosTurn - spherical[2] * sinTurn;
      field[1] = spherical[1];
      field[2] = spherical[0] * sinTurn + spherical[2] * cosTurn;
    }

    /** The components in the geocentric frame: north, east, down. */
    private void spherical(double cos, double sin, double lambda, double ratio, double[] field) {
      double cosLambda = Angle.cos(lambda);
      double sinLambda = Angle.sin(lambda);
      double north = 0;
      double east = 0;
      double down = 0;
      double cosOrder = 1; // cos mλ and sin mλ, from order to order
      double sinOrder = 0;
      double top = 1; // Pₘᵐ; from order 1 on divided by sin θ, so that the poles are no exception
      double topSlope = 0; // d Pₘᵐ / dθ
      double atTop = ratio * ratio; // (a/r)ᵐ⁺²
      for (int m = 0; m <= degree; m++) {
        if (m > 0) {
          double whole = m == 1 ? 1 : top * sin; // Pₘ₋₁ᵐ⁻¹ itself
          topSlope = diagonal[m] * (sin * topSlope + cos * whole);
          top = diagonal[m] * whole;
          double next = cosOrder * cosLambda - sinOrder * sinLambda;
          sinOrder = sinOrder * cosLambda + cosOrder * sinLambda;
          cosOrder = next;
          atTop *= ratio;
        }
        double scale = m == 0 ? 1 : sin; // from what is kept to Pₙᵐ
        double before = 0;
        double beforeSlope = 0;
        double p = top;
        double slope = topSlope;
        double power = atTop;
        for (int n = m; n <= degree; n++) {
          int i = Coefficients.index(n, m);
          if (n > m) {
            double nextSlope = first[i] * (cos * slope - sin * p * scale) - second[i] * beforeSlope;
            double next = first[i] * cos * p - second[i] * before;
            before = p;
            beforeSlope = slope;
            p = next;
            slope = nextSlope;
            power *= ratio;
          }
          double along = g[i] * cosOrder + h[i] * sinOrder;
          north += power * along * slope;
          east += power * m * (g[i] * sinOrder - h[i] * cosOrder) * p;
          down -= (n + 1) * power * along * p * scale;
        }
      }
      field[0] = north;
      field[1] = east;
      field[2] = down;
    }
  }
}
