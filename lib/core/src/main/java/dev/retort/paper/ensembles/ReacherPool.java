package dev.retort.paper.ensembles;

import static dev.retort.Retort.demonstrations;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.mse;
import static dev.retort.paper.ensembles.Ensembles.FIXED;

import dev.retort.data.Dataset;
import dev.retort.env.reach.Reacher;
import dev.retort.nn.Activation;
import dev.retort.paper.Scale;
import dev.retort.plan.Distilling;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
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
    String name = rotations == 4 ? "students of four rotations" : "students of other rotations";
    return new ReacherPool(rotations, FIXED.count(name, scale));
  }

  /** The plan of the authors' code: students of one size, learned from demonstrations. */
  static Distilling students(Dataset data) {
    return distill(data)
        .into(mlp(64, 64, 32).activation(Activation.RELU))
        .minimizing(mse())
        .epochs(FIXED.count("student epochs"))
        .batchSize(FIXED.count("student batch"))
        .learningRate(FIXED.number("student rate"));
  }

  Reacher training() {
    return new Reacher().symmetry(rotations);
  }

  /** The rotations that the authors' code tests on. */
  Reacher test() {
    return training().test(FIXED.count("rotations of the test"));
  }

  /** Every whole degree. */
  Reacher sweep() {
    return training().narrowed(Reacher.Part.SWEEP, 360);
  }

  Distilling plan() {
    Dataset data = demonstrations(Teachers.handcrafted(training()), training());
    return students(data).members(size);
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
