package dev.retort.paper.geomagnetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.Verdict;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The verdicts of the study, of numbers that nobody flew. */
class NavigationClaimsTest {
  private static final NavigationClaims CLAIMS = new NavigationClaims(Scale.CPU);
  private static final double[] SURE = {0.95, 0.9, 1, 0.85, 0.9, 0.95, 1, 0.9};
  private static final double[] LOST = {0.4, 0.5, 0.3, 0.35, 0.5, 0.45, 0.4, 0.6};

  /** Missions of a method, of which each area has this success. */
  private static Missions missions(double... success) {
    return flying(1, 10, success);
  }

  private static Missions flying(double path, double deviation, double... success) {
    SortedMap<String, Map<String, double[]>> areas = new TreeMap<>();
    for (int area = 0; area < success.length; area++) {
      int count = 100;
      int arrived = (int) Math.round(success[area] * count);
      double[] whether = new double[count];
      double[] paths = new double[count];
      double[] deviations = new double[count];
      Arrays.fill(whether, 0, arrived, 1);
      Arrays.fill(paths, path);
      Arrays.fill(paths, arrived, count, Double.NaN);
      Arrays.fill(deviations, deviation);
      Map<String, double[]> measures = new LinkedHashMap<>();
      measures.put(Missions.SUCCESS, whether);
      measures.put(Missions.PATH, paths);
      measures.put(Missions.DEVIATION, deviations);
      areas.put("area " + area, measures);
    }
    return new Missions("method", areas);
  }

  private static List<Verdict> verdicts(List<Finding> findings) {
    return findings.stream().map(Finding::verdict).toList();
  }

  @Test
  void gatesAreAboutTheWorldAndTheFirstThatFailsMakesClaimsVoid() {
    Missions oracle = missions(1, 1, 1, 1);
    Missions evolution = flying(2, 60, 0.5, 0.6, 0.4, 0.5);
    List<Finding> gates = CLAIMS.gates(oracle, missions(SURE), evolution);
    assertThat(verdicts(gates)).containsExactly(Verdict.MET, Verdict.MET, Verdict.MET);
    Finding claim = CLAIMS.source(missions(SURE));
    assertThat(claim.provided(gates).verdict()).isEqualTo(Verdict.MET);

    List<Finding> failed = CLAIMS.gates(oracle, missions(LOST), flying(2, 30, SURE));
    assertThat(verdicts(failed)).containsExactly(Verdict.MET, Verdict.MISSED, Verdict.MISSED);
    Finding voided = claim.provided(failed);
    assertThat(voided.verdict()).isEqualTo(Verdict.VOID);
    assertThat(voided.criterion().orElseThrow().reason()).contains("gate: Broyden succeeds");
  }

  @Test
  void teachersAreHeldAgainstTheirHomeAndAgainstForeignAreas() {
    double[][] home = {{1, 0.2, 0.3}, {0.4, 0.96, 0}, {0.1, 0.5, 0.98}};
    List<Finding> good = CLAIMS.teachers(home, new double[] {1.05, 1.1, 1.2});
    assertThat(verdicts(good)).containsExactly(Verdict.MET, Verdict.MET, Verdict.MET);
    assertThat(good.get(2).ours().value()).isCloseTo(0.25, within(1e-9));
    double[][] bad = {{0.9, 0.8, 0.7}, {0.8, 0.9, 0.6}, {0.5, 0.5, 1}};
    assertThat(verdicts(CLAIMS.teachers(bad, new double[] {1.2, 1.2, 1.2})))
        .containsExactly(Verdict.MISSED, Verdict.MISSED, Verdict.MISSED);
  }

  @Test
  void aStudentHasToBeBetterThanTheBestTeacherByEnoughAndSurely() {
    assertThat(verdicts(CLAIMS.unseen(missions(SURE), missions(LOST))))
        .containsExactly(Verdict.MET, Verdict.MET);
    assertThat(verdicts(CLAIMS.unseen(missions(LOST), missions(LOST))))
        .containsExactly(Verdict.MISSED, Verdict.MISSED);
    double[] mixed = {1, 0.1, 1, 0, 1, 0.1, 1, 1};
    assertThat(verdicts(CLAIMS.unseen(missions(mixed), missions(LOST))))
        .as("more, but not in every area")
        .containsExactly(Verdict.MET, Verdict.MISSED);
  }

  @Test
  void successRisesWithEveryDoublingOfTeachersByLeastSquares() {
    List<Missions> rising =
        List.of(
            missions(0.1, 0.2, 0.3, 0.2),
            missions(0.3, 0.4, 0.6, 0.3),
            missions(0.5, 0.6, 0.9, 0.4));
    Finding rise = CLAIMS.rise(new int[] {2, 4, 8}, rising);
    assertThat(rise.values()).hasSize(4);
    assertThat(rise.values().get(0)).isCloseTo(0.2, within(1e-9));
    assertThat(rise.values().get(3)).isCloseTo(0.1, within(1e-9));
    assertThat(rise.verdict()).isEqualTo(Verdict.MET);
    List<Missions> flat = List.of(rising.get(2), rising.get(1), rising.get(2));
    assertThat(CLAIMS.rise(new int[] {2, 4, 8}, flat).verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void pathsAreComparedOnMissionsThatBothCompletedAlone() {
    Missions evolution = flying(3, 60, LOST);
    List<Finding> met = CLAIMS.evolution(flying(1.2, 20, SURE), evolution);
    assertThat(verdicts(met)).containsExactly(Verdict.MET, Verdict.MET);
    assertThat(met.get(0).ours().value()).isCloseTo(0.4, within(1e-9));
    assertThat(met.get(1).ours().value()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(verdicts(CLAIMS.evolution(flying(2, 40, SURE), evolution)))
        .containsExactly(Verdict.MISSED, Verdict.MISSED);
    Missions never = flying(1, 10, 0, 0, 0, 0, 0, 0, 0, 0);
    Finding untold = CLAIMS.evolution(missions(SURE), never).get(0);
    assertThat(untold.verdict()).isEqualTo(Verdict.VOID);
    assertThat(untold.criterion().orElseThrow().reason()).contains("no mission");
  }

  @Test
  void shapingAndFewStepsHaveTheirVerdicts() {
    assertThat(CLAIMS.shaped(missions(SURE), missions(LOST)).verdict()).isEqualTo(Verdict.MET);
    assertThat(CLAIMS.shaped(missions(LOST), missions(LOST)).verdict()).isEqualTo(Verdict.MISSED);
    assertThat(CLAIMS.smoke(0.3, 0.5, 0.2).verdict()).isEqualTo(Verdict.MET);
    assertThat(CLAIMS.smoke(-0.3, 0.1, -0.2).verdict()).isEqualTo(Verdict.MISSED);
    assertThat(new NavigationClaims(Scale.UNIT).smoke(0.3).verdict()).isEqualTo(Verdict.NOT_JUDGED);
  }

  @Test
  void anAreaThatWasUnseenInTwoOrdersIsOneClusterOfBoth() {
    Missions both = missions(0.2, 0.4).and(missions(0.6, 0.8, 1));
    assertThat(both.byArea(Missions.SUCCESS)).containsExactly(0.4, 0.6, 1);
    assertThat(missions(0.5, 1).repeated(3).areas().get("area 0").get(Missions.SUCCESS))
        .hasSize(300);
    assertThat(both.over(missions(0.4, 0.4, 0.4), Missions.SUCCESS))
        .containsExactly(new double[] {0, 0.2, 0.6}, within(1e-9));
  }
}
