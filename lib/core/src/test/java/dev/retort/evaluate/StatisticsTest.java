package dev.retort.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatisticsTest {
  private static final org.assertj.core.data.Offset<Double> EXACT = within(1e-12);

  static List<JsonObject> cases() throws IOException {
    try (InputStreamReader reader =
        new InputStreamReader(
            StatisticsTest.class.getResourceAsStream("/statistics/statistics.json"),
            StandardCharsets.UTF_8)) {
      List<JsonObject> cases = new ArrayList<>();
      for (JsonElement element :
          JsonParser.parseReader(reader).getAsJsonObject().getAsJsonArray("cases")) {
        cases.add(element.getAsJsonObject());
      }
      assertThat(cases).hasSize(2);
      return cases;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void pointStatisticsEqualThoseOfRliable(JsonObject fixture) {
    for (String who : List.of("x", "y")) {
      double[][] scores = matrix(fixture.get(who));
      JsonObject expected = fixture.getAsJsonObject("aggregate").getAsJsonObject(who);
      assertThat(Statistics.iqm(scores)).isCloseTo(expected.get("iqm").getAsDouble(), EXACT);
      assertThat(Statistics.mean(scores)).isCloseTo(expected.get("mean").getAsDouble(), EXACT);
      assertThat(Statistics.medianOfTasks(scores))
          .isCloseTo(expected.get("median").getAsDouble(), EXACT);
      assertThat(Statistics.optimalityGap(scores, 1))
          .isCloseTo(expected.get("optimality_gap").getAsDouble(), EXACT);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void probabilityOfImprovementAndProfileEqualThoseOfRliable(JsonObject fixture) {
    double[][] x = matrix(fixture.get("x"));
    double[][] y = matrix(fixture.get("y"));
    assertThat(Statistics.probabilityOfImprovement(x, y))
        .isCloseTo(fixture.get("probability_of_improvement_x_over_y").getAsDouble(), EXACT);
    double[] thresholds = array(fixture.get("profile_thresholds"));
    JsonObject profiles = fixture.getAsJsonObject("performance_profile");
    assertThat(Statistics.performanceProfile(x, thresholds))
        .containsExactly(array(profiles.get("x")), EXACT);
    assertThat(Statistics.performanceProfile(y, thresholds))
        .containsExactly(array(profiles.get("y")), EXACT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void manyResamplesGiveTheIntervalsOfRliable(JsonObject fixture) {
    JsonObject intervals = fixture.getAsJsonObject("iqm_ci95_stratified_bootstrap_50000");
    for (String who : List.of("x", "y")) {
      double[] expected = array(intervals.get(who));
      Interval interval =
          new Bootstrap(50_000)
              .estimate(matrix(fixture.get(who)), Statistics::iqm, RandomStream.of(0, "bootstrap"))
              .interval();
      assertThat(interval.low()).isCloseTo(expected[0], within(0.005));
      assertThat(interval.high()).isCloseTo(expected[1], within(0.005));
    }
  }

  @Test
  void tiesCountOneHalf() {
    assertThat(Statistics.probabilityOfImprovement(new double[] {1, 2}, new double[] {1, 2}))
        .isEqualTo(0.5);
    assertThat(Statistics.probabilityOfImprovement(new double[] {2, 2}, new double[] {2, 1}))
        .isEqualTo(0.75);
  }

  @Test
  void probabilityOfImprovementEqualsTheCountOfPairs() {
    RandomStream random = RandomStream.of(5, "test");
    double[] x = random.ints(40, 0, 12).asDoubleStream().toArray();
    double[] y = random.ints(30, 0, 12).asDoubleStream().toArray();
    double pairs = 0;
    int ties = 0;
    for (double a : x) {
      for (double b : y) {
        pairs += a > b ? 1 : a == b ? 0.5 : 0;
        ties += a == b ? 1 : 0;
      }
    }
    assertThat(ties).as("ties, which this test is about").isPositive();
    assertThat(Statistics.probabilityOfImprovement(x, y)).isCloseTo(pairs / 1_200, EXACT);
  }

  @Test
  void interquartileMeanCutsAQuarterAtEachEndRoundedDown() {
    assertThat(Statistics.iqm(7)).isEqualTo(7);
    assertThat(Statistics.iqm(0, 1, 100)).isCloseTo(101.0 / 3, EXACT);
    assertThat(Statistics.iqm(1000, 1, 2, -1000)).isEqualTo(1.5);
    assertThat(Statistics.iqm(9, 1, 2, 3, -50)).isEqualTo(2);
  }

  @Test
  void quantilesAreLinearBetweenOrderStatistics() {
    double[] values = {4, 1, 3, 2};
    assertThat(Statistics.quantile(values, 0)).isEqualTo(1);
    assertThat(Statistics.quantile(values, 0.1)).isCloseTo(1.3, EXACT);
    assertThat(Statistics.median(values)).isEqualTo(2.5);
    assertThat(Statistics.quantile(values, 1)).isEqualTo(4);
    assertThat(values).containsExactly(4, 1, 3, 2);
  }

  @Test
  void standardErrorDividesTheDeviationByTheRootOfTheCount() {
    assertThat(Statistics.standardError(1, 2, 3, 4)).isCloseTo(0.6454972243679028, EXACT);
    assertThat(Statistics.deviation(1, 2, 3, 4)).isCloseTo(1.2909944487358056, EXACT);
    assertThat(Statistics.standardError(1)).isNaN();
    assertThat(Statistics.deviation(1)).isNaN();
  }

  @Test
  void areaUnderACurveIsThatOfItsTrapezoids() {
    double[] x = {0, 1, 3};
    double[] y = {0, 2, 4};
    assertThat(Statistics.areaUnderCurve(x, y)).isEqualTo(7);
  }

  @Test
  void runningMeanNeverLooksAhead() {
    assertThat(Statistics.runningMean(new double[] {1, 3, Double.NaN, 5, 100}, 3))
        .containsExactly(1, 2, 2, 4, 52.5);
  }

  @Test
  void resamplesAreRepeatableAndStayWithinTheirTask() {
    double[][] scores = {{1, 100}, {2, 200}, {3, 300}};
    Bootstrap bootstrap = new Bootstrap(200);
    Estimate once =
        bootstrap.estimate(
            scores,
            resampled -> {
              for (double[] run : resampled) {
                assertThat(run[0]).isBetween(1.0, 3.0);
                assertThat(run[1]).isBetween(100.0, 300.0);
              }
              return Statistics.iqm(resampled);
            },
            RandomStream.of(1, "bootstrap"));
    Estimate again =
        bootstrap.estimate(
            scores,
            (java.util.function.ToDoubleFunction<double[][]>) Statistics::iqm,
            RandomStream.of(1, "bootstrap"));
    assertThat(again).isEqualTo(once);
  }

  @Test
  void runsAreDrawnIndependentlyWithinEachTask() {
    double[][] scores = {{0, 0}, {1, 1}};
    int[] mixed = {0};
    new Bootstrap(200)
        .estimate(
            scores,
            resampled -> {
              mixed[0] += resampled[0][0] != resampled[0][1] ? 1 : 0;
              return 0;
            },
            RandomStream.of(2, "bootstrap"));
    assertThat(mixed[0]).isBetween(60, 140);
  }

  @Test
  void nothingToCountIsRefused() {
    assertThatThrownBy(() -> Statistics.iqm(new double[0]))
        .isInstanceOf(RetortException.class)
        .hasMessage("interquartile mean: expected at least one value, got none.");
    assertThatThrownBy(() -> Statistics.medianOfTasks(new double[][] {{1, 2}, {3}}))
        .hasMessage("scores: expected 2 tasks in every run, got 1 (run 1).");
    assertThatThrownBy(() -> new Bootstrap(99))
        .hasMessageStartingWith("bootstrap: expected at least 100 resamples, got 99.");
    assertThatThrownBy(() -> new Interval(2, 1))
        .hasMessage("interval: expected low <= high, got [2.0, 1.0].");
  }

  private static double[] array(JsonElement json) {
    return new Gson().fromJson(json, double[].class);
  }

  private static double[][] matrix(JsonElement json) {
    return new Gson().fromJson(json, double[][].class);
  }

  @Test
  void whatOneHasOverAnotherIsTheMeanOfTheDifferencesOfPairs() {
    double[] x = {11, 22, 30, 41};
    double[] y = {10, 20, 30, 40};
    assertThat(Intervals.paired(x, y)).isEqualTo(Intervals.mean(1, 2, 0, 1));
    assertThat(Intervals.paired(x, y).interval().width())
        .isLessThan(0.2 * Intervals.mean(x).interval().width());
    assertThatThrownBy(() -> Intervals.paired(x, new double[] {1, 2}))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "differences of pairs: expected as many values of both, in the same order, got 4 and 2.");
  }

  @Test
  void theTwoLevelIntervalIsThatOfTheVarianceOfRunsAndOfTasks() {
    double[][] scores = {{1, 5, 3, 9}, {2, 7, 3, 12}, {4, 8, 7, 11}};
    double[] runs = {4.5, 6, 7.5};
    double[] tasks = {7 / 3.0, 20 / 3.0, 13 / 3.0, 32 / 3.0};
    double ofRuns = Math.pow(Statistics.standardError(runs), 2);
    double ofTasks = Math.pow(Statistics.standardError(tasks), 2);
    double degrees = Math.pow(ofRuns + ofTasks, 2) / (ofRuns * ofRuns / 2 + ofTasks * ofTasks / 3);
    double half =
        new TDistribution(null, degrees).inverseCumulativeProbability(0.975)
            * Math.sqrt(ofRuns + ofTasks);
    Estimate found =
        new Bootstrap(40_000).twoLevel(scores, Statistics::mean, RandomStream.of(0, "levels"));
    assertThat(found.value()).isEqualTo(6);
    assertThat(found.interval().low()).isCloseTo(6 - half, withinPercentage(2));
    assertThat(found.interval().high()).isCloseTo(6 + half, withinPercentage(2));
  }

  @Test
  void whereBothWereTriedOnTheSameTasksWhatTheseDoToBothDropsOut() {
    double[][] x = {{101, 3, 52}, {102, 4, 53}, {103, 2, 54}};
    double[][] y = {{100, 2, 50}, {100, 2, 50}, {100, 2, 50}};
    RandomStream random = RandomStream.of(0, "levels");
    Estimate gain = Intervals.paired(x, y, random);
    assertThat(gain.value()).isEqualTo(2);
    assertThat(gain.interval().width()).isPositive().isLessThan(10);
    assertThat(Bootstrap.usual().twoLevel(x, Statistics::mean, random).interval().width())
        .isGreaterThan(100);
    assertThat(Intervals.paired(y, y, random).interval().isKnown()).isFalse();
    assertThat(
            Bootstrap.usual()
                .twoLevel(new double[][] {{1, 2, 3}, {4, 5, 6}}, Statistics::mean, random)
                .interval()
                .isKnown())
        .isFalse();
  }
}
