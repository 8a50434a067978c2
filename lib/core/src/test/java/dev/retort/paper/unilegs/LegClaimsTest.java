package dev.retort.paper.unilegs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.env.legs.Morphology;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The verdicts of the study, of numbers that nobody walked. */
class LegClaimsTest {
  private static final List<Morphology> TAUGHT = new Schooling(Scale.CPU).taught();
  private static final LegClaims CLAIMS = new LegClaims(Scale.CPU, TAUGHT, Morphology.LONG);
  private static final int EPISODES = 40;

  /** Walks with a tracking of each policy, an error, and so many falls. */
  private static Walks walks(Morphology robot, double error, int falls, double... tracking) {
    double[][] tracked = new double[tracking.length][EPISODES];
    double[][] errors = new double[tracking.length][EPISODES];
    double[][] fell = new double[tracking.length][EPISODES];
    for (int policy = 0; policy < tracking.length; policy++) {
      Arrays.fill(tracked[policy], tracking[policy]);
      Arrays.fill(errors[policy], error);
      Arrays.fill(fell[policy], 0, falls, 1);
    }
    return new Walks("method", robot, tracked, errors, fell);
  }

  private static List<Walks> everywhere(double seen, double spread, double unseen) {
    List<Walks> all = new ArrayList<>();
    for (Morphology robot : LegStudentTable.robots(new Schooling(Scale.CPU))) {
      double mean = robot.equals(Morphology.LONG) ? unseen : seen;
      all.add(walks(robot, 0.05, 0, mean - spread, mean, mean + spread));
    }
    return all;
  }

  private static List<Walks> teachers() {
    return LegStudentTable.robots(new Schooling(Scale.CPU)).stream()
        .map(robot -> walks(robot, 0.03, 0, 0.8, 0.1))
        .toList();
  }

  private static LegRatios ratios(double seen, double unseen, Map<Morphology, String> invalid) {
    return LegRatios.of(everywhere(0.8 * seen, 0.008, 0.8 * unseen), teachers(), invalid);
  }

  private static LegRatios ratios(double seen, double unseen) {
    return ratios(seen, unseen, Map.of());
  }

  private static List<Verdict> verdicts(List<Finding> findings) {
    return findings.stream().map(Finding::verdict).toList();
  }

  private static double value(Finding finding) {
    return finding.ours().value();
  }

  @Test
  void aTeacherIsValidByItsErrorAndItsFalls() {
    assertThat(verdicts(CLAIMS.teacher(walks(Morphology.A, 0.09, 1, 0.9))))
        .containsExactly(Verdict.MET, Verdict.MET);
    assertThat(verdicts(CLAIMS.teacher(walks(Morphology.A, 0.11, 2, 0.9))))
        .as("two falls of forty are not below 5 %")
        .containsExactly(Verdict.MISSED, Verdict.MISSED);
    assertThat(verdicts(CLAIMS.teacher(walks(Morphology.A, Double.NaN, EPISODES, 0))))
        .as("who falls at once has no error, and misses")
        .containsExactly(Verdict.MISSED, Verdict.MISSED);
    Map<Morphology, String> invalid =
        CLAIMS.invalid(
            List.of(walks(Morphology.A, 0.02, 0, 0.9), walks(Morphology.B, 0.02, 9, 0.9)));
    assertThat(invalid).containsOnlyKeys(Morphology.B);
    assertThat(invalid.get(Morphology.B)).contains("gate C1: falls, B", "0.225");
    LegClaims unit = new LegClaims(Scale.UNIT, TAUGHT, Morphology.LONG);
    assertThat(unit.invalid(List.of(walks(Morphology.A, 1, 40, 0)))).as("not judged").isEmpty();
  }

  @Test
  void ratiosAreOverTheTeacherWhoTaughtAndUndefinedWhereItIsNotValid() {
    LegRatios all = ratios(0.95, 0.7);
    assertThat(all.mean(TAUGHT)).containsExactly(new double[] {0.94, 0.95, 0.96}, within(1e-9));
    assertThat(all.mean(List.of(Morphology.LONG))[1]).isCloseTo(0.7, within(1e-9));
    assertThat(all.count(TAUGHT)).isEqualTo(5);
    LegRatios without = ratios(0.95, 0.7, Map.of(Morphology.B, "it fell"));
    assertThat(without.count(TAUGHT)).isEqualTo(4);
    assertThat(without.mean(TAUGHT)[1]).isCloseTo(0.95, within(1e-9));
    assertThat(without.mean(List.of(Morphology.B))).isEmpty();
    List<Finding> rows = without.rows("students", everywhere(0.8, 0, 0.5));
    Finding undefined =
        rows.stream().filter(row -> row.name().equals("students, B, method")).findFirst().get();
    assertThat(value(undefined)).isNaN();
    assertThat(undefined.how()).containsEntry("not defined", "it fell");
  }

