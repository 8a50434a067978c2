package dev.retort.paper;

import dev.retort.collect.Demonstrations;
import dev.retort.data.Dataset;
import dev.retort.distill.Distillation;
import dev.retort.distill.Loss;
import dev.retort.env.reach.Reacher;
import dev.retort.env.reach.ReacherTeacher;
import dev.retort.nn.Activation;
import dev.retort.nn.Mlp;
import dev.retort.option.Schedule;
import dev.retort.plan.Distilling;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Students of the handcrafted teacher of Reacher, trained once as one population, from which
 * ensembles are drawn without putting back.
 *
 * @param rotations in how many directions the training set shows the task
 * @param size how many students there are
 */
record ReacherPool(int rotations, int size) {
  static final int[] ORDERS = {2, 4, 8};

  /** The pool of a group at a size of the experiment. */
  static ReacherPool of(int rotations, Scale scale) {
    return new ReacherPool(
        rotations,
        switch (scale) {
          case UNIT -> rotations == 4 ? 20 : 4;
          case CPU -> rotations == 4 ? 2_000 : 100;
          case GPU -> rotations == 4 ? 20_000 : 1_000;
        });
  }

  /** The student of the authors' code, learned for 500 epochs in minibatches of 6. */
  static Distillation student() {
    return new Distillation()
        .into(Mlp.of(64, 64, 32).activation(Activation.RELU))
        .minimizing(new Loss.Mse())
        .epochs(500)
        .batchSize(6)
        .learningRate(Schedule.constant(1e-4));
  }

  Reacher training() {
    return new Reacher().symmetry(rotations);
  }

  /** The rotations that the authors' code tests on. */
  Reacher test() {
    return training().test(8);
  }

  /** Every whole degree. */
  Reacher sweep() {
    return training().narrowed(Reacher.Part.SWEEP, 360);
  }

  static Policy teacher(Reacher arm) {
    return Scripted.of("handcrafted teacher", arm, ReacherTeacher::handcrafted);
  }

  Distilling plan() {
    Dataset data = Demonstrations.of(teacher(training()), training());
    return new Distilling(student().members(size), data, 0);
  }

  Ensemble students() {
    return plan().once();
  }

  /** The sizes of ensembles of which the pool gives at least one. */
  int[] ensembleSizes() {
    return IntStream.of(1, 10, 100, 1_000, 10_000).filter(n -> n <= size).toArray();
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
