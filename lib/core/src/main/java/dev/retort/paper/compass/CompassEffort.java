package dev.retort.paper.compass;

import static dev.retort.paper.compass.Embodiments.FIXED;

import dev.retort.paper.Effort;
import dev.retort.paper.Scale;

/**
 * How long each stage takes about, by speeds that were measured on one core of a virtual machine.
 *
 * @param scale size of the study
 */
record CompassEffort(Scale scale) {
  private static final int ROBOTS = Stages.ROBOTS.size();

  static Effort of(Scale scale) {
    CompassEffort effort = new CompassEffort(scale);
    return Effort.none()
        .and("of the base", minutes(effort.base()))
        .and("of specialists (from scratch and with a heading too)", minutes(effort.specialists()))
        .and("of students", minutes(effort.students()))
        .and("of trips", minutes(effort.trips()));
  }

  private static double minutes(double microseconds) {
    return microseconds / 60e6;
  }

  private int count(String what) {
    return FIXED.count(what, scale);
  }

  /** Stage 1. */
  private double base() {
    double planned = count("planned steps");
    double learned = planned * count("epochs of the base");
    return planned * FIXED.number("µs of a planned step")
        + learned * FIXED.number("µs of a row of the base");
  }

  /** Stage 2. */
  private double specialists() {
    double steps =
        (double) count("copies") * count("steps of a rollout") * count("iterations") * ROBOTS;
    double residual = steps * (count("seeds") + count("seeds with a heading"));
    double alone = steps * count("seeds from scratch");
    return residual * FIXED.number("µs of a residual step")
        + alone * FIXED.number("µs of a step from scratch");
  }

  /** Stage 3. */
  private double students() {
    double rows = (double) count("shown steps") * ROBOTS * count("epochs of a student");
    return rows
        * count("students")
        * Generalist.values().length
        * FIXED.number("µs of a row of a student");
  }

  /** All evaluations. */
  private double trips() {
    int drivers =
        3 * ROBOTS // the base by itself and beside others
            + 2 * ROBOTS * (1 + count("seeds"))
            + ROBOTS * count("seeds")
            + FIXED.numbers("humanoids that fall above", scale).length
            + ROBOTS * count("seeds from scratch")
            + Stages.OTHERS.size() * (1 + count("seeds with a heading"))
            + ROBOTS * count("students") * (Generalist.values().length + 1);
    return count("trips")
        * (drivers * FIXED.number("µs of a trip")
            + 2 * ROBOTS * FIXED.number("µs of a planned trip"));
  }
}
