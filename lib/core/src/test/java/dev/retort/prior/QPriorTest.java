package dev.retort.prior;

import static dev.retort.Retort.dqInit;
import static dev.retort.Retort.dqn;
import static dev.retort.Retort.env;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.qLearning;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.solve;
import static dev.retort.Retort.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.evaluate.Evaluator;
import dev.retort.figure.Heat;
import dev.retort.plan.Extracting;
import dev.retort.plan.Resuming;
import dev.retort.policy.Policy;
import dev.retort.policy.Provenance;
import dev.retort.policy.TabularPolicy;
import dev.retort.random.RandomStream;
import dev.retort.run.Runs;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.table.Bins;
import dev.retort.table.Clusters;
import dev.retort.table.Discretization;
import dev.retort.table.QTable;
import dev.retort.table.Quantiles;
import dev.retort.table.Tiles;
import dev.retort.teach.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QPriorTest {
  @TempDir Path folder;

  /** A source on states 0 .. 2 of two actions; NaN where it knows nothing. */
  private static Source source(String task, double[]... values) {
    QTable table = new QTable(1, 2, 0, Optional.empty());
    for (int state = 0; state < values.length; state++) {
      table.state(new float[] {state}, 0);
      for (int action = 0; action < 2; action++) {
        if (!Double.isNaN(values[state][action])) {
          table.learn(state, action, values[state][action], 1);
        }
      }
    }
    return new Source(
        task, Provenance.unknown(), -20, 100, -1, -1, OptionalDouble.of(0.9), 0, table);
  }

  private static QPrior prior(Aggregation how, Source... sources) {
    return new QPrior(Box.of(0, 2, 1), new Discrete(2), 0.9, how, List.of(sources));
  }

  private static double[] at(QPrior prior, float state) {
    double[] values = new double[prior.actions().n()];
    prior.values(new float[] {state}, 0, values);
    return values;
  }

  private static final Source FIRST =
      source("a", new double[] {-1, -2}, new double[] {-4, Double.NaN});
  private static final Source SECOND =
      source("b", new double[] {-3, -8}, new double[] {Double.NaN, Double.NaN});

  @Test
  void whatNoTaskSawIsNothingAndNotZero() {
    QPrior prior = prior(Aggregation.MEAN, FIRST, SECOND);
    assertThat(at(prior, 0)).containsExactly(-2, -5);
    assertThat(at(prior, 1)).containsExactly(-4, Double.NaN);
    assertThat(at(prior, 2)).containsExactly(Double.NaN, Double.NaN);
    assertThat(prior.table().isSeen(1, 1)).isFalse();
  }

  @Test
  void tasksAreJoinedAsTheFormulasSay() {
    QPrior mean = prior(Aggregation.MEAN, FIRST, SECOND);
    assertThat(at(mean.by(Aggregation.MAX), 0)).containsExactly(-1, -2);
    // ln 1 and ln 3: mean 0.5493, variance 0.3017; ln 2 and ln 8: mean ln 4, variance (ln 2)².
    double first = -Math.exp(Math.log(3) / 2 + Math.pow(Math.log(3) / 2, 2) / 2);
    double second = -4 * Math.exp(Math.pow(Math.log(2), 2) / 2);
    assertThat(at(mean.by(Aggregation.LOG_NORMAL), 0))
        .containsExactly(new double[] {first, second}, within(1e-12));
    // Standard errors 1 and 3, and the largest values are no less.
    assertThat(at(mean.by(Aggregation.UNCERTAINTY), 0))
        .containsExactly(new double[] {-1, -2}, within(1e-12));
    assertThat(at(mean.by(Aggregation.UNCERTAINTY), 1)).containsExactly(-4, Double.NaN);
    assertThat(at(mean.first(1), 0)).containsExactly(-1, -2);
    assertThat(at(mean.first(1).and(prior(Aggregation.MEAN, SECOND)), 0)).containsExactly(-2, -5);
  }

  @Test
  void theUncertainMeanIsOneStandardErrorUp() {
    QPrior prior =
        prior(
            Aggregation.UNCERTAINTY,
            source("a", new double[] {-2, -2}),
            source("b", new double[] {-4, -2}),
            source("c", new double[] {-6, -2}),
            source("d", new double[] {-8, -2}));
    // Deviations 3, 1, 1, 3: variance 20 / 3, error √(20 / 12).
    assertThat(at(prior, 0)[0]).isCloseTo(-5 + Math.sqrt(20.0 / 12), within(1e-12));
  }

  @Test
  void enoughTasksAreSeenWithTheProbabilityThatWasAsked() {
    assertThat(Aggregation.tasks(0.1, 0.2)).isEqualTo(11); // ln 0.1 / ln 0.8 = 10.32
    assertThat(Aggregation.tasks(0.05, 0.5)).isEqualTo(5); // 4.32
    assertThatThrownBy(() -> Aggregation.tasks(0, 0.5)).isInstanceOf(RetortException.class);
  }

  @Test
  void valuesThatNoReturnCanHaveAreRefused() {
    assertThat(prior(Aggregation.MEAN, FIRST).low()).isCloseTo(-10, within(1e-12));
    assertThat(prior(Aggregation.MEAN, FIRST).high()).isEqualTo(0);
    assertThatThrownBy(() -> prior(Aggregation.MEAN, FIRST, source("weak", new double[] {96, -1})))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected values from -10 to 0")
        .hasMessageContaining("got 96 (weak, near [0.0], action 0)");
    // A little beyond is rounding of a network, and is clipped.
    assertThat(at(prior(Aggregation.MEAN, source("near", new double[] {0.4, -10.4})), 0))
        .containsExactly(new double[] {0, -10}, within(1e-12));
  }

  @Test
  void aLogNormalMeanNeedsOneSign() {
    Source mixed = source("m", new double[] {0, 0});
    assertThat(at(prior(Aggregation.LOG_NORMAL, mixed), 0)).containsExactly(0, 0);
    assertThatThrownBy(() -> prior(Aggregation.LOG_NORMAL, FIRST, mixed))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("one sign");
  }

  @Test
  void aFileIsReadBackExactlyAndADamagedOneRefused() throws IOException {
    QPrior prior = prior(Aggregation.LOG_NORMAL, FIRST, SECOND);
    Path file = folder.resolve("two.safetensors");
    prior.save(file);
    QPrior opened = qPrior(file);
    assertThat(opened.tensors().all().keySet()).isEqualTo(prior.tensors().all().keySet());
    for (float state = 0; state < 3; state++) {
      assertThat(at(opened, state)).isEqualTo(at(prior, state));
    }
    assertThat(opened.toString()).isEqualTo(prior.toString());
    assertThat(prior.bytes()).isEqualTo(2 + 8 * 4);
    assertThat(prior.networkBytes()).isEqualTo(800);
    assertThat(prior.fileBytes()).isEqualTo(Files.size(file));
    assertThat(prior.toString())
        .endsWith(
            String.format(Locale.ROOT, "; %,d in a file with each task's table", Files.size(file)));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> QPrior.open(file)).isInstanceOf(RetortException.class);
  }

  /** The car's valley cut into 40 by 40, as far as one task of a family goes. */
  private static Policy solved(Env task) {
    return solve(task).tolerance(1e-3).bins(40).run().policy();
  }

  private static QPrior run(Extracting plan) {
    return plan.job().execute(Session.unwatched("return"));
  }

  @Test
  void exactTablesAreTakenAsTheyAreAndPlayedTablesAverage() {
    Env two = env("MountainCar-varied").train(2);
    Policy[] solvers = {solved(two.task(0)), solved(two.task(1))};
    QPrior exact = run(qPrior(solvers).on(two).steps(500));
    assertThat(exact.cells().orElseThrow().count()).isEqualTo(1_600);
    assertThat(exact.low()).isCloseTo(-100, within(1e-9));
    double[] together = new double[3];
    float[] start = {-0.5f, 0};
    exact.values(start, 0, together);
    float[] both = new float[6];
    for (int i = 0; i < 2; i++) {
      float[] own = new float[3];
      solvers[i].forward(1).apply(start, 1, own);
      System.arraycopy(own, 0, both, 3 * i, 3);
    }
    for (int action = 0; action < 3; action++) {
      assertThat(together[action]).isCloseTo((both[action] + both[3 + action]) / 2, within(1e-4));
    }
    QPrior played = run(qPrior(solvers).on(two).steps(5_000).bins(10));
    assertThat(played.table().states()).isBetween(20, 100);
    played.values(start, 0, together);
    assertThat(together[0]).isBetween(-80.0, -20.0);
    assertThat(played.plot().rows()).hasSize(10);
    for (Extracting plan :
        List.of(
            qPrior(solvers).on(two).quantiles(8),
            qPrior(solvers).on(two).tiles(4, 8),
            qPrior(solvers).on(two).clusters(30))) {
      QPrior other = run(plan.steps(3_000));
      other.values(start, 0, together);
      assertThat(Arrays.stream(together))
          .as(other.toString())
          .allMatch(value -> value > -90 && value < -10);
    }
  }

  /** The lake solved with a discount. */
  private static TabularPolicy lake(double discount) {
    return solve(env("FrozenLake")).discount(discount).run().policy();
  }

  /** Somebody of the same values, who does not say by what these discount. */
  private static Policy silent(TabularPolicy solver) {
    return new TabularPolicy("silent", solver.observations(), solver.actions(), solver.table());
  }

  private static Extracting plan(Policy... solvers) {
    return qPrior(solvers).on(env("FrozenLake")).steps(2_000);
  }

  @Test
  void aPriorDiscountsAsItsSourcesWereSolved() {
    QPrior prior = run(plan(lake(0.9)));
    assertThat(prior.discount()).isEqualTo(0.9);
    assertThat(prior.policy().discount()).hasValue(0.9);
    assertThat(QPrior.of(prior.tensors()).toString())
        .isEqualTo(prior.toString())
        .doesNotContain("assumed");
    assertThat(run(plan(lake(0.9)).discount(0.9)).discount()).isEqualTo(0.9);
    assertThat(run(plan(lake(0.9), silent(lake(0.9)))).discount()).isEqualTo(0.9);
    assertThat(plan(lake(0.9)).explain()).contains("values discount by 0.9, as the sources say");
    var learner = qLearning().gamma(0.99).initializedBy(prior);
    assertThatThrownBy(() -> learner.require(env("FrozenLake")))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected a prior that discounts by gamma, 0.99, got one that");
  }

  @Test
  void sourcesWhoseDiscountIsNotKnownAreTakenAtTheirUsersWord() {
    Policy silent = silent(lake(0.9));
    QPrior assumed = run(plan(silent));
    assertThat(assumed.discount()).isEqualTo(0.99);
    assertThat(assumed.toString())
        .endsWith("; discount 0.99 is assumed, the sources do not say theirs");
    assertThat(run(plan(silent).discount(0.9)).discount()).isEqualTo(0.9);
    assertThat(plan(silent).explain())
        .contains("values discount by 0.99, which the sources do not say");
    Policy car = silent((TabularPolicy) solved(env("MountainCar")));
    assertThatThrownBy(() -> run(qPrior(car).on(env("MountainCar")).steps(20).discount(0.5)))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("at a discount of 0.5")
        .hasMessageContaining("The source may discount otherwise, which it does not say: give its");
  }

  private static void refused(Extracting plan, String message) {
    assertThatThrownBy(plan::job).isInstanceOf(RetortException.class).hasMessage(message);
  }

  @Test
  void discountsThatDifferAreRefusedBeforeAnythingIsPlayed() {
    refused(
        plan(lake(0.9), lake(0.95)),
        "qPrior: expected sources that discount alike, got discounts of 0.9 and 0.95 (sources 1 and 2). Solve all tasks with one discount.");
    refused(
        plan(lake(0.9)).discount(0.99),
        "qPrior: expected the discount of the sources, 0.9, got 0.99. Leave discount(0.99) out, or solve the tasks with it.");
    refused(
        plan(lake(1)),
        "qPrior: expected sources that discount by at most 0.999999, got 1.0 (source 1). Values that are not discounted have no bounds: solve the tasks with discount(0.99).");
  }

  @Test
  void whoeverLearnedValuesSaysByWhatTheyDiscount() {
    for (Algorithm learner :
        List.of(
            qLearning().gamma(0.8).steps(50),
            dqn().gamma(0.8).steps(50).warmUp(1).hidden(4).batchSize(4))) {
      Policy policy =
          train(learner)
              .on(env("FrozenLake/oneHot"))
              .job()
              .execute(Session.unwatched(learner.columns()));
      assertThat(policy.discount()).as(learner.name()).hasValue(0.8);
    }
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeAnythingIsPlayed() {
    Policy car = solved(env("MountainCar"));
    Extracting fits = qPrior(car).on(env("MountainCar"));
    refused(
        qPrior(car).on(env("CartPole")),
        "qPrior: expected a source from 4 numbers to 2 choices for CartPole, got 'binned' from 2 numbers to 3 choices. Say on(..) which tasks it solved, or wrap the environment.");
    refused(
        fits.bins(3, 3, 3),
        "qPrior: bins: expected 1 for all numbers of an observation or 2, one for each, got 3.");
    refused(
        fits.bins(3).low(1).high(0),
        "qPrior: expected low bounds below the high ones, got 1.0 and 0.0 (number 0 of an observation). Mend low(..) or high(..).");
    assertThatThrownBy(() -> fits.quantiles(0))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "qPrior: expected at least 1 of quantiles for each number of an observation, got [0]. Say how many: quantiles(12).");
    assertThatThrownBy(() -> qPrior((Policy) null))
        .isInstanceOf(RetortException.class)
        .hasMessage("qPrior: expected policies, got null (policy 0). Did its cell fail?");
    assertThatThrownBy(() -> qPrior(car).on(null))
        .isInstanceOf(RetortException.class)
        .hasMessage("qPrior: expected an environment, got null. Did its cell fail?");
    assertThatThrownBy(() -> dqInit(null))
        .isInstanceOf(RetortException.class)
        .hasMessage("dqInit: expected a prior, got null. Did its cell fail?");
  }

  @Test
  void aPriorThatBeginsWithAnotherHasTheTasksOfBoth() {
    System.setProperty("retort.runs", folder.toString());
    try {
      Env tasks = env("GoalRooms").train(2);
      QPrior first = solved(tasks, 0).run();
      Extracting plan = solved(tasks, 1).initializedBy(first);
      QPrior both = plan.once();
      assertThat(both.toString()).isEqualTo(first.and(solved(tasks, 1).run()).toString());
      assertThat(both.tasks()).isEqualTo(2);
      assertThat(plan.explain()).contains("added to the 1 of another prior");
      int runs = Runs.all().size();
      assertThat(plan.once().toString()).isEqualTo(both.toString());
      assertThat(Runs.all()).hasSize(runs);
      int last = Runs.all().get(runs - 2).id();
      assertThat(((Extracting) Resuming.plan(last)).job().spec()).isEqualTo(plan.job().spec());
      refused(
          () -> solved(tasks, 1).initializedBy(prior(Aggregation.MEAN, FIRST)).run(),
          "prior: expected tasks from 1 number to 2 choices, got tasks from 121 choices to 4 choices. Join priors of one family.");
    } finally {
      System.clearProperty("retort.runs");
    }
  }

  @Test
  void aPriorIsAddedToInItsOwnCells() {
    Env valley = env("MountainCar");
    Policy binned = solve(valley).tolerance(1e-2).bins(8).run().policy();
    Extracting plan = qPrior(binned).on(valley).steps(300);
    QPrior tiled = unwatched(plan.tiles(2, 6));
    QPrior both = unwatched(plan.seed(1).initializedBy(tiled));
    assertThat(both.tasks()).isEqualTo(2);
    assertThat(both.cells()).isEqualTo(tiled.cells()).isPresent();
    refused(
        plan.bins(20).initializedBy(tiled),
        "qPrior: expected the cells of the prior that is added to, and its aggregation, got bins of its own. Leave bins out.");
  }

  private static QPrior unwatched(Extracting plan) {
    return plan.job().execute(Session.unwatched("return"));
  }

  private static Extracting solved(Env tasks, int task) {
    Env one = tasks.task(task);
    return qPrior(solve(one).discount(0.95).run().policy()).on(one).steps(5_000);
  }

  @Test
  void whatAPriorIsAskedForHasToBeThere() {
    QPrior prior = prior(Aggregation.MEAN, FIRST, SECOND);
    double[] values = new double[2];
    refused(
        () -> prior.values(new float[] {Float.NaN}, 0, values),
        "prior: expected numbers as an observation, got NaN (number 0). Check the environment.");
    refused(
        () -> prior.values(new float[1], 0, new double[1]),
        "prior: expected room for 2 values, one an action, got 1. Make it new double[prior.actions().n()].");
    refused(
        () -> prior.values(new float[1], 1, values),
        "prior: expected an observation of 1 numbers, got 0 from 1 on. Give 1 number.");
    for (int tasks : new int[] {0, 9}) {
      refused(
          () -> prior.first(tasks),
          "prior: expected the first 1 to 2 tasks, got %s. It knows no others.".formatted(tasks));
    }
    assertThatThrownBy(prior::plot)
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("An observation of one number has no map: look at its values.");
    QPrior valley = run(qPrior(solved(env("MountainCar"))).on(env("MountainCar")).steps(20));
    for (int[] pair : new int[][] {{9, 1}, {1, 1}, {0, -1}}) {
      assertThatThrownBy(() -> valley.plot(pair[0], pair[1], 20))
          .isInstanceOf(RetortException.class)
          .hasMessageContaining(
              "expected two different numbers of an observation, from 0 to 1, got %s and %s."
                  .formatted(pair[0], pair[1]));
    }
    assertThatThrownBy(() -> valley.plot(0, 1, 0))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected at least 1 field a side, got 0.");
  }

  private static void refused(ThrowingCallable asked, String message) {
    assertThatThrownBy(asked).isInstanceOf(RetortException.class).hasMessage(message);
  }

  @Test
  void aMapIsKnownWhereverThePriorIs() {
    Env valley = env("MountainCar");
    Extracting plan = qPrior(solved(valley)).on(valley).steps(2_000);
    for (Extracting cut : List.of(plan.quantiles(8), plan.tiles(4, 8), plan.clusters(30))) {
      QPrior prior = run(cut);
      Heat map = prior.plot(0, 1, 20);
      int known = 0;
      double[] values = new double[3];
      for (int row = 0; row < 20; row++) {
        for (int column = 0; column < 20; column++) {
          float right = Float.parseFloat(map.columns().get(column).replace(",", ""));
          float up = Float.parseFloat(map.rows().get(row).replace(",", ""));
          prior.values(new float[] {right, up}, 0, values);
          known += Double.isNaN(values[0]) ? 0 : 1;
        }
      }
      assertThat(empty(map)).as(prior.toString()).isCloseTo(400 - known, within(12L));
    }
    assertThat(empty(run(plan.clusters(30)).plot(0, 1, 20))).isZero();
  }

  private static long empty(Heat map) {
    return map.values().stream().flatMap(List::stream).filter(value -> value.isNaN()).count();
  }

  @Test
  void aMapOfMoreNumbersIsAsCoarseAsItsCells() {
    RandomStream random = RandomStream.of(3, "states");
    float[] observations = new float[3 * 4_000];
    for (int i = 0; i < observations.length; i++) {
      observations[i] = (float) random.nextDouble();
    }
    for (Discretization cells :
        List.of(
            Clusters.of(observations, 3, 200, 0),
            Quantiles.of(observations, 3, List.of(8)),
            new Tiles(
                new Bins(List.of(8, 8, 8), List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)), 4))) {
      QTable table = new QTable(3, 2, 0, Optional.of(cells));
      for (int at = 0; at < observations.length; at += 3) {
        for (int layer = 0; layer < cells.layers(); layer++) {
          table.state(observations, at, layer);
        }
      }
      Heat map = CellMap.of("cells", table, new double[table.states()], 0, 2, CellMap.FINEST);
      assertThat(map.rows()).as(cells.summary()).hasSizeBetween(5, 20);
      assertThat(empty(map)).as(cells.summary()).isLessThanOrEqualTo(map.rows().size() / 2);
    }
  }

  @Test
  void aMapShowsNoValueOfAnActionThatIsNotKnown() {
    QTable table = new QTable(2, 2, 0, Optional.empty());
    table.learn(table.state(new float[] {0, 0}, 0), 0, -5, 1);
    table.learn(table.state(new float[] {1, 1}, 0), 0, -3, 1);
    Source source =
        new Source("a", Provenance.unknown(), -20, 0, -1, -1, OptionalDouble.empty(), 0, table);
    QPrior prior =
        new QPrior(Box.of(0, 1, 2), new Discrete(2), 0.9, Aggregation.MEAN, List.of(source));
    assertThat(prior.plot().title()).isEqualTo("Prior of 1 task: value of the best action");
    assertThat(prior.plot().values())
        .isEqualTo(List.of(List.of(Double.NaN, -3.0), List.of(-5.0, Double.NaN)));
  }

  @Test
  void valuesThatWereClippedAreCounted() {
    Source clipped = source("a", new double[] {-12, -2}, new double[] {3, Double.NaN}).clipped(0.9);
    QPrior prior = prior(Aggregation.MEAN, clipped, SECOND);
    assertThat(prior.clipped()).isEqualTo(2);
    assertThat(QPrior.of(prior.tensors()).toString()).contains(", 2 values clipped");
    assertThat(prior(Aggregation.MEAN, FIRST).toString()).doesNotContain("clipped");
  }

  @Test
  void aValleyInBinsIsSolvedWell() {
    Env task = env("MountainCar");
    var solution = solve(task).tolerance(1e-3).bins(40).run();
    double[] returns =
        new Evaluator(20, 0, () -> {}).evaluate(solution.policy(), task).returns()[0];
    assertThat(IntStream.range(0, 20).mapToDouble(i -> returns[i]).average().orElseThrow())
        .isGreaterThan(-135);
    assertThat(solution.values().fromStart()).isBetween(-75.0, -45.0);
    assertThatThrownBy(() -> solve(env("Acrobot")).bins(4).run())
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("whose observation is its state");
  }

  @Test
  void policiesWithoutActionValuesAreRefused() {
    Policy teacher =
        train(ppo().steps(64).environments(1).batchSize(32))
            .on(env("MountainCar"))
            .job()
            .execute(Session.unwatched("return", "length"));
    assertThatThrownBy(() -> run(qPrior(teacher).on(env("MountainCar")).steps(10)))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("sources with action values");
    assertThatThrownBy(() -> qPrior(teacher).on(env("MountainCar-varied").train(3)))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("train(1)");
  }
}