  @Test
  void picturesStandRobotByRobotAndTaughtBeforeUnseenWithoutWhatHasNoRatio() {
    LegRatios all = ratios(0.95, 0.7);
    LegRatios without = ratios(0.9, 0.6, Map.of(Morphology.B, "it fell"));
    Dots robots = (Dots) LegRatios.byRobot("robots", List.of(all, without)).get(0);
    assertThat(robots.dots())
        .extracting(Dot::name)
        .startsWith("A, method", "A, method", "B, method", "C, method", "C, method")
        .hasSize(11);
    Dots methods =
        (Dots) LegRatios.byMethod("methods", List.of(all, without), TAUGHT, Morphology.LONG).get(0);
    assertThat(methods.dots())
        .extracting(Dot::name)
        .containsExactly("taught, method", "taught, method", "unseen, method", "unseen, method");
    assertThat(methods.dots())
        .extracting(Dot::value)
        .satisfies(
            values -> {
              assertThat(values.get(0)).isCloseTo(0.95, within(1e-9));
              assertThat(values.get(3)).isCloseTo(0.6, within(1e-9));
            });
    LegRatios none = ratios(0.9, 0.6, Map.of(Morphology.LONG, "it fell"));
    assertThat(LegRatios.byRobot("one", List.of(none))).hasSize(1);
  }

  @Test
  void theTransformerIsHeldAgainstItsTeachersAndTheLeastToo() {
    List<Finding> good = CLAIMS.transformer(ratios(0.95, 0.7));
    assertThat(verdicts(good)).containsOnly(Verdict.MET).hasSize(4);
    assertThat(value(good.get(3))).isCloseTo(0.25, within(1e-9));
    assertThat(good.get(0).published()).hasValue(0.9447);
    assertThat(verdicts(CLAIMS.transformer(ratios(0.85, 0.9))))
        .as("too little seen, and the unseen robot above the seen ones")
        .containsExactly(Verdict.MISSED, Verdict.MET, Verdict.MET, Verdict.MISSED);
    List<Walks> uneven = new ArrayList<>(everywhere(0.8, 0, 0.5));
    uneven.set(4, walks(Morphology.OCTOPOD, 0.05, 0, 0.5, 0.5, 0.5));
    List<Finding> found = CLAIMS.transformer(LegRatios.of(uneven, teachers(), Map.of()));
    assertThat(value(found.get(0))).isCloseTo((4 + 0.625) / 5, within(1e-9));
    assertThat(verdicts(found).subList(0, 2)).containsExactly(Verdict.MET, Verdict.MISSED);
  }

  @Test
  void tooFewValidTeachersMakeMeansVoidAndTheUnseenOnesItsOwnClaims() {
    Map<Morphology, String> few =
        Map.of(Morphology.A, "fell", Morphology.B, "fell", Morphology.C, "fell");
    assertThat(verdicts(CLAIMS.transformer(ratios(0.95, 0.7, few))))
        .containsExactly(Verdict.VOID, Verdict.VOID, Verdict.MET, Verdict.VOID);
    List<Finding> lost =
        CLAIMS.transformer(ratios(0.95, 0.7, Map.of(Morphology.LONG, "it never walked")));
    assertThat(verdicts(lost))
        .containsExactly(Verdict.MET, Verdict.MET, Verdict.VOID, Verdict.VOID);
    assertThat(lost.get(2).criterion().orElseThrow().reason()).isNotBlank();
    LegRatios none =
        ratios(
            0.95,
            0.7,
            Map.of(
                Morphology.A,
                "",
                Morphology.B,
                "",
                Morphology.C,
                "",
                Morphology.HEXAPOD,
                "",
                Morphology.OCTOPOD,
                "",
                Morphology.LONG,
                ""));
    assertThat(verdicts(CLAIMS.transformer(none))).containsOnly(Verdict.VOID);
    assertThat(verdicts(CLAIMS.networks(none, none))).containsOnly(Verdict.VOID);
    assertThat(verdicts(CLAIMS.finer(List.of(none, none), List.of(none, none))))
        .containsExactly(Verdict.VOID, Verdict.VOID, Verdict.NOT_JUDGED);
  }

  @Test
  void networksAndWaysAreComparedStudentByStudent() {
    LegRatios transformer = ratios(0.95, 0.7);
    LegRatios perceptron = ratios(0.91, 0.72);
    List<Finding> found = CLAIMS.networks(transformer, perceptron);
    assertThat(verdicts(found)).containsExactly(Verdict.MET, Verdict.MISSED);
    assertThat(value(found.get(0))).isCloseTo(0.04, within(1e-9));
    assertThat(found.get(0).values()).hasSize(3);
    assertThat(found.get(0).published().getAsDouble())
        .as("of the paper's 94.47 and 90.45")
        .isCloseTo(0.9447 - 0.9045, within(1e-9));
    assertThat(found.get(1).published().getAsDouble()).isCloseTo(0.7264 - 0.6929, within(1e-9));
    assertThat(verdicts(CLAIMS.networks(transformer, transformer)))
        .as("as good is enough of networks")
        .containsOnly(Verdict.MET);
    assertThat(verdicts(CLAIMS.rounds(transformer, transformer)))
        .as("and not of rounds")
        .containsOnly(Verdict.MISSED);
    assertThat(CLAIMS.reported("one over another", transformer, perceptron))
        .allSatisfy(each -> assertThat(each.criterion()).isEmpty());
  }

  @Test
  void finerStepsMayMoveNumbersAndNotTheirOrder() {
    List<LegRatios> usual = List.of(ratios(0.95, 0.7), ratios(0.9, 0.6));
    assertThat(verdicts(CLAIMS.finer(usual, List.of(ratios(0.85, 0.8), ratios(0.8, 0.5)))))
        .containsExactly(Verdict.MET, Verdict.MET, Verdict.NOT_JUDGED);
    assertThat(verdicts(CLAIMS.finer(usual, List.of(ratios(0.8, 0.9), ratios(0.85, 0.5)))))
        .containsExactly(Verdict.MISSED, Verdict.MISSED, Verdict.NOT_JUDGED);
  }
}
