package dev.retort.paper.compass;

import static dev.retort.paper.compass.Embodiments.FIXED;

import dev.retort.figure.Numbers;
import dev.retort.paper.Scale;

/**
 * How long a size takes about, in processor minutes, from speeds that were measured on one core of
 * a virtual machine.
 *
 * @param base minutes of stage 1
 * @param specialists minutes of stage 2, learners from scratch and those with a heading too
 * @param students minutes of stage 3
 * @param trips minutes of all evaluations
 */
record Effort(double base, double specialists, double students, double trips) {
  static Effort of(Scale scale) {
    int robots = Stages.ROBOTS.size();
    double planned = FIXED.count("planned steps", scale);
    double learned = planned * FIXED.count("epochs of the base", scale);
    double base =
        planned * FIXED.number("µs of a planned step")
            + learned * FIXED.number("µs of a row of the base");
    double steps =
        (double) FIXED.count("copies", scale)
            * FIXED.count("steps of a rollout", scale)
            * FIXED.count("iterations", scale);
    double residual =
        steps * robots * (FIXED.count("seeds", scale) + FIXED.count("seeds with a heading", scale));
    double alone = steps * robots * FIXED.count("seeds from scratch", scale);
    double specialists =
        residual * FIXED.number("µs of a residual step")
            + alone * FIXED.number("µs of a step from scratch");
    double rows = (double) FIXED.count("shown steps", scale) * robots;
    double students =
        rows
            * FIXED.count("epochs of a student", scale)
            * FIXED.count("students", scale)
            * Generalist.values().length
            * FIXED.number("µs of a row of a student");
    int others = Stages.OTHERS.size();
    int seeds = FIXED.count("seeds", scale);
    int drivers =
        3 * robots // the base by itself and beside others
            + 2 * robots * (1 + seeds)
            + robots * seeds
            + FIXED.numbers("humanoids that fall above", scale).length
            + robots * FIXED.count("seeds from scratch", scale)
            + others * (1 + FIXED.count("seeds with a heading", scale))
            + robots * FIXED.count("students", scale) * (Generalist.values().length + 1);
    double trips =
        FIXED.count("trips", scale)
            * (drivers * FIXED.number("µs of a trip")
                + 2 * robots * FIXED.number("µs of a planned trip"));
    return new Effort(minutes(base), minutes(specialists), minutes(students), minutes(trips));
  }

  /** Processor minutes of all. */
  double all() {
    return base + specialists + students + trips;
  }

  private static double minutes(double microseconds) {
    return microseconds / 60e6;
  }

  @Override
  public String toString() {
    return "About %s processor minutes: %s of the base, %s of specialists (from scratch and with a heading too), %s of students, %s of trips. On two cores it takes little more than half of that, as estimated from the speeds of parts of it that the registration has; each training goes on where it was stopped."
        .formatted(words(all()), words(base), words(specialists), words(students), words(trips));
  }

  private static String words(double minutes) {
    return Numbers.of(Math.max(1, Math.rint(minutes)));
  }
}
