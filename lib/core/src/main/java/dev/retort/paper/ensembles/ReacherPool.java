package dev.retort.paper.ensembles;

import static dev.retort.Retort.demonstrations;
import static dev.retort.paper.ensembles.Ensembles.FIXED;

import dev.retort.data.Dataset;
import dev.retort.env.reach.Reacher;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Distilling;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Students of the handcrafted teacher of Reacher, trained once, from which ensembles are drawn
 * without putting back. They are trained in runs of at most so many, which go on one by one where a
 * study was stopped.
 *
 * @param recipe how they are made
 * @param rotations in how many directions the training set shows the task
 * @param size how many students there are
 * @param together how many a run trains
 * @param sizes of the ensembles that are drawn, of which there is at least one
 */
record ReacherPool(Recipe recipe, int rotations, int size, int together, List<Integer> sizes) {
  static final int[] ORDERS = {2, 4, 8};

  /** The pool of a group at a size of the experiment. */
  static ReacherPool of(Recipe recipe, int rotations, Scale scale) {
    boolean isArm = Recipe.arms().contains(recipe);
    String four = isArm ? recipe + ": students of four rotations" : "students of a switch";
    int size = FIXED.count(rotations == 4 ? four : "students of other rotations", scale);
    return new ReacherPool(
        recipe,
        rotations,
        size,
        FIXED.count("students of a run", scale),
        counts("sizes of ensembles", scale).stream().filter(n -> n <= size).toList());
  }

  /** Several whole numbers of the registration. */
  static List<Integer> counts(String name, Scale scale) {
    return Arrays.stream(FIXED.numbers(name, scale)).mapToObj(number -> (int) number).toList();
  }

  /** Such as {@code code C4}. */
  String name() {
    return recipe + " C" + rotations;
  }

  Reacher training() {
    return recipe.seen(new Reacher().symmetry(rotations));
  }

  /** The rotations that the authors' code tests on. */
  Reacher test() {
    return training().test(FIXED.count("rotations of the test"));
  }

  /** Every whole degree. */
  Reacher sweep() {
    return training().narrowed(Reacher.Part.SWEEP, 360);
  }

  /** The plans of its runs, with one seed after the other. */
  List<Distilling> plans() {
    Dataset data = demonstrations(Teachers.handcrafted(training()), training());
    List<Distilling> plans = new ArrayList<>();
    for (int first = 0; first < size; first += together) {
      int members = Math.min(together, size - first);
      plans.add(recipe.students(data).members(members).seed(plans.size()));
    }
    return plans;
  }

  /** All students, trained where they have not been. */
  Ensemble students() {
    List<NetworkPolicy> all = new ArrayList<>();
    plans().forEach(plan -> all.addAll(plan.once().members()));
    return new Ensemble(name(), all);
  }

  /** How long its runs have worked. */
  double seconds() {
    return plans().stream().mapToDouble(StudyPart::seconds).sum();
  }

  /** What would be trained. */
  String explain() {
    List<Distilling> plans = plans();
    return "%s, %s: %s run%s such as this%n%s"
        .formatted(
            name(),
            recipe.words(),
            plans.size(),
            plans.size() == 1 ? "" : "s",
            plans.get(0).explain());
  }

  /** Disjoint ensembles of one size, at most {@code most}. */
  static List<Ensemble> ensembles(Ensemble pool, int members, int most) {
    List<Ensemble> ensembles = new ArrayList<>();
    List<NetworkPolicy> all = pool.members();
    for (int from = 0; from + members <= all.size() && ensembles.size() < most; from += members) {
      ensembles.add(new Ensemble("N = " + members, all.subList(from, from + members)));
    }
    return ensembles;
  }

  /**
   * The means of consecutive values, so many at a time: what the members of ensembles did alone.
   */
  static double[] means(double[] values, int members, int count) {
    double[] means = new double[count];
    Arrays.setAll(
        means, i -> Arrays.stream(values, i * members, (i + 1) * members).average().orElseThrow());
    return means;
  }
}
