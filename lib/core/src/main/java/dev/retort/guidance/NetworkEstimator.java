package dev.retort.guidance;

import dev.retort.loss.Huber;
import dev.retort.nn.Activation;
import dev.retort.nn.Adam;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStream;
import dev.retort.run.Resumable;
import java.util.Arrays;
import java.util.List;

/**
 * Knows by how far networks have come from what they said before they learned: one network towards
 * the outputs of a random one, or several towards the learner's targets.
 */
final class NetworkEstimator extends KnownnessEstimator {
  private static final int WIDTH = 32;
  private static final double LEARNING_RATE = 1e-3;
  private static final double TINY = 1e-12;

  private final int members;
  private final int each;
  private final int choices;
  private final int obsSize;
  private final boolean distills;
  private final Network random;
  private final Network untrained;
  private final Network learned;
  private final Adam adam;

  /**
   * Networks for a group.
   *
   * @param each how many a member
   * @param distills whether they learn the outputs of a random one, and not the targets
   */
  NetworkEstimator(Guidance.Learners learners, int each, boolean distills) {
    this.members = learners.seeds().size();
    this.each = each;
    this.choices = learners.choices();
    this.obsSize = learners.env().observations().size();
    this.distills = distills;
    this.random = network(learners, "random");
    this.untrained = network(learners, "learned");
    this.learned = network(learners, "learned");
    this.adam = new Adam(learned.parameters().length, 1e-8);
  }

  private Network network(Guidance.Learners learners, String purpose) {
    long[] seeds = new long[members * each];
    for (int i = 0; i < seeds.length; i++) {
      seeds[i] = RandomStream.of(learners.seeds().get(i / each), purpose, i % each).nextLong();
    }
    return Network.of(
        new Blueprint(
            Mlp.of(WIDTH, WIDTH).activation(Activation.RELU),
            NetworkPolicy.shape(learners.env().observations()),
            List.of(Output.of("known", choices)),
            Trunk.SHARED),
        Initialization.FAN_IN,
        seeds);
  }

  /** The rows of every member once for each of its networks. */
  private float[] repeated(float[] rows, int batch, int width) {
    if (each == 1) {
      return rows;
    }
    float[] all = new float[members * each * batch * width];
    for (int network = 0; network < members * each; network++) {
      System.arraycopy(
          rows, network / each * batch * width, all, network * batch * width, batch * width);
    }
    return all;
  }

  private float[] predict(Network network, float[] obs, int batch) {
    float[] out = new float[members * each * batch * choices];
    network.predict(obs, batch, Rows.PER_MEMBER, out);
    return out;
  }

  @Override
  void known(float[] obs, int batch, double[] kappa) {
    float[] all = repeated(obs, batch, obsSize);
    float[] before = predict(untrained, all, batch);
    float[] now = predict(learned, all, batch);
    if (distills) {
      errors(predict(random, all, batch), before, now, batch, kappa);
    } else {
      spreads(before, now, batch, kappa);
    }
  }

  private void errors(float[] goal, float[] before, float[] now, int batch, double[] kappa) {
    for (int row = 0; row < members * batch; row++) {
      double first = TINY;
      double left = 0;
      for (int i = row * choices; i < (row + 1) * choices; i++) {
        first += (before[i] - goal[i]) * (before[i] - goal[i]);
        left += (now[i] - goal[i]) * (now[i] - goal[i]);
      }
      Arrays.fill(kappa, row * choices, (row + 1) * choices, 1 - Math.min(1, left / first));
    }
  }

  private void spreads(float[] before, float[] now, int batch, double[] kappa) {
    for (int member = 0; member < members; member++) {
      for (int i = 0; i < batch * choices; i++) {
        int at = member * each * batch * choices + i;
        double first = Math.sqrt(variance(before, at, batch * choices)) + TINY;
        double left = Math.sqrt(variance(now, at, batch * choices));
        kappa[member * batch * choices + i] = 1 - Math.min(1, left / first);
      }
    }
  }

  private double variance(float[] values, int at, int stride) {
    double mean = 0;
    for (int network = 0; network < each; network++) {
      mean += values[at + network * stride] / each;
    }
    double squares = 0;
    for (int network = 0; network < each; network++) {
      double off = values[at + network * stride] - mean;
      squares += off * off;
    }
    return squares / each;
  }

  @Override
  void learn(float[] obs, float[] actions, int batch, double[] targets) {
    float[] all = repeated(obs, batch, obsSize);
    float[] out = new float[members * each * batch * choices];
    learned.forward(all, batch, Rows.PER_MEMBER, out);
    float[] slope = new float[out.length];
    if (distills) {
      float[] goal = predict(random, all, batch);
      for (int i = 0; i < slope.length; i++) {
        slope[i] = 2 * (out[i] - goal[i]) / batch;
      }
    } else {
      for (int row = 0; row < members * each * batch; row++) {
        int shared = row / (each * batch) * batch + row % batch;
        int taken = row * choices + (int) actions[shared];
        slope[taken] = (float) (Huber.slope(out[taken] - targets[shared]) / batch);
      }
    }
    learned.backward(slope);
    adam.step(learned.parameters(), learned.gradients(), LEARNING_RATE);
    learned.parametersChanged();
  }

  @Override
  void join(Resumable state) {
    state
        .floats("known", learned::parameters, learned::set)
        .part("knownAdam", adam::save, adam::restore);
  }

  @Override
  public void close() {
    random.close();
    untrained.close();
    learned.close();
  }
}
