package dev.retort.paper.unilegs;

import static dev.retort.paper.unilegs.ManyLegs.FIXED;

import dev.retort.paper.Effort;
import dev.retort.paper.Scale;
import java.util.List;

/**
 * How long learning and walking take about, by speeds that were measured on one core of a virtual
 * machine.
 *
 * @param schooling teachers and students of a size
 */
record LegEffort(Schooling schooling) {
  /** Places where students walk whose robots did not teach. */
  private static final int OTHERS = 4;

  private static final List<LegStudent> CLONED =
      List.of(LegStudent.TRANSFORMER, LegStudent.PERCEPTRON);

  static Effort of(Scale scale) {
    LegEffort effort = new LegEffort(new Schooling(scale));
    return Effort.none()
        .and("of teachers", minutes(effort.teachers()))
        .and("of students", minutes(effort.students()))
        .and("of evaluations", minutes(effort.walks()));
  }

  private static double minutes(double microseconds) {
    return microseconds / 60e6;
  }

  private int count(String what) {
    return schooling.count(what);
  }

  /** Robots that teach. */
  private int taught() {
    return schooling.taught().size();
  }

  /** Students of a kind that are made in several ways, or go without something. */
  private int few() {
    return count("students of rows");
  }

  /** Transformers that go without something. */
  private static int ablations() {
    return LegAblation.rows().size();
  }

  /** By rounds, and some by cloning. */
  private int students(LegStudent kind) {
    return (CLONED.contains(kind) ? 2 : 1) * kind.students(schooling.scale());
  }

  /** Reinforcement learning, of teachers without a clock too. */
  private double teachers() {
    double steps =
        (double) Schooling.ROBOTS.size() * count("teacher seeds") * count("teacher steps")
            + (double) taught() * count("teacher steps without a clock");
    return steps * FIXED.number("µs of a teacher step");
  }

  /** Distillation, of ablations too. */
  private double students() {
    int rounds = count("rounds");
    double rows =
        (double) schooling.rows() * count("epochs of a round") * rounds * (rounds + 1) / 2;
    double each = ablations() * few() * LegStudent.TRANSFORMER.rate();
    for (LegStudent kind : LegStudent.values()) {
      each += students(kind) * kind.rate();
    }
    return rows * each;
  }

  /** All evaluations. */
  private double walks() {
    double each = 0;
    for (LegStudent kind : LegStudent.values()) {
      each += walks(kind);
    }
    double teachers = (double) Schooling.ROBOTS.size() * count("teacher seeds") + taught();
    double ofTeachers = FIXED.number("µs of a step of another");
    each += teachers * ofTeachers * count("episodes of a teacher");
    each += finer(ofTeachers, taught() + 1);
    return each * count("steps of an episode");
  }

  private double walks(LegStudent kind) {
    boolean isTransformer = kind == LegStudent.TRANSFORMER;
    double step =
        FIXED.number(isTransformer ? "µs of a step of the transformer" : "µs of a step of another");
    double students = students(kind) + (isTransformer ? ablations() * few() : 0);
    double walks = students * step * (taught() + 1) * count("episodes");
    if (CLONED.contains(kind)) {
      double places = (double) kind.students(schooling.scale()) * OTHERS + 2.0 * few() * taught();
      walks += places * step * count("episodes elsewhere");
      walks += finer(step, few() * (taught() + 1));
    }
    return walks;
  }

  private double finer(double step, int policies) {
    return policies * (step + FIXED.number("µs of finer steps")) * count("episodes in finer steps");
  }
}
