package dev.retort.solve;

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
import dev.retort.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Values against closed forms, linear algebra and shortest paths. */
class ValueIterationTest {
  private static Solution solve(Env env, double discount) {
    return Retort.solve(env).discount(discount).tolerance(1e-11).run();
  }

  @Test
  void theWayAlongTheCliffTakesThirteenSteps() {
    Solution cliff = solve(new CliffWalking(), 1);
    assertThat(cliff.values().fromStart()).isEqualTo(-13);
    assertThat(cliff.values().residual()).isZero();
    assertThat(cliff.values().errorBound()).isInfinite();
    assertThat(cliff.world().model().states()).isEqualTo(38); // no agent stands in the cliff
    double discounted = solve(new CliffWalking(), 0.9).values().fromStart();
    assertThat(discounted).isCloseTo(-(1 - Math.pow(0.9, 13)) / (1 - 0.9), within(1e-12));
  }

  @Test
  void onADryLakeAStateIsWorthTheDiscountToThePowerOfTheStepsThatFollow() {
    for (FrozenLake.Lake size : FrozenLake.Lake.values()) {
      Solution lake = solve(new FrozenLake(size).with("successRate", 1), 0.95);
      int steps = 2 * (size.side() - 1);
      assertThat(lake.values().fromStart()).isCloseTo(Math.pow(0.95, steps - 1), within(1e-12));
    }
  }

  @Test
  void aFairWalkBetweenTwoEndsIsWonAsOftenAsItIsFarFromTheOther() {
    int n = 7;
    double[][][] p = new double[n][1][n];
    double[][] r = new double[n][1];
    boolean[] terminal = new boolean[n];
    terminal[0] = true;
    terminal[n - 1] = true;
    for (int state = 1; state < n - 1; state++) {
      p[state][0][state - 1] = 0.5;
      p[state][0][state + 1] = 0.5;
    }
    r[n - 2][0] = 0.5;
    double[] start = new double[n];
    start[3] = 1;
    Values values = new ValueIteration(1, 1e-14, 10_000).solve(Model.of(p, r, terminal, start));
    for (int state = 1; state < n - 1; state++) {
      assertThat(values.value(state)).isCloseTo(state / (n - 1.0), within(1e-12));
    }
  }

  @Test
  void theBestPolicyOfARandomModelSolvesItsLinearEquationsAndNoActionIsBetter() {
    int states = 12;
    int actions = 3;
    double discount = 0.93;
    RandomStream random = RandomStream.of(11, "model");
    double[][][] p = new double[states][actions][states];
    double[][] r = new double[states][actions];
    double[] start = new double[states];
    Arrays.fill(start, 1.0 / states);
    for (int state = 0; state < states; state++) {
      for (int action = 0; action < actions; action++) {
        double sum = 0;
        for (int to = 0; to < states; to++) {
          p[state][action][to] = Math.pow(random.nextDouble(), 4);
          sum += p[state][action][to];
        }
        for (int to = 0; to < states; to++) {
          p[state][action][to] /= sum;
        }
        r[state][action] = random.nextGaussian();
      }
    }
    Values values =
        new ValueIteration(discount, 1e-11, 10_000)
            .solve(Model.of(p, r, new boolean[states], start));
    double[][] equations = new double[states][states + 1];
    for (int state = 0; state < states; state++) {
      int best = values.best(state);
      for (int to = 0; to < states; to++) {
        equations[state][to] = (state == to ? 1 : 0) - discount * p[state][best][to];
      }
      equations[state][states] = r[state][best];
    }
    double[] exact = solved(equations);
    for (int state = 0; state < states; state++) {
      assertThat(values.value(state)).isCloseTo(exact[state], within(values.errorBound() + 1e-13));
      for (int action = 0; action < actions; action++) {
        double value = r[state][action];
        for (int to = 0; to < states; to++) {
          value += discount * p[state][action][to] * exact[to];
        }
        assertThat(value).isLessThanOrEqualTo(exact[state] + 1e-10);
      }
    }
    assertThat(values.fromStart())
        .isCloseTo(Arrays.stream(exact).average().orElseThrow(), within(1e-10));
  }

