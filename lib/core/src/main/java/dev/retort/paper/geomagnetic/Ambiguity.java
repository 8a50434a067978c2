package dev.retort.paper.geomagnetic;

import dev.retort.env.geomagnetic.Geomagnetic;
import dev.retort.env.geomagnetic.Geomagnetism;
import dev.retort.evaluate.Statistics;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How far a reading tells its place.
 *
 * <p>On a grid of one degree in each area: the median of {@code |e|} between places 60 km apart,
 * which is how near a reading has to come before it means arrival; and the share of places that
 * have a twin, another place of the area more than 180 km away whose reading is as near.
 *
 * @param thresholds that median, one an area
 * @param twins that share, one an area
 */
@SuppressWarnings("ArrayRecordComponent") // made once and shown, compared by nobody
record Ambiguity(double[] thresholds, double[] twins) {
  private static final int SIDE = 20;
  private static final double ARRIVAL = 60;
  private static final double APART = 180;
  private static final double DEGREE = 111.2;
  private static final double[] SCALE = {2000, 5, 5};
  private static final Geomagnetism.Snapshot FIELD = Geomagnetism.wmm2025().on(2025.0);

  static Ambiguity of(Geomagnetic areas) {
    double[] thresholds = new double[areas.contexts()];
    double[] twins = new double[areas.contexts()];
    for (int area = 0; area < thresholds.length; area++) {
      List<double[]> places = places(areas.drawn(area));
      thresholds[area] = threshold(places);
      twins[area] = twins(places, thresholds[area]);
    }
    return new Ambiguity(thresholds, twins);
  }

  /** Latitude, longitude, and H, I, D over S there, of every degree. */
  private static List<double[]> places(Map<String, Double> corner) {
    List<double[]> places = new ArrayList<>();
    for (int north = 0; north < SIDE; north++) {
      for (int east = 0; east < SIDE; east++) {
        places.add(place(corner.get("south") + north + 0.5, corner.get("west") + east + 0.5));
      }
    }
    return places;
  }

  private static double[] place(double latitude, double longitude) {
    double[] b = new double[3];
    FIELD.at(latitude, longitude, 0, b);
    double horizontal = Math.hypot(b[0], b[1]);
    return new double[] {
      latitude,
      longitude,
      horizontal / SCALE[0],
      Math.toDegrees(Math.atan2(b[2], horizontal)) / SCALE[1],
      Math.toDegrees(Math.atan2(b[1], b[0])) / SCALE[2]
    };
  }

  /** The median of |e| to the places 60 km north, east, south and west. */
  private static double threshold(List<double[]> places) {
    List<Double> errors = new ArrayList<>();
    for (double[] from : places) {
      double step = ARRIVAL / DEGREE;
      double across = step / Math.cos(Math.toRadians(from[0]));
      errors.add(error(from, place(from[0] + step, from[1])));
      errors.add(error(from, place(from[0] - step, from[1])));
      errors.add(error(from, place(from[0], from[1] + across)));
      errors.add(error(from, place(from[0], from[1] - across)));
    }
    return Statistics.median(errors.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double twins(List<double[]> places, double threshold) {
    int found = 0;
    for (double[] one : places) {
      boolean has = false;
      for (double[] other : places) {
        has |= distance(one, other) > APART && error(one, other) < threshold;
      }
      found += has ? 1 : 0;
    }
    return (double) found / places.size();
  }

  /** Distance in km as in the plane, which is near enough within an area. */
  private static double distance(double[] one, double[] other) {
    double middle = Math.toRadians((one[0] + other[0]) / 2);
    double east = (one[1] - other[1]) * Math.cos(middle);
    return DEGREE * Math.hypot(one[0] - other[0], east);
  }

  private static double error(double[] one, double[] other) {
    double declination = (one[4] - other[4]) * SCALE[2];
    double wrapped = Math.IEEEremainder(declination, 360) / SCALE[2];
    return Math.sqrt(
        (one[2] - other[2]) * (one[2] - other[2])
            + (one[3] - other[3]) * (one[3] - other[3])
            + wrapped * wrapped);
  }

  List<Finding> findings() {
    return List.of(
        Measured.of(
                "readings: |e| at 60 km", "median in each source area, in units of S", thresholds)
            .reported(),
        Measured.of("readings: goals with a twin", "share of places in each source area", twins)
            .reported());
  }
}
