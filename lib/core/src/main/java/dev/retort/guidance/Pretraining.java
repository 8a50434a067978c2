package dev.retort.guidance;

import dev.retort.nn.Adam;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.prior.QPrior;
import dev.retort.random.RandomStream;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.table.QTable;

/**
 * Draws networks towards a prior, {@code E[(Q(s, a) − P(s, a))²]} over the states and actions that
 * it knows, drawn evenly; a state is the middle of its cell.
 */
final class Pretraining {
  private static final int BATCH = 128;
  private static final double LEARNING_RATE = 1e-3;

  private final QTable table;
  private final QPrior prior;
  private final int choices;
  private final int numbers;
  private final RandomStreams streams;

  Pretraining(QPrior prior, Guidance.Learners learners) {
    this.prior = prior;
    this.table = prior.table();
    this.choices = learners.choices();
    this.numbers = table.numbers();
    this.streams =
        RandomStreams.of(
            learners.seeds().size(),
            member -> RandomStream.of(learners.seeds().get(member), "pretraining"));
  }

  void run(Network online, long updates) {
    int rows = online.members() * BATCH;
    Adam adam = new Adam(online.parameters().length, 1e-8);
    float[] seen = new float[numbers];
    float[] obs = new float[rows * numbers];
    float[] values = new float[rows * choices];
    float[] slope = new float[rows * choices];
    double[] wanted = new double[choices];
    for (long update = 0; update < updates; update++) {
      for (int row = 0; row < rows; row++) {
        table.observation(streams.get(row / BATCH).nextInt(table.states()), seen);
        System.arraycopy(seen, 0, obs, row * numbers, numbers);
      }
      online.forward(obs, BATCH, Rows.PER_MEMBER, values);
      for (int row = 0; row < rows; row++) {
        prior.values(obs, row * numbers, wanted);
        for (int action = 0; action < choices; action++) {
          int at = row * choices + action;
          slope[at] =
              Double.isNaN(wanted[action])
                  ? 0
                  : (float) (2 * (values[at] - wanted[action]) / (BATCH * choices));
        }
      }
      Finite.require(slope, 0, slope.length, "pretraining gradient", update);
      online.backward(slope);
      adam.step(
          online.parameters(), online.gradients(), LEARNING_RATE * (1 - (double) update / updates));
      online.parametersChanged();
    }
  }
}