  /** Gauss and Jordan, with the largest pivot. */
  private static double[] solved(double[][] equations) {
    int n = equations.length;
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column; row < n; row++) {
        pivot = Math.abs(equations[row][column]) > Math.abs(equations[pivot][column]) ? row : pivot;
      }
      double[] spent = equations[column];
      equations[column] = equations[pivot];
      equations[pivot] = spent;
      for (int row = 0; row < n; row++) {
        double factor = row == column ? 0 : equations[row][column] / equations[column][column];
        for (int i = column; i <= n; i++) {
          equations[row][i] -= factor * equations[column][i];
        }
      }
    }
    double[] solution = new double[n];
    Arrays.setAll(solution, row -> equations[row][n] / equations[row][row]);
    return solution;
  }

  @Test
  void theBoundHoldsHoweverEarlySweepsEnd() {
    Model lake = EnvModel.of(new FrozenLake()).model();
    Values exact = new ValueIteration(0.99, 1e-13, 100_000).solve(lake);
    for (double tolerance : new double[] {1, 0.1, 1e-3}) {
      Values early = new ValueIteration(0.99, tolerance, 100_000).solve(lake);
      assertThat(early.sweeps()).isLessThan(exact.sweeps());
      assertThat(early.errorBound()).isLessThanOrEqualTo(tolerance);
      double worst = 0;
      for (int state = 0; state < lake.states(); state++) {
        worst = Math.max(worst, Math.abs(early.value(state) - exact.value(state)));
      }
      assertThat(worst).isPositive().isLessThanOrEqualTo(early.errorBound() + 1e-12);
    }
  }

  @Test
  void inFourRoomsTheBestPolicyTakesTheShortestPathOfEveryTask() {
    FourRooms rooms = new FourRooms().with("rooms", 3).train(8);
    Solution solution = solve(rooms, 0.9);
    double[] state = new double[rooms.stateSize()];
    double sum = 0;
    for (int context = 0; context < 8; context++) {
      rooms.reset(context, state, RandomStream.of(0, "unused"));
      sum += Math.pow(0.9, rooms.shortestPath(state) - 1);
      Solution one = solve(rooms.task(context), 0.9);
      double expected = Math.pow(0.9, rooms.shortestPath(state) - 1);
      assertThat(one.values().fromStart()).isCloseTo(expected, within(1e-10));
    }
    assertThat(solution.values().fromStart()).isCloseTo(sum / 8, within(1e-10));
    double[] returns =
        new Evaluator(8, 1, () -> {}).evaluate(solution.policy(), rooms).returns()[0];
    assertThat(returns).containsOnly(1);
  }

  @Test
  void anEpisodeOfTheBestPolicyEarnsWhatTheValuesSay() {
    Solution lake = solve(new FrozenLake(), 1);
    assertThat(lake.values().fromStart()).isCloseTo(14 / 17.0, within(1e-8));
    Env patient = new FrozenLake().timeLimit(5_000);
    double[] returns =
        new Evaluator(4_000, 1, () -> {}).evaluate(lake.policy(), patient).returns()[0];
    double mean = Arrays.stream(returns).average().orElseThrow();
    assertThat(mean).isCloseTo(14 / 17.0, within(0.025));
  }

  @Test
  void aSolutionShowsItsMap() {
    Solution lake = solve(new FrozenLake(), 0.99);
    assertThat(lake)
        .hasToString(
            """
            FrozenLake solved: 0.542 from the start at discount 0.99, error at most 9.89e-12
            0  ░░░░░░░░░░░░····
            1  ░░░░    ····\s\s\s\s
            2  ▒▒▒▒▒▒▒▒▒▒▒▒\s\s\s\s
            3      ▓▓▓▓████\s\s\s\s
            · 0.3583 to █ 0.8628"""
                .replace("9.89e-12", dev.retort.figure.Numbers.of(lake.values().errorBound())));
    assertThat(lake.plot().title()).isEqualTo("Values of FrozenLake, blank where it ends");
    assertThat(lake.table().columnNames()).containsExactly("row", "column", "value", "best");
    assertThat(lake.table().rowCount()).isEqualTo(16);
    for (int cell = 0; cell < 16; cell++) { // in the order of reading, not of discovery
      assertThat(lake.table().intColumn("row").get(cell)).isEqualTo(cell / 4);
      assertThat(lake.table().intColumn("column").get(cell)).isEqualTo(cell % 4);
    }
    assertThat(lake.values())
        .asString()
        .startsWith("0.542 from the start at discount 0.99, error at most ")
        .endsWith(" sweeps");
    assertThat(solve(new CliffWalking(), 1).values())
        .hasToString("-13 from the start at discount 1.0, residual 0; 15 sweeps");
  }

  @Test
  void whatCannotBeSolvedIsRefused() {
    refused(
        Retort.env("CartPole"),
        "solve: expected an environment that says how its steps may turn out, got CartPole. Those are CliffWalking, ");
    assertThatThrownBy(() -> Retort.solve(Retort.env("MountainCar")).run())
        .isInstanceOf(RetortException.class)
        .hasMessageEndingWith(
            ", parts of families of such tasks, and your own with beginnings(..) and outcomes(..). Or cut what is observed into bins: bins(40), an approximation.");
    assertThatThrownBy(() -> Retort.solve(Retort.env("Pendulum")).run())
        .isInstanceOf(RetortException.class)
        .hasMessageEndingWith("beginnings(..) and outcomes(..).");
    assertThatThrownBy(() -> Retort.solve(null))
        .isInstanceOf(RetortException.class)
        .hasMessage("solve: expected an environment, got null. Did its cell fail?");
    refused(
        new FourRooms(),
        "solve: expected a finite set of tasks, got the whole family FourRooms. Narrow it: train(20), or train(20).task(0).");
    assertThatThrownBy(() -> Retort.solve(new FrozenLake()).sweeps(3).run())
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("solve: expected values to settle within 3 sweeps at a discount");
    assertThatThrownBy(
            () ->
                Model.of(
                    new double[][][] {{{0.5}}},
                    new double[][] {{1}},
                    new boolean[1],
                    new double[] {1}))
        .isInstanceOf(RetortException.class)
        .hasMessage("model: expected probabilities that sum to 1, got 0.5 (state 0, action 0).");
  }

  @Test
  void theBoundOfASolutionInBinsIsOneOfItsModel() {
    var binned = Retort.solve(Retort.env("MountainCar")).bins(10).tolerance(1e-2).discount(0.9);
    assertThat(binned.run())
        .asString()
        .contains("discount 0.9, error at most ")
        .endsWith(" for this model, not for the task");
    assertThat(binned)
        .isEqualTo(Retort.solve(Retort.env("MountainCar")).discount(0.9).tolerance(1e-2).bins(10));
    assertThatThrownBy(() -> Retort.solve(Retort.env("MountainCar-varied")).bins(10).run())
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "solve: expected one task to discretize, got the whole family MountainCar-varied. Narrow it: train(20).task(0).");
    assertThatThrownBy(() -> Retort.solve(Retort.env("MountainCar-varied").train(3)).bins(10).run())
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "solve: expected one task to discretize, got 3 tasks, MountainCar-varied/train-3. Narrow it: task(0).");
    assertThatThrownBy(() -> Retort.solve(Retort.env("CartPole")).bins(12).run())
        .isInstanceOf(RetortException.class)
        .hasMessageEndingWith("Give both: low(..) and high(..).");
    assertThatThrownBy(() -> Retort.solve(Retort.env("MountainCar")).bins(0))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "solve: expected at least 1 bin for each number of an observation, got [0]. Say how many: bins(40).");
  }

  private static void refused(Env env, String message) {
    assertThatThrownBy(() -> Retort.solve(env).run())
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith(message);
  }
}
