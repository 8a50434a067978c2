package dev.retort.plan;

import dev.retort.figure.Numbers;
import dev.retort.nn.Adam;
import dev.retort.nn.Architecture;
import dev.retort.nn.Initialization;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Torso;
import dev.retort.space.Space;
import java.util.Arrays;
import java.util.List;

/**
 * What a population costs on this machine, found out by doing it a few times.
 *
 * @param parameters of each member
 * @param bytes of parameters, gradients and moments of all members
 * @param predictSeconds one forward pass
 * @param updateSeconds one forward and backward pass and optimiser step
 */
record Cost(int parameters, long bytes, double predictSeconds, double updateSeconds) {
  private static final int TRIES = 5;

  static Cost measure(
      Architecture architecture,
      Space observations,
      List<Output> outputs,
      Torso torso,
      int members,
      int acting,
      int batch) {
    long[] seeds = new long[members];
    Arrays.setAll(seeds, i -> i);
    List<Integer> shape = dev.retort.policy.NetworkPolicy.shape(observations);
    try (Network network =
        Network.of(architecture, shape, outputs, torso, Initialization.PYTORCH, seeds)) {
      Adam adam = new Adam(network.parameters().length, 1e-8);
      float[] few = new float[members * acting * network.inputs()];
      float[] many = new float[members * batch * network.inputs()];
      float[] out = new float[members * Math.max(acting, batch) * network.width()];
      double predict = fastest(() -> network.predict(few, acting, Rows.PER_MEMBER, out));
      double update =
          fastest(
              () -> {
                network.forward(many, batch, Rows.PER_MEMBER, out);
                network.backward(out);
                adam.step(network.parameters(), network.gradients(), 0);
                network.parametersChanged();
              });
      return new Cost(
          network.parametersPerMember(), 24L * network.parameters().length, predict, update);
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

  /** About how long so much work takes. */
  String time(long predictions, long updates) {
    return "about " + Numbers.duration(predictions * predictSeconds + updates * updateSeconds);
  }

  /** The memory that parameters take. */
  String memory() {
    return bytes < 1 << 20 ? (bytes >> 10) + " KB" : (bytes >> 20) + " MB";
  }
}
