package dev.retort.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.figure.Dots;
import dev.retort.figure.Glyphs;
import dev.retort.figure.Lines;
import dev.retort.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTest {
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
  void evaluationPrintsSummaryBoxAndNote() {
    Scores teacher = episodes("teacher", 480, 1);
    Scores student = episodes("student", 100, 20);
    assertThat(Evaluation.of(List.of(teacher, student), 3).text(Glyphs.UNICODE))
        .isEqualTo(
            """
            IQM on CartPole: teacher 489.5, student 290
            ┌─────────┬──────────────────────┬───────┬───────────────────┐
            │ policy  │           IQM [95 %] │  mean │  P(better) [95 %] │
            ├─────────┼──────────────────────┼───────┼───────────────────┤
            │ teacher │ 489.5 [486.1, 493.0] │ 489.5 │                 – │
            │ student │ 290.0 [224.0, 360.0] │   290 │ 0.00 [0.00, 0.01] │
            └─────────┴──────────────────────┴───────┴───────────────────┘
            Bootstrap intervals over 20 episodes. P(better): than teacher.""");
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
    assertThat(evaluation.text(Glyphs.UNICODE)).contains("… 23 more rows");
  }

  @Test
  void whereThereIsOneOfItNothingHasAnIntervalAndTheTableSaysWhy() {
    Scores one = Scores.of("one", "CartPole", new double[][] {{52}});
    Scores other = Scores.of("other", "CartPole", new double[][] {{60}});
    Evaluation single = Evaluation.of(List.of(one, other), 0);
    assertThat(single.text(Glyphs.UNICODE))
        .isEqualTo(
            """
            IQM on CartPole: one 52, other 60
            ┌────────┬────────────┬──────┬──────────────────┐
            │ policy │ IQM [95 %] │ mean │ P(better) [95 %] │
            ├────────┼────────────┼──────┼──────────────────┤
            │ one    │       52 – │   52 │                – │
            │ other  │       60 – │   60 │           1.00 – │
            └────────┴────────────┴──────┴──────────────────┘
            No intervals over 1 episode. P(better): than one.
            A dash: a single one has no spread to estimate an interval from. Take more.""");
    assertThat(single.table().doubleColumn("IQM low").isMissing(0)).isTrue();
    assertThat(single.table().doubleColumn("P high").isMissing(1)).isTrue();
    assertThat(single.plot().text(Glyphs.UNICODE)).contains("52").doesNotContain("[");
    Evaluation mixed = Evaluation.of(List.of(population("many", 50, 12), one), 0);
    assertThat(mixed.text(Glyphs.UNICODE))
        .contains("[")
        .contains("– │")
        .endsWith("A dash: a single one has no spread to estimate an interval from. Take more.");
    assertThat(Comparison.ofScores(List.of(one, other), 0).text(Glyphs.UNICODE))
        .contains("52 –", "1.00 –")
        .endsWith("A dash: a single one has no spread to estimate an interval from. Take more.");
  }

  @Test
  void ofFewRunsTheNoteSaysHowFarToTrustIt() {
    String few = Evaluation.of(List.of(population("few", 50, 4)), 0).text(Glyphs.UNICODE);
    assertThat(few)
        .endsWith("Fewer than 10 runs: an interval is a lower bound of the uncertainty.");
    String enough = Evaluation.of(List.of(population("ten", 50, 10)), 0).text(Glyphs.UNICODE);
    assertThat(enough).endsWith("Bootstrap intervals over 10 runs.");
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
    assertThat(row.improvement().get().value()).isEqualTo(0.5);
  }

  @Test
  void eachEnvironmentHasItsOwnFirst() {
    Scores other = Scores.of("teacher", "Acrobot", new double[][] {{-90, -80, -70}});
    Evaluation evaluation = Evaluation.of(List.of(episodes("teacher", 0, 1), other), 0);
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

  private static Group curves(String name, double slope, int runs) {
    double[] steps = {0, 100, 200, 300, 400};
    double[][] returns = new double[runs][steps.length];
    for (int run = 0; run < runs; run++) {
      RandomStream random = RandomStream.of(run, name);
      for (int i = 0; i < steps.length; i++) {
        returns[run][i] = slope * steps[i] + random.nextDouble();
      }
    }
    return Group.of(name, steps, returns);
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
    List<Group> groups = List.of(curves("slow", 0.5, 10), curves("fast", 1, 10));
    for (Metric metric :
        List.of(Metric.areaUnderCurve(), Metric.finalReturn(), Metric.timeTo(150))) {
      Comparison comparison = Comparison.of(groups, metric, 1);
      assertThat(comparison.rows().get(1).improvement().get().value()).isEqualTo(1);
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
    Group half = Group.of("half", new double[] {0, 200}, new double[][] {{0, 1}});
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
    assertThat(comparison.rows().get(1).improvement().get().value()).isEqualTo(1);
    assertThat(comparison.plot()).isInstanceOf(Dots.class);
  }
}
