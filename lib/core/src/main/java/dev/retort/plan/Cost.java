package dev.retort.plan;

import dev.retort.data.Dataset;
import dev.retort.distill.Distillation;
import dev.retort.distill.Supervised;
import dev.retort.figure.Numbers;
import dev.retort.nn.Adam;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Groups;
import dev.retort.nn.Initialization;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import dev.retort.run.Parallel;
import dev.retort.space.Space;
import java.util.Arrays;
import java.util.List;

/**
 * What a population costs on this machine, found out by doing it a few times with one of the groups
 * that it is dealt out in.
 *
 * @param parameters of each member
 * @param bytes of parameters, gradients and moments of all members
 * @param predictSeconds one forward pass of all members
 * @param updateSeconds one forward and backward pass and optimizer step of all members
 */
record Cost(int parameters, long bytes, double predictSeconds, double updateSeconds) {
  private static final int TRIES = 5;
  private static final int MEASURED = 100;

  static Cost measure(
      Architecture architecture,
      Space observations,
      List<Output> outputs,
      Trunk trunk,
      int members,
      int acting,
      int batch) {
    int[] groups = Groups.of(architecture, members, batch);
    int group = groups[0];
    double rounds = Math.ceil((double) groups.length / Parallel.cores());
    long[] seeds = new long[group];
    Arrays.setAll(seeds, i -> i);
    Blueprint blueprint =
        new Blueprint(architecture, NetworkPolicy.shape(observations), outputs, trunk);
    try (Network network = Network.of(blueprint, Initialization.FAN_IN, seeds)) {
      Adam adam = new Adam(network.parameters().length, 1e-8);
      float[] few = new float[group * acting * network.inputs()];
      float[] many = new float[group * batch * network.inputs()];
      float[] out = new float[group * Math.max(acting, batch) * network.width()];
      double predict = fastest(() -> network.predict(few, acting, Rows.PER_MEMBER, out));
      double update =
          fastest(
              () -> {
                network.forward(many, batch, Rows.PER_MEMBER, out);
                network.backward(out);
                adam.step(network.parameters(), network.gradients(), 0);
                network.parametersChanged();
              });
      int own = network.parametersPerMember();
      return new Cost(own, 24L * own * members, rounds * predict, rounds * update);
    }
  }

  private static double fastest(Runnable work) {
    work.run();
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < TRIES; i++) {
      long from = System.nanoTime();
      work.run();
      best = Math.min(best, (System.nanoTime() - from) / 1e9);
    }
    return best;
  }

  /**
   * About how long students learn, in words; measured with fewer of them where there are very many.
   *
   * @param seen what they see of a row
   * @param outputs what they give
   * @param size steps of the data, which bounds a minibatch
   * @param updates of each
   * @param ensembles how many there are
   */
  static String learning(
      Supervised how,
      Space seen,
      List<Output> outputs,
      int size,
      long updates,
      int ensembles,
      boolean isOnGpu) {
    if (isOnGpu) {
      return "its time on this GPU is not known before";
    }
    long members = (long) how.members() * ensembles;
    int measured = (int) Math.min(members, MEASURED);
    return measure(how.into(), seen, outputs, Trunk.SHARED, measured, 1, how.batch(size))
        .time(0, updates * members / measured);
  }

  /** The same of students, by data of the columns that they learn from. */
  static String learning(
      Distillation how, Dataset example, int size, long updates, int ensembles, boolean isOnGpu) {
    Space seen = how.seeing().sees(example.observations());
    return learning(how, seen, how.outputs(example), size, updates, ensembles, isOnGpu);
  }

  /** About how long so much work takes. */
  String time(long predictions, long updates) {
    return "about " + Numbers.duration(predictions * predictSeconds + updates * updateSeconds);
  }

  /** The memory that parameters take. */
  String memory() {
    return bytes < 1 << 20 ? (bytes >> 10) + " KB" : (bytes >> 20) + " MB";
  }
}
