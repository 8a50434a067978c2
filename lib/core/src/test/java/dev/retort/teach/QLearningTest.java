package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.grid.CliffWalking;
import dev.retort.env.grid.FourRooms;
import dev.retort.env.grid.FrozenLake;
import dev.retort.evaluate.Evaluator;
import dev.retort.option.Schedule;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.policy.TabularPolicy;
import dev.retort.random.RandomStream;
import dev.retort.run.DivergedException;
import dev.retort.run.Session;
import dev.retort.solve.EnvModel;
import dev.retort.solve.Solution;
import dev.retort.table.QTable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QLearningTest {
  @TempDir Path folder;

  private static List<TabularPolicy> train(QLearning learning, Env env, long... seeds) {
    return learning.train(env, seeds, Session.unwatched(learning.columns())).stream()
        .map(TabularPolicy.class::cast)
        .toList();
  }

  private static double mean(Policy policy, Env env, int episodes) {
    return Arrays.stream(new Evaluator(episodes, 3, () -> {}).evaluate(policy, env).returns()[0])
        .average()
        .orElseThrow();
  }

  /** How far learned values are from the exact ones where they were learned at least so often. */
  private static double error(Solution exact, QTable learned, long visits) {
    EnvModel world = exact.world();
    float[] seen = new float[world.env().observations().size()];
    double worst = 0;
    int compared = 0;
    for (int state = 0; state < world.model().states(); state++) {
      world.env().observe(world.state(state), seen);
      int row = learned.find(seen, 0);
      for (int action = 0; action < learned.actions() && row >= 0; action++) {
        if (learned.visits(row, action) >= visits) {
          double off = learned.value(row, action) - exact.values().value(state, action);
          worst = Math.max(worst, Math.abs(off));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(world.model().states() / 2);
    return worst;
  }

  @Test
  void valuesOfASlipperyLakeConvergeToThoseOfValueIterationThoughEpisodesAreCutShort() {
    // The shortest way takes six steps: without a bootstrap far states would be worth too little.
    Env lake = new FrozenLake().timeLimit(8);
    QLearning learning =
        new QLearning().gamma(0.9).steps(600_000).epsilon(1).learningRate(1).rateDecay(0.8);
    Solution exact = Retort.solve(new FrozenLake()).discount(0.9).run();
    for (TabularPolicy policy : train(learning, lake, 1, 2)) {
      assertThat(error(exact, policy.table(), 1_000)).isLessThan(0.03);
      assertThat(policy.table().states()).isEqualTo(11); // all that do not end an episode
    }
  }

  @Test
  void onTheCliffTheBestWayIsLearnedExactly() {
    QLearning learning =
        new QLearning().gamma(1).steps(40_000).learningRate(1).epsilon(new Schedule(1, 0.1));
    TabularPolicy policy = train(learning, new CliffWalking(), 5).get(0);
    Solution exact = Retort.solve(new CliffWalking()).discount(1).run();
    assertThat(error(exact, policy.table(), 50)).isZero();
    assertThat(mean(policy, new CliffWalking(), 1)).isEqualTo(-13);
  }

  @Test
  void tasksOfFourRoomsAreToldApartByWhatTheAgentSees() {
    FourRooms rooms = new FourRooms().with("rooms", 3).train(3);
    QLearning learning = new QLearning().gamma(0.9).steps(60_000).learningRate(1).epsilon(0.3);
    TabularPolicy policy = train(learning, rooms, 8).get(0);
    assertThat(mean(policy, rooms, 3)).isEqualTo(1);
    QTable table = policy.table();
    double[] state = new double[rooms.stateSize()];
    float[] seen = new float[rooms.observations().size()];
    for (int context = 0; context < 3; context++) {
      rooms.reset(context, state, RandomStream.of(0, "unused"));
      rooms.observe(state, seen);
      double shortest = Math.pow(0.9, rooms.shortestPath(state) - 1);
      assertThat(table.best(table.find(seen, 0))).isCloseTo(shortest, within(1e-9));
    }
  }

  @Test
  void withBinsTheCarClimbsItsHill() {
    QLearning learning =
        new QLearning()
            .bins(20)
            .steps(250_000)
            .gamma(1)
            .learningRate(new Schedule(0.4, 0.05))
            .epsilon(new Schedule(0.1, 0));
    Env car = Retort.env("MountainCar");
    List<TabularPolicy> policies = train(learning, car, 1, 2, 3);
    double sum = 0;
    for (TabularPolicy policy : policies) {
      sum += mean(policy, car, 30);
      assertThat(policy.table().states()).isBetween(100, 400);
    }
    assertThat(sum / 3).isGreaterThan(-185); // a car that never arrives earns −200
  }

  @Test
  void membersShareNothing() {
    Env lake = new FrozenLake();
    QLearning learning = new QLearning().steps(3_000);
    List<TabularPolicy> together = train(learning, lake, 4, 5, 4);
    QTable alone = train(learning, lake, 5).get(0).table();
    assertThat(together.get(1).table().save().doubles("values"))
        .containsExactly(alone.save().doubles("values"));
    assertThat(together.get(0).table().save().doubles("values"))
        .containsExactly(together.get(2).table().save().doubles("values"))
        .isNotEqualTo(alone.save().doubles("values"));
  }

  @Test
  void highInitialValuesLeadEverywhereWithoutARandomAction() {
    Env lake = new FrozenLake(FrozenLake.Lake.LARGE).with("successRate", 1);
    QLearning greedy = new QLearning().steps(20_000).epsilon(0).learningRate(1);
    QTable curious = train(greedy.initial(1), lake, 1).get(0).table();
    assertThat(curious.states()).isEqualTo(53);
    assertThat(curious.seen()).isGreaterThan(200);
    assertThat(mean(train(greedy.initial(1), lake, 1).get(0), lake, 1)).isEqualTo(1);
  }

  @Test
  void aTablePolicyIsEvaluatedSavedAndReadBack() {
    Env lake = new FrozenLake();
    List<TabularPolicy> policies = train(new QLearning().steps(5_000), lake, 1, 2);
    TabularPolicy policy = policies.get(0);
    Path file = folder.resolve("table.safetensors");
    policy.save(file);
    TabularPolicy read = (TabularPolicy) Retort.policy(file);
    assertThat(read).hasToString(policy.toString());
    assertThat(read.toString())
        .startsWith("Q-learning: a table of 1")
        .endsWith("states × 4 actions, taken exactly, 16 choices -> 4 choices");
    assertThat(read.table().save().doubles("values"))
        .containsExactly(policy.table().save().doubles("values"));
    assertThat(mean(read, lake, 50)).isEqualTo(mean(policy, lake, 50));
    List<Policy> population = PolicyFile.population(PolicyFile.tensors(policies));
    assertThat(population).hasSize(2);
    assertThat(population.get(1)).hasToString(policies.get(1).toString());
  }

  @Test
  void aPolicyDoesNotFollowItsTableNorTheTableThePolicy() {
    TabularPolicy policy = train(new QLearning().steps(500), new FrozenLake(), 1).get(0);
    double before = policy.table().value(0, 0);
    policy.table().learn(0, 0, 100, 1);
    assertThat(policy.table().value(0, 0)).isEqualTo(before);
  }

  @Test
  void aStateThatWasNeverMetIsWorthWhatItWasAtFirst() {
    TabularPolicy policy =
        train(new QLearning().initial(0.5).steps(10).epsilon(0), new FrozenLake(), 1).get(0);
    try (dev.retort.policy.Actor actor = policy.actor(1)) {
      assertThat(actor.outputs(new float[] {14})).containsOnly(0.5f);
    }
  }

  @Test
  void whatATableCannotLearnIsRefused() {
    Env pole = Retort.env("CartPole");
    refused(
        new QLearning(),
        pole,
        "qLearning: expected finitely many observations, got CartPole with 4 numbers without bounds. Cut them into bins within bounds: bins(12).low(-1).high(1).");
    refused(
        new QLearning().bins(6),
        pole,
        "bins: expected finite bounds, low below high, got -Infinity to Infinity (number 1 of an observation). Give both: low(..) and high(..).");
    refused(
        new QLearning(),
        Retort.env("Pendulum"),
        "qLearning: expected an environment with discrete choices, got Pendulum with 1 number.");
    refused(
        new QLearning().low(0, 1),
        new FrozenLake(),
        "qLearning: expected bins with the bounds of bins, got none. Say how many: bins(12).");
    assertThatThrownBy(() -> new QLearning().bins(0))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "qLearning: expected exact, or bins of each number, such as 12 or 6,6,12,12 for 'bins', got '0'.");
    assertThatThrownBy(() -> train(new QLearning(), Retort.env("MountainCar"), 1))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("qLearning: expected observations that come again, got 10,")
        .hasMessageEndingWith(" of MountainCar. Cut them into bins: bins(12).");
  }

  @Test
  void aStepSizeWithoutMeasureIsStoppedBeforeItReachesTheTable() {
    assertThatThrownBy(() -> train(new QLearning().learningRate(1e200), new CliffWalking(), 1))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("'temporal difference'");
  }

  private static void refused(QLearning learning, Env env, String message) {
    assertThatThrownBy(() -> learning.require(env))
        .isInstanceOf(RetortException.class)
        .hasMessage(message);
  }
}
