package dev.retort.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.figure.Dots;
import dev.retort.figure.Glyphs;
import dev.retort.figure.Lines;
import dev.retort.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static Measurements measured(double[][] returns, Map<String, double[][]> measures) {
    return Measurements.of(returns, measures, Set.of());
  }

  private static Scores episodes(String name, double low, double step) {
    double[] returns = IntStream.range(0, 20).mapToDouble(i -> low + step * i).toArray();
    return Scores.of(name, "CartPole", new double[][] {returns});
  }

  private static Scores population(String name, double first, int runs) {
    double[][] returns = new double[runs][2];
    for (int run = 0; run < runs; run++) {
      returns[run] = new double[] {first + run - 100, first + run + 100};
    }
    return Scores.of(name, "CartPole", returns);
  }

  @Test
  void evaluationPrintsSummaryBoxesAndNotes() {
    Scores teacher = episodes("teacher", 480, 1);
    Scores student = episodes("student", 100, 20);
    Scores other = episodes("other", 470, 1);
    assertThat(Evaluation.of(List.of(teacher, student, other), 3).text(Glyphs.UNICODE))
        .isEqualTo(
            """
            Mean return on CartPole: teacher 489.5, student 290, other 479.5
            ┌─────────┬──────────────────────┬────────────┬───────┬────────┐
            │ policy  │          mean [95 %] │ worst 10 % │   IQM │ median │
            ├─────────┼──────────────────────┼────────────┼───────┼────────┤
            │ teacher │ 489.5 [486.7, 492.3] │      480.5 │ 489.5 │  489.5 │
            │ student │ 290.0 [234.6, 345.4] │        110 │   290 │    290 │
            │ other   │ 479.5 [476.7, 482.3] │      470.5 │ 479.5 │  479.5 │
            └─────────┴──────────────────────┴────────────┴───────┴────────┘
            ┌─────────────────┬───────────────────┬────────┐
            │ against teacher │  P(better) [95 %] │      p │
            ├─────────────────┼───────────────────┼────────┤
            │ student         │ 0.00 [0.00, 0.11] │ <0.001 │
            │ other           │ 0.13 [0.05, 0.29] │ <0.001 │
            └─────────────────┴───────────────────┴────────┘
            95 % intervals over 20 episodes.
            p: corrected by Holm for 2 comparisons.""");
  }

  @Test
  void aMeanDoesNotHideThoseThatFail() {
    double[] returns = new double[100];
    double[] successes = new double[100];
    for (int i = 0; i < 100; i++) {
      boolean arrives = i % 20 != 0;
      returns[i] = arrives ? 0.93 : 0;
      successes[i] = arrives ? 1 : 0;
    }
    Scores scores =
        new Scores(
            "mostly",
            "rooms",
            measured(new double[][] {returns}, Map.of("success", new double[][] {successes})),
            new Scores.Sampling(1, false),
            Scores.Visits.NONE);
    Evaluation evaluation = Evaluation.of(List.of(scores), 0);
    Evaluation.Row row = evaluation.rows().get(0);
    assertThat(row.mean().value()).isCloseTo(0.8835, within(1e-12));
    assertThat(row.mean().interval().low()).isLessThan(0.85);
    assertThat(row.iqm().value()).isCloseTo(0.93, within(1e-12));
    assertThat(row.worstTenth()).isCloseTo(0.465, within(1e-12));
    assertThat(row.failures().getAsDouble()).isCloseTo(0.05, within(1e-12));
    assertThat(evaluation.text(Glyphs.UNICODE))
        .startsWith("Mean return on rooms: mostly 0.8835")
        .contains("mean [95 %]", "worst 10 %", "fails", "5 %");
    assertThat(evaluation.episodes().doubleColumn("success").mean()).isCloseTo(0.95, within(1e-12));
  }

  @Test
  void contextsThatArePlayedAgainAreNoFurtherSample() {
    double[] returns = new double[800];
    for (int i = 0; i < 800; i++) {
      returns[i] = i % 8 + (i < 8 ? 0.25 : 0);
    }
    Scores chance =
        new Scores(
            "p",
            "family",
            measured(new double[][] {returns}, Map.of()),
            new Scores.Sampling(8, false),
            Scores.Visits.NONE);
    Evaluation.Row row = Evaluation.of(List.of(chance), 0).rows().get(0);
    assertThat(row.sample()).isEqualTo("8 contexts");
    assertThat(row.mean().value()).isCloseTo(3.5025, within(1e-12));
    assertThat(row.mean().interval().width()).isGreaterThan(3);
  }

  @Test
  void theLengthOfEpisodesFindsItsPlaceInATextOfEightyColumns() {
    List<Scores> rows = new ArrayList<>();
    for (String env : List.of("FourRooms-3/train-10", "FourRooms-3/test-10")) {
      for (String policy : List.of("a teacher of the teachers", "its many students")) {
        double[][] returns = {{0.9, 0, 0.8, 0.95, 0.2, 0.3}};
        Map<String, double[][]> successes = Map.of("success", new double[][] {{1, 0, 1, 1, 1, 1}});
        Scores.Visits visits = new Scores.Visits(543, 0, 0);
        rows.add(
            new Scores(policy, env, measured(returns, successes), Scores.Sampling.UNKNOWN, visits));
      }
    }
    assertThat(Evaluation.of(rows, 0).text(Glyphs.UNICODE).lines().toList().get(2))
        .startsWith("│ policy")
        .containsSubsequence("environment", "mean [95 %]", "fails", "length");
  }

  @Test
  void whatIsKnownExactlyHasNoInterval() {
    Scores whole =
        new Scores(
            "p",
            "family",
            measured(new double[][] {{1, 2, 3, 4}}, Map.of()),
            new Scores.Sampling(4, true),
            Scores.Visits.NONE);
    Evaluation evaluation = Evaluation.of(List.of(whole), 0);
    assertThat(evaluation.rows().get(0).mean()).isEqualTo(new Estimate(2.5, Interval.NONE));
    assertThat(evaluation.text(Glyphs.UNICODE))
        .contains("2.500 –", "exact: nothing is left to chance, and every context was played");
    Scores alone =
        new Scores(
            "p",
            "cliff",
            measured(new double[][] {{-13, -13}}, Map.of()),
            new Scores.Sampling(1, true),
            Scores.Visits.NONE);
    assertThat(Evaluation.of(List.of(alone), 0).notes())
        .contains("– exact: nothing is left to chance, and one episode is all there is.");
  }

  @Test
  void episodesThatWidenAnIntervalOverRunsAreNamed() {
    double[][] returns = new double[10][100];
    for (int run = 0; run < 10; run++) {
      RandomStream random = RandomStream.of(run, "noisy");
      int number = run;
      Arrays.setAll(returns[run], i -> 10 * number + 100 * random.nextGaussian());
    }
    Scores scores = Scores.of("noisy", "CartPole", returns);
    double error = scores.varianceOfEpisodes();
    assertThat(Math.sqrt(error)).isCloseTo(10, within(0.5));
    double all = Math.pow(Statistics.standardError(scores.runMeans()), 2) * 10;
    double expected = Math.sqrt(all / (all - error)) - 1;
    assertThat(scores.widening().getAsDouble()).isCloseTo(expected, within(1e-12));
    int wanted = scores.wanted(0.01, 100_000);
    double allowed = (1.01 * 1.01 - 1) * (all - error);
    assertThat(error * 100 / wanted).isCloseTo(allowed / 1.5, within(0.1));
    assertThat(scores.wanted(0.01, 150)).isEqualTo(150);
    assertThat(scores.wanted(10, 150)).isEqualTo(100);
    assertThat(Evaluation.of(List.of(scores), 0).text(Glyphs.UNICODE))
        .contains("The choice of episodes (100 a run) adds");
  }

  @Test
  void everyRunOfAPopulationIsADot() {
    Dots dots = (Dots) Evaluation.of(List.of(population("ten", 50, 10)), 0).plot();
    assertThat(dots.dots().get(0).runs()).hasSize(10).contains(50.0, 59.0);
    assertThat(Evaluation.of(List.of(population("ten", 50, 10)), 0).text(Glyphs.UNICODE))
        .startsWith("IQM of the return on CartPole: ten 54.5")
        .contains("IQM [95 %]");
  }

  @Test
  void ofSeveralComparisonsTheChancesAreCorrected() {
    assertThat(Intervals.holm(0.01, 0.04, 0.03)).containsExactly(0.03, 0.06, 0.06);
    assertThat(Intervals.holm(0.4, 0.9)).containsExactly(0.8, 0.9);
    double[] x = {3, 4, 5, 6, 7, 8};
    double[] y = {1, 2, 3, 4, 5, 6.5};
    double alone = Intervals.chance(x, y);
    Scores first = Scores.of("first", "CartPole", new double[][] {y});
    Scores second = Scores.of("second", "CartPole", new double[][] {x});
    Evaluation one = Evaluation.of(List.of(first, second), 0);
    assertThat(one.rows().get(1).improvement().get().chance()).hasValue(alone);
    Evaluation two = Evaluation.of(List.of(first, second, second.named("third", "CartPole")), 0);
    assertThat(two.rows().get(2).improvement().get().chance()).hasValue(2 * alone);
    assertThat(two.notes()).contains("p: corrected by Holm for 2 comparisons.");
  }

  @Test
  void everyTextKeepsTwentyFourLinesOfEightyColumns() {
    List<Scores> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      many.add(episodes("a policy with a rather long name, number " + i, i * 1e5, 12345.678));
    }
    Evaluation evaluation = Evaluation.of(many, 0);
    for (String text :
        List.of(evaluation.text(Glyphs.UNICODE), evaluation.plot().text(Glyphs.ASCII))) {
      assertThat(text.lines().count()).isLessThanOrEqualTo(24);
      assertThat(text.lines()).allMatch(line -> line.length() <= 80);
      assertThat(text).doesNotEndWith("\n");
    }
    assertThat(evaluation.text(Glyphs.UNICODE)).contains("… 34 more rows");
  }

  @Test
  void whereThereIsOneOfItNothingHasAnIntervalAndTheTableSaysWhy() {
    Scores one = Scores.of("one", "CartPole", new double[][] {{52}});
    Scores other = Scores.of("other", "CartPole", new double[][] {{60}});
    Evaluation single = Evaluation.of(List.of(one, other), 0);
    assertThat(single.text(Glyphs.UNICODE))
        .contains("52 –", "1.00 –", "No intervals over 1 episode.")
        .contains("– fewer than 3 episodes show no spread. Take more.");
    assertThat(single.table().doubleColumn("mean low").isMissing(0)).isTrue();
    assertThat(single.table().doubleColumn("P high").isMissing(1)).isTrue();
    assertThat(single.plot().text(Glyphs.UNICODE)).contains("52").doesNotContain("[");
    Evaluation mixed = Evaluation.of(List.of(population("many", 50, 12), one), 0);
    assertThat(mixed.text(Glyphs.UNICODE))
        .contains("[", "52.00 –")
        .contains("– fewer than 3 episodes show no spread. Take more.");
    assertThat(Comparison.ofScores(List.of(one, other), 0).text(Glyphs.UNICODE))
        .contains("52 –", "1.00 –")
        .endsWith("– no spread: fewer than 3 episodes, or all alike. Take more.");
  }

  @Test
  void whereAllAreAlikeThereIsNoIntervalAndTheTableSaysWhatMayBe() {
    Scores alike = Scores.of("alike", "CartPole", new double[][] {new double[100]});
    assertThat(Evaluation.of(List.of(alike), 0).text(Glyphs.UNICODE))
        .contains("– all 100 episodes alike: no spread. Of others up to 3.7 % may differ.");
  }

  @Test
  void threeRunsNeverProveAnything() {
    Evaluation evaluation =
        Evaluation.of(List.of(population("low", 0, 3), population("high", 500, 3)), 0);
    Estimate better = evaluation.rows().get(1).improvement().get().probability();
    assertThat(better.value()).isEqualTo(1);
    assertThat(better.interval().low()).isLessThan(0.5);
    assertThat(evaluation.text(Glyphs.UNICODE)).doesNotContain("1.00 [1.00");
  }

  @Test
  void theSampleOfASingleRunAreItsEpisodes() {
    Evaluation.Row row = Evaluation.of(List.of(episodes("one", 0, 1)), 0).rows().get(0);
    assertThat(row.sample()).isEqualTo("20 episodes");
    assertThat(row.iqm().value()).isEqualTo(9.5);
    assertThat(row.iqm().interval().contains(9.5)).isTrue();
    assertThat(row.improvement()).isEmpty();
  }

  @Test
  void theSampleOfAPopulationAreItsRuns() {
    Evaluation.Row row = Evaluation.of(List.of(population("ten", 500, 10)), 0).rows().get(0);
    assertThat(row.sample()).isEqualTo("10 runs");
    assertThat(row.min()).isEqualTo(500);
    assertThat(row.max()).isEqualTo(509);
    assertThat(row.iqm().interval().width())
        .as("episodes within a run, 200 apart, are no source of spread")
        .isLessThan(8);
  }

  @Test
  void aPopulationIsComparedToASinglePolicyByMeanReturns() {
    Scores teacher = episodes("teacher", 485.5, 2);
    Scores students = population("students", 500, 10);
    Evaluation.Row row = Evaluation.of(List.of(teacher, students), 0).rows().get(1);
    assertThat(Statistics.mean(teacher.runMeans())).isEqualTo(504.5);
    assertThat(row.improvement().get().probability().value()).isEqualTo(0.5);
    String why = "P(better) is of runs: a single policy is one, and one shows no spread.";
    assertThat(Evaluation.of(List.of(teacher, students), 0).notes())
        .startsWith("95 % intervals over 20 episodes, 10 runs.", why);
    assertThat(Evaluation.of(List.of(students, students.named("more", "CartPole")), 0).notes())
        .startsWith("95 % intervals over 10 runs.")
        .doesNotContain(why);
  }

  @Test
  void eachEnvironmentHasItsOwnFirst() {
    Scores other = Scores.of("teacher", "Acrobot", new double[][] {{-90, -80, -70}});
    Evaluation evaluation = Evaluation.of(List.of(episodes("teacher", 0, 1), other), 0);
    assertThat(evaluation.text(Glyphs.UNICODE))
        .startsWith("Mean return on 2 environments: teacher 9.5 and -80\n")
        .contains("over 20 or 3 episodes.");
    Scores train = episodes("teacher", 0, 1).named("teacher", "poles/train-20");
    Scores test = episodes("teacher", 0, 1).named("teacher", "poles/test-30");
    assertThat(Evaluation.of(List.of(train, test), 0).plot().text(Glyphs.UNICODE))
        .contains("teacher · train-20  ", "teacher · test-30   ");
    assertThat(evaluation.rows().get(1).improvement()).isEmpty();
    assertThat(evaluation.text(Glyphs.UNICODE)).contains("environment", "Acrobot");
  }

  @Test
  void tableHoldsEveryNumberAndPlotTheIntervals() {
    Evaluation evaluation =
        Evaluation.of(List.of(episodes("teacher", 480, 1), episodes("student", 100, 20)), 3);
    assertThat(evaluation.table().rowCount()).isEqualTo(2);
    assertThat(evaluation.table().doubleColumn("IQM").get(0)).isEqualTo(489.5);
    assertThat(evaluation.table().doubleColumn("P better").isMissing(0)).isTrue();
    assertThat(((Dots) evaluation.plot()).dots().get(1).value()).isEqualTo(290);
  }

  @Test
  void runsOfAPopulationShareOneEnvironment() {
    Scores other = Scores.of("teacher", "Acrobot", new double[][] {{-90}});
    assertThatThrownBy(() -> Scores.population("both", List.of(episodes("a", 0, 1), other)))
        .hasMessage(
            "population 'both': expected all runs on one environment, got CartPole and Acrobot.");
    assertThatThrownBy(() -> Scores.of("a", "CartPole", new double[][] {{1, Double.NaN}}))
        .hasMessageStartingWith(
            "scores of 'a': expected finite returns, got NaN (run 0, episode 1).");
  }

  private static RunGroup curves(String name, double slope, int runs) {
    double[] steps = {0, 100, 200, 300, 400};
    double[][] returns = new double[runs][steps.length];
    for (int run = 0; run < runs; run++) {
      RandomStream random = RandomStream.of(run, name);
      for (int i = 0; i < steps.length; i++) {
        returns[run][i] = slope * steps[i] + random.nextDouble();
      }
    }
    return RunGroup.of(name, steps, returns);
  }

  @Test
  void metricsOfAStraightLineAreKnown() {
    double[] steps = {0, 100, 200, 300, 400};
    double[] returns = {0, 10, Double.NaN, 30, 40};
    assertThat(Metric.areaUnderCurve().of(steps, returns)).isCloseTo(20, within(1e-12));
    assertThat(Metric.finalReturn().of(steps, returns)).isEqualTo(40);
    assertThat(Metric.timeTo(25).of(steps, returns)).isEqualTo(300);
    assertThat(Metric.timeTo(41).of(steps, returns)).isEqualTo(400);
  }

  @Test
  void fasterLearningIsBetterByEveryMetric() {
    List<RunGroup> groups = List.of(curves("slow", 0.5, 10), curves("fast", 1, 10));
    for (Metric metric :
        List.of(Metric.areaUnderCurve(), Metric.finalReturn(), Metric.timeTo(150))) {
      Comparison comparison = Comparison.of(groups, metric, 1);
      assertThat(comparison.rows().get(1).improvement().get().probability().value()).isEqualTo(1);
      assertThat(comparison.table().rowCount()).isEqualTo(2);
      assertThat(comparison.toString().lines().count()).isLessThanOrEqualTo(24);
    }
    Lines lines = (Lines) Comparison.of(groups, Metric.areaUnderCurve(), 1).plot();
    assertThat(lines.lines().get(0).hasBand()).isTrue();
    assertThat(lines.lines().get(0).members()).hasSize(10);
  }

  @Test
  void runsThatNeverArriveAreCounted() {
    Comparison comparison =
        Comparison.of(List.of(curves("slow", 0.1, 4), curves("fast", 1, 4)), Metric.timeTo(150), 1);
    assertThat(comparison.text(Glyphs.UNICODE)).contains("0 of 4", "4 of 4", "lower is better");
  }

  @Test
  void curvesOfDifferentLengthAreNotCompared() {
    RunGroup half = RunGroup.of("half", new double[] {0, 200}, new double[][] {{0, 1}});
    assertThatThrownBy(
            () -> Comparison.of(List.of(curves("slow", 1, 2), half), Metric.areaUnderCurve(), 0))
        .hasMessage(
            "compare: expected curves over the same steps, got 0 to 400 for 'slow' and 0 to 200 for 'half'. Train both equally long.");
  }

  @Test
  void populationsCanBeComparedWithoutCurves() {
    Comparison comparison =
        Comparison.ofScores(List.of(population("a", 100, 5), population("b", 500, 5)), 0);
    assertThat(comparison.unit()).isEqualTo("runs");
    assertThat(comparison.rows().get(1).improvement().get().probability().value()).isEqualTo(1);
    assertThat(comparison.plot()).isInstanceOf(Dots.class);
  }

  @Test
  void whatOneRowHasOverAnotherIsTakenPairByPair() {
    Scores first = Scores.of("first", "Grid", new double[][] {{1, 2, 3, 4}});
    Scores second = Scores.of("second", "Grid", new double[][] {{2, 3, 5, 4}});
    Scores many = Scores.of("many", "Grid", new double[][] {{1}, {2}, {3}, {4}});
    Evaluation result = Evaluation.of(List.of(first, second, many), 0);
    assertThat(result.gain("second", "first")).isEqualTo(Intervals.mean(1, 1, 2, 0));
    assertThatThrownBy(() -> result.gain("third", "first"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("second");
    assertThatThrownBy(() -> result.gain("many", "first"))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "gain of 'many' over 'first': expected pairs of one kind on one task, got runs on Grid and episodes on Grid.");
  }
}
