package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.env.VectorEnv;
import dev.retort.nn.Mlp;
import dev.retort.option.Schedule;
import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.random.RandomStreams;
import dev.retort.run.Session;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DqnTest {
  private static final double GAMMA = 0.9;

  /** A table of values, learned from uniformly random behavior. */
  private static final Dqn TABLE =
      new Dqn()
          .network(Mlp.of())
          .steps(4_000)
          .warmUp(500)
          .trainEvery(50)
          .updates(50)
          .targetEvery(25)
          .memory(4_000)
          .batchSize(64)
          .gamma(GAMMA)
          .exploreUntil(1)
          .epsilon(1)
          .learningRate(new Schedule(0.02, 0));

  static List<Dqn> variants() {
    return List.of(
        TABLE,
        TABLE.target(Dqn.Target.SINGLE),
        TABLE.dueling(),
        TABLE.prioritized(),
        TABLE.normalizeObservations(true),
        TABLE
            .prioritized()
            .priorityExponent(0.5)
            .priorityCorrection(new Schedule(0.5, 1))
            .dueling());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void actionValuesEqualValueIterationThoughEveryEpisodeIsCutShort(Dqn dqn) {
    // Episodes of at most 3 steps: if truncation did not bootstrap, no value could look further.
    Chain chain = new Chain(6, 0, 3);
    double[][] expected = chain.values(GAMMA);
    assertThat(expected[0][1]).isCloseTo(Math.pow(GAMMA, 5), within(1e-9));
    double[][] q = values(dqn, chain);
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
  void theValuesOfTwoStepsAreThoseOfActingAtRandomInTheSecond() {
    int cells = 5;
    double[] best = new double[cells + 1];
    double[][] expected = new double[cells][2];
    for (int sweep = 0; sweep < 200; sweep++) {
      for (int cell = 0; cell < cells; cell++) {
        for (int first = 0; first < 2; first++) {
          int next = next(cell, first);
          expected[cell][first] = reward(cell, first, cells);
          for (int second = 0; second < 2 && next < cells; second++) {
            double more = reward(next, second, cells) + GAMMA * best[next(next, second)];
            expected[cell][first] += GAMMA * more / 2;
          }
        }
      }
      for (int cell = 0; cell < cells; cell++) {
        best[cell] = Math.max(expected[cell][0], expected[cell][1]);
      }
    }
    double[][] q = values(TABLE.nStep(2).steps(8_000), new Chain(cells, 0, 50));
    for (int cell = 0; cell < cells; cell++) {
      assertThat(q[cell]).as("cell %d", cell).containsExactly(expected[cell], within(0.03));
    }
  }

  private static int next(int cell, int action) {
    return action == 1 ? cell + 1 : Math.max(0, cell - 1);
  }

  private static double reward(int cell, int action, int cells) {
    return next(cell, action) == cells ? 1 : cell == 0 && action == 0 ? Chain.SMALL : 0;
  }

  @Test
  void truncationBootstrapsAndTerminationDoesNot() {
    Chain chain = new Chain(3, 0, 2);
    VectorEnv envs = new VectorEnv(chain, 1, copy -> RandomStream.of(1, "replay"));
    envs.reset();
    Replay replay = new Replay(1, 300, 3, 1, Optional.empty());
    NStep steps = new NStep(1, 1, 0.5, 3, 1, replay);
    float[] right = {1};
    for (int step = 0; step < 300; step++) {
      float[] before = envs.observations().clone();
      envs.step(right);
      steps.add(before, right, envs.rewards(), envs);
    }
    Replay.Sample sample = new Replay.Sample(300, 3, 1);
    replay.sample(RandomStreams.of(new long[] {2}, "sample"), 300, 0, sample);
    float[] tens = new float[600];
    Arrays.fill(tens, 10);
    double[] y = new double[300];
    Dqn.targets(sample, 300, tens, tens, 2, y);
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
    sample.discounts[0] = 0.5f;
    double[] y = new double[1];
    Dqn.targets(sample, 1, new float[] {0, 1}, new float[] {100, 2}, 2, y);
    assertThat(y).containsExactly(2);
  }

  @Test
  void learningWaitsForTheFirstRewardsThatAreSummed() {
    Dqn dqn = TABLE.nStep(3).warmUp(1).trainEvery(1).steps(20);
    assertThat(values(dqn, new Chain(4, 0, 10))).hasDimensions(4, 2);
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    Chain chain = new Chain(4, 0, 10);
    refused(
        new Dqn().steps(1_000),
        "dqn: expected a warm-up of fewer steps than the 1000 of training, got 1000. Say .warmUp(100), or train longer.");
    refused(
        new Dqn().memory(63),
        "dqn: expected a memory of at least one batch of 64 transitions, got 63.");
    assertThatThrownBy(() -> new Dqn().exploreUntil(0.5).epsilon(-0.1))
        .isInstanceOf(RetortException.class)
        .hasMessage("dqn: expected a number from 0 to 1 for 'epsilon', got '-0.1'.");
    assertThatThrownBy(() -> new Dqn().gamma(1.1))
        .isInstanceOf(RetortException.class)
        .hasMessage("dqn: expected a number from 0 to 1 for 'gamma', got '1.1'.");
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
    Policy policy = dqn.train(chain, new long[] {7}, Session.unwatched("return", "length")).get(0);
    double[][] q = new double[chain.cells()][2];
    float[] cells = new float[chain.cells() * chain.cells()];
    for (int cell = 0; cell < chain.cells(); cell++) {
      cells[cell * chain.cells() + cell] = 1;
    }
    try (Actor actor = policy.actor(chain.cells())) {
      float[] out = actor.values(cells);
      for (int i = 0; i < 2 * chain.cells(); i++) {
        q[i / 2][i % 2] = out[i];
      }
    }
    return q;
  }
}
