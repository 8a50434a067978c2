package dev.retort.paper.unilegs;

import static dev.retort.paper.unilegs.ManyLegs.FIXED;

import dev.retort.figure.Numbers;
import dev.retort.paper.Scale;

/**
 * How long a size takes about, in processor minutes, from speeds that were measured on one core of
 * a virtual machine.
 *
 * @param teachers minutes of reinforcement learning, of teachers without a clock too
 * @param students minutes of distillation, of ablations too
 * @param walks minutes of all evaluations
 */
record LegEffort(double teachers, double students, double walks) {
  private static final int OTHERS = 4;

  static LegEffort of(Scale scale) {
    Schooling schooling = new Schooling(scale);
    int taught = schooling.taught().size();
    double steps =
        (double) Schooling.ROBOTS.size()
                * schooling.count("teacher seeds")
                * schooling.count("teacher steps")
            + (double) taught * schooling.count("teacher steps without a clock");
    int rounds = schooling.count("rounds");
    double rows =
        (double) schooling.rows()
            * schooling.count("epochs of a round")
            * rounds
            * (rounds + 1)
            / 2;
    int few = schooling.count("students of rows");
    double ofRows = LegAblation.rows().size() * few * LegStudent.TRANSFORMER.rate();
    double walks = 0;
    for (LegStudent kind : LegStudent.values()) {
      boolean isCloned = kind == LegStudent.TRANSFORMER || kind == LegStudent.PERCEPTRON;
      boolean isTransformer = kind == LegStudent.TRANSFORMER;
      int ways = isCloned ? 2 : 1;
      int students = kind.students(scale);
      ofRows += (double) ways * students * kind.rate();
      double step = stepOf(isTransformer);
      walks += (double) ways * students * step * (taught + 1) * schooling.count("episodes");
      if (isTransformer) {
        int ablated = LegAblation.rows().size() * few;
        walks += ablated * step * (taught + 1) * schooling.count("episodes");
      }
      if (isCloned) {
        double places = (double) students * OTHERS + (double) few * 2 * taught;
        walks += places * step * schooling.count("episodes elsewhere");
        walks += finer(schooling, step, few * (taught + 1));
      }
    }
    double ofTeachers =
        Schooling.ROBOTS.size() * (double) schooling.count("teacher seeds") + taught;
    walks += ofTeachers * stepOf(false) * schooling.count("episodes of a teacher");
    walks += finer(schooling, stepOf(false), taught + 1);
    return new LegEffort(
        steps * FIXED.number("µs of a teacher step") / 60e6,
        rows * ofRows / 60e6,
        walks * schooling.count("steps of an episode") / 60e6);
  }

  private static double stepOf(boolean isTransformer) {
    return FIXED.number(
        isTransformer ? "µs of a step of the transformer" : "µs of a step of another");
  }

  private static double finer(Schooling schooling, double step, int policies) {
    double each = step + FIXED.number("µs of finer steps");
    return policies * each * schooling.count("episodes in finer steps");
  }

  /** Processor minutes of all. */
  double all() {
    return teachers + students + walks;
  }

  @Override
  public String toString() {
    return "About %s processor minutes: %s of teachers, %s of students, %s of evaluations, as estimated from the speeds of parts of it that the registration has. On two cores it takes little more than half of that; each training goes on where it was stopped."
        .formatted(words(all()), words(teachers), words(students), words(walks));
  }

  private static String words(double minutes) {
    return Numbers.of(Math.max(1, Math.rint(minutes)));
  }
}
