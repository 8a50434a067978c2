package dev.retort.paper.ensembles;

import dev.retort.evaluate.Estimate;
import dev.retort.figure.Line;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.policy.Ensemble;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The returns of the ensembles of a pool, size by size, in training and in the test.
 *
 * @param pool whose they are
 * @param rungs one a size, in the order of the sizes
 */
record Ladder(ReacherPool pool, List<Rung> rungs) {
  private static final Map<Integer, Double> TRAIN = Map.of(2, 1.17, 4, 1.17, 8, 1.16);
  private static final Map<Integer, Double> SINGLE = Map.of(2, 0.39, 4, 0.75, 8, 1.11);
  private static final Map<Integer, Double> LARGER =
      Map.of(10, 0.89, 100, 1.05, 1_000, 1.13, 10_000, 1.17);

  /** Ensembles of one size. */
  record Rung(int members, Measured train, Measured test) {}

  /** Trains what is missing, and lets all ensembles of the pool act. */
  static Ladder of(ReacherPool pool) {
    Ensemble students = pool.students();
    List<Rung> rungs = new ArrayList<>();
    for (int members : pool.sizes()) {
      List<Ensemble> ensembles = ReacherPool.ensembles(students, members, Integer.MAX_VALUE);
      String what =
          "return, mean of %s %s%s"
              .formatted(
                  ensembles.size(),
                  members == 1 ? "student" : "ensemble",
                  ensembles.size() == 1 ? "" : "s");
      String name = pool.name() + ", N = " + members;
      double[] train = Measured.each(ensembles, each -> Measured.returnOf(each, pool.training()));
      double[] test = Measured.each(ensembles, each -> Measured.returnOf(each, pool.test()));
      rungs.add(
          new Rung(
              members,
              published(pool, members, true, Measured.of(name + ", train", what, train)),
              published(pool, members, false, Measured.of(name + ", test", what, test))));
    }
    return new Ladder(pool, List.copyOf(rungs));
  }

  /** Beside the paper's number, where it has one of that group and size. */
  private static Measured published(
      ReacherPool pool, int members, boolean isTraining, Measured measured) {
    if (!Recipe.arms().contains(pool.recipe())) {
      return measured;
    }
    if (members == 1) {
      return measured.published((isTraining ? TRAIN : SINGLE).get(pool.rotations()));
    }
    return pool.rotations() == 4 && LARGER.containsKey(members)
        ? measured.published(isTraining ? TRAIN.get(4) : LARGER.get(members))
        : measured;
  }

  /** The paper's line of C4. */
  static Line paper() {
    double[] sizes = {1, 10, 100, 1_000};
    double[] returns = new double[sizes.length];
    double[] logs = new double[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      returns[i] = i == 0 ? SINGLE.get(4) : LARGER.get((int) sizes[i]);
      logs[i] = Math.log10(sizes[i]);
    }
    return Line.of("paper", logs, returns);
  }

  /** Single students. */
  Rung single() {
    return rungs.get(0);
  }

  /** Ensembles of a size that the pool gives. */
  Rung of(int members) {
    return rungs.stream().filter(rung -> rung.members == members).findFirst().orElseThrow();
  }

  /** Whether the pool gives an ensemble of that size. */
  boolean has(int members) {
    return pool.sizes().contains(members);
  }

  /** All of it. */
  List<Finding> reported() {
    return rungs.stream()
        .flatMap(rung -> List.of(rung.train.reported(), rung.test.reported()).stream())
        .toList();
  }

  /** Returns of the test against the size, with the band of their intervals. */
  Line line() {
    double[] sizes = rungs.stream().mapToDouble(rung -> Math.log10(rung.members)).toArray();
    List<Estimate> test = rungs.stream().map(rung -> rung.test.estimate()).toList();
    return Line.of(
            pool.recipe() + ", 95 % band",
            sizes,
            test.stream().mapToDouble(Estimate::value).toArray())
        .band(
            test.stream().mapToDouble(each -> each.interval().low()).toArray(),
            test.stream().mapToDouble(each -> each.interval().high()).toArray());
  }
}
