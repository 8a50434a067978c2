package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.env.VectorEnv;
import dev.retort.nn.Mlp;
import dev.retort.option.Schedule;
import dev.retort.policy.Actor;
import dev.retort.policy.NetworkPolicy;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DqnTest {
  private static final double GAMMA = 0.9;

  /** A table of values, learned from uniformly random behaviour. */
  private static final Dqn TABLE =
      new Dqn()
          .network(Mlp.of())
          .steps(4_000)
          .warmUp(500)
          .trainEvery(50)
          .updates(50)
          .targetUpdate(25, 1)
          .memory(4_000)
          .batchSize(64)
          .gamma(GAMMA)
          .exploration(1, 1)
          .learningRate(new Schedule(0.02, 0));

  @ParameterizedTest
  @EnumSource(Dqn.Target.class)
  void actionValuesEqualValueIterationThoughEveryEpisodeIsCutShort(Dqn.Target target) {
    // Episodes of at most 3 steps: if truncation did not bootstrap, no value could look further.
    Chain chain = new Chain(6, 0, 3);
    double[][] expected = chain.values(GAMMA);
    assertThat(expected[0][1]).isCloseTo(Math.pow(GAMMA, 5), within(1e-9));
    double[][] q = values(TABLE.target(target), chain);
    for (int cell = 0; cell < 6; cell++) {
      assertThat(q[cell]).as("cell %d", cell).containsExactly(expected[cell], within(0.01));
      assertThat(q[cell][1] > q[cell][0]).isEqualTo(expected[cell][1] > expected[cell][0]);
    }
  }

  @Test
  void actionValuesEqualValueIterationWhereStepsGoAstray() {
    Chain chain = new Chain(5, 0.2, 4);
    double[][] expected = chain.values(GAMMA);
    double[][] q = values(TABLE, chain);
    for (int cell = 0; cell < 5; cell++) {
      assertThat(q[cell]).as("cell %d", cell).containsExactly(expected[cell], within(0.06));
    }
  }

  @Test
  void truncationBootstrapsAndTerminationDoesNot() {
    Chain chain = new Chain(3, 0, 2);
    VectorEnv envs = new VectorEnv(chain, 1, copy -> RandomStream.of(1, "replay"));
    envs.reset();
    Replay replay = new Replay(1, 300, 3, 1);
    float[] right = {1};
    for (int step = 0; step < 300; step++) {
      float[] before = envs.observations().clone();
      envs.step(right);
      replay.add(before, right, envs);
    }
    Replay.Sample sample = new Replay.Sample(300, 3, 1);
    replay.sample(new RandomStream[] {RandomStream.of(2, "sample")}, 300, sample);
    float[] tens = new float[600];
    Arrays.fill(tens, 10);
    double[] y = new double[300];
    Dqn.targets(sample, 300, tens, tens, 2, 0.5, y);
    int terminations = 0;
    int cut = 0;
    for (int row = 0; row < 300; row++) {
      boolean last = sample.obs[3 * row + 2] == 1;
      assertThat(y[row]).isEqualTo(last ? 1 : 5);
      terminations += last ? 1 : 0;
      // From cell 0 two steps lead to cell 2, where the episode is cut: the true next cell is kept.
      boolean truncated = sample.obs[3 * row + 1] == 1 && sample.nextObs[3 * row + 2] == 1;
      cut += truncated ? 1 : 0;
    }
    assertThat(terminations).isPositive();
    assertThat(cut).isPositive();
  }

  @Test
  void theChooserChoosesAndTheOtherNetworkValues() {
    Replay.Sample sample = new Replay.Sample(1, 1, 1);
    sample.rewards[0] = 1;
    double[] y = new double[1];
    Dqn.targets(sample, 1, new float[] {0, 1}, new float[] {100, 2}, 2, 0.5, y);
    assertThat(y).containsExactly(2);
  }

  @Test
  void theMemoryForgetsTheOldestFirst() {
    Chain chain = new Chain(4, 0, 1000);
    VectorEnv envs = new VectorEnv(chain, 2, copy -> RandomStream.of(copy, "replay"));
    envs.reset();
    Replay replay = new Replay(2, 5, 4, 1);
    for (int step = 0; step < 12; step++) {
      float[] before = new float[8];
      before[0] = step;
      before[4] = 100 + step;
      float[] left = {0, 0};
      envs.step(left);
      replay.add(before, left, envs);
    }
    assertThat(replay.size()).isEqualTo(5);
    Replay copy = new Replay(2, 5, 4, 1);
    copy.restore(replay.save());
    for (Replay each : List.of(replay, copy)) {
      Replay.Sample sample = new Replay.Sample(400, 4, 1);
      RandomStream[] streams = {RandomStream.of(1, "a"), RandomStream.of(2, "b")};
      each.sample(streams, 200, sample);
      for (int row = 0; row < 400; row++) {
        float low = row < 200 ? 7 : 107;
        assertThat(sample.obs[4 * row]).isBetween(low, low + 4);
      }
    }
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    Chain chain = new Chain(4, 0, 10);
    refused(
        new Dqn().memory(63),
        "dqn: expected a memory of at least one batch of 64 transitions, got 63.");
    assertThatThrownBy(() -> new Dqn().exploration(0.5, -0.1))
        .isInstanceOf(RetortException.class)
        .hasMessage("dqn: expected a number from 0.0 to 1.0 for 'epsilon', got '-0.1'.");
    assertThatThrownBy(() -> new Dqn().gamma(1.1))
        .isInstanceOf(RetortException.class)
        .hasMessage("dqn: expected a number from 0.0 to 1.0 for 'gamma', got '1.1'.");
    assertThatThrownBy(
            () ->
                new Dqn()
                    .memory(1_000_000_000_000L)
                    .steps(1_000_000_000_000L)
                    .train(chain, new long[] {1}, Session.unwatched("return", "length")))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("replay: expected a memory of at most 536,870,911 transitions");
  }

  private static void refused(Dqn dqn, String message) {
    assertThatThrownBy(() -> dqn.require(new Chain(4, 0, 10)))
        .isInstanceOf(RetortException.class)
        .hasMessage(message);
  }

  private static double[][] values(Dqn dqn, Chain chain) {
    NetworkPolicy policy =
        dqn.train(chain, new long[] {7}, Session.unwatched("return", "length")).get(0);
    double[][] q = new double[chain.cells()][2];
    float[] cells = new float[chain.cells() * chain.cells()];
    for (int cell = 0; cell < chain.cells(); cell++) {
      cells[cell * chain.cells() + cell] = 1;
    }
    try (Actor actor = policy.actor(chain.cells())) {
      float[] out = actor.outputs(cells);
      for (int i = 0; i < out.length; i++) {
        q[i / 2][i % 2] = out[i];
      }
    }
    return q;
  }
}
