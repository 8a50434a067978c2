package dev.retort.prior;

import static dev.retort.Retort.env;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.solve;
import static dev.retort.Retort.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.evaluate.Evaluator;
import dev.retort.plan.Extracting;
import dev.retort.policy.Policy;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.table.QTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
    return new Source(task, -20, 100, -1, -1, table);
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
    Path file = folder.resolve("two.prior");
    prior.save(file);
    QPrior opened = qPrior(file);
    assertThat(opened.tensors().all().keySet()).isEqualTo(prior.tensors().all().keySet());
    for (float state = 0; state < 3; state++) {
      assertThat(at(opened, state)).isEqualTo(at(prior, state));
    }
    assertThat(opened.toString()).isEqualTo(prior.toString());
    assertThat(prior.bytes()).isEqualTo(2 + 8 * 4);
    assertThat(prior.networkBytes()).isEqualTo(800);
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
        .hasMessageContaining("sources that say what actions are worth");
    assertThatThrownBy(() -> qPrior(teacher).on(env("MountainCar-varied").train(3)))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("train(1)");
  }
}
