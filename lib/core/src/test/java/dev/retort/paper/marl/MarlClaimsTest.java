package dev.retort.paper.marl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The verdicts of the study, of numbers that nobody received. */
class MarlClaimsTest {
  private static final MarlClaims CLAIMS = new MarlClaims(Scale.CPU);
  private static final String TASK = "Task";

  /** A method whose runs have these mean returns, each in two episodes. */
  private static MethodReturns of(String method, double... means) {
    double[][] returns =
        Arrays.stream(means)
            .mapToObj(mean -> new double[] {mean - 0.5, mean + 0.5})
            .toArray(double[][]::new);
    List<String> runs = IntStream.range(0, means.length).mapToObj(String::valueOf).toList();
    return new MethodReturns(method, runs, returns);
  }

  private static MethodReturns of(MarlMethod method, double... means) {
    return of(method.toString(), means);
  }

  private static final MethodReturns TEACHER = of(MarlMethod.TEACHER, -1, -1.2, -0.8, -1);
  private static final MethodReturns OURS = of(MarlMethod.OURS, -2, -2.1, -1.9, -2);
  private static final MethodReturns IDT = of(MarlMethod.IDT, -3.9, -4.1, -4, -4);
  private static final MethodReturns MADT = of(MarlMethod.MADT, -3.5, -3.7, -3.6, -3.6);
  private static final MethodReturns CLONING = of(MarlMethod.CLONING, -4.9, -5.1, -5, -5);
  private static final double[] DATA = {-2.9, -3.1, -3, -3};

  private static List<MethodReturns> rivals() {
    return List.of(
        IDT,
        MADT,
        CLONING,
        of(MarlMethod.CQL, -4.5, -4.6, -4.4, -4.5),
        of(MarlMethod.BCQ, -5.5, -5.6, -5.4, -5.5),
        of(MarlMethod.ICQ, -3, -3.1, -2.9, -3));
  }

  private static List<Verdict> verdicts(List<Finding> findings) {
    return findings.stream()
        .filter(it -> it.criterion().isPresent())
        .map(Finding::verdict)
        .toList();
  }

  private static double value(Finding finding) {
    return finding.ours().value();
  }

  private static List<Finding> gate(MethodReturns teacher) {
    return CLAIMS.gate(TASK, teacher, List.of(IDT, MADT, CLONING), DATA);
  }

  @Test
  void aTeacherHasToBeatEachThatSeesLessAndTheDataByTwoStandardErrors() {
    List<Finding> met = gate(TEACHER);
    assertThat(verdicts(met)).containsExactly(Verdict.MET, Verdict.MET, Verdict.MET, Verdict.MET);
    assertThat(met.get(0).name()).isEqualTo("Task, gate A0: teacher over IDT");
    assertThat(value(met.get(0))).isCloseTo(3, within(1e-12));
    assertThat(value(met.get(3))).isCloseTo(2, within(1e-12));
    assertThat(met.get(0).criterion().orElseThrow().words()).isEqualTo("> 2 standard errors");
    assertThat(verdicts(gate(of(MarlMethod.TEACHER, -3.4, -3.4, -3.4, -3.4))))
        .as("below the data")
        .containsExactly(Verdict.MET, Verdict.MET, Verdict.MET, Verdict.MISSED);
    assertThat(verdicts(gate(of(MarlMethod.TEACHER, -6, 0, -6, 0))))
        .as("better, by chance")
        .containsOnly(Verdict.MISSED);
  }

  @Test
  void aTaskWhoseGateFailsMakesItsClaimsVoidWithTheReason() {
    List<Finding> lost = gate(of(MarlMethod.TEACHER, -3.4, -3.4, -3.4, -3.4));
    List<Finding> kept = gate(TEACHER);
    Finding claim = CLAIMS.rivals(TASK, OURS, rivals()).get(0);
    assertThat(claim.provided(kept).verdict()).isEqualTo(Verdict.MET);
    assertThat(claim.provided(lost).verdict()).isEqualTo(Verdict.VOID);
    assertThat(claim.provided(lost).criterion().orElseThrow().reason())
        .contains("Task, gate A0: teacher over the mean of the data: > 2 standard errors");
    Finding small = new MarlClaims(Scale.UNIT).rivals(TASK, OURS, rivals()).get(0);
    assertThat(small.provided(lost).verdict()).isEqualTo(Verdict.NOT_JUDGED);
  }

  @Test
  void oursIsHeldAgainstTheBestRivalAndAgainstIdt() {
    List<Finding> found = CLAIMS.rivals(TASK, OURS, rivals());
    assertThat(value(found.get(0))).isCloseTo(1, within(1e-12));
    assertThat(found.get(0).quantity()).contains("the best is ICQ");
    assertThat(value(found.get(1))).isCloseTo(2, within(1e-12));
    assertThat(verdicts(found)).containsExactly(Verdict.MET, Verdict.MET);
    MethodReturns worse = of(MarlMethod.OURS, -3.2);
    assertThat(verdicts(CLAIMS.rivals(TASK, worse, rivals())))
        .containsExactly(Verdict.MISSED, Verdict.MET);
  }

  @Test
  void aCostIsCutByAShareAndBeyondTheHeuristicToo() {
    MethodReturns heuristic = of("heuristic", -1);
    List<Finding> found = CLAIMS.gain(TASK, OURS, IDT, heuristic);
    assertThat(value(found.get(0))).isCloseTo(0.5, within(1e-12));
    assertThat(value(found.get(1))).isCloseTo(1 - 1.0 / 3, within(1e-12));
    assertThat(found.get(1).criterion()).isEmpty();
    assertThat(verdicts(found)).containsExactly(Verdict.MET);
    assertThat(verdicts(CLAIMS.gain(TASK, of(MarlMethod.OURS, -3.2), IDT, heuristic)))
        .containsExactly(Verdict.MISSED);
    List<Finding> rewarded =
        CLAIMS.gain(TASK, of(MarlMethod.OURS, 1.2), of(MarlMethod.IDT, 1), of("heuristic", 2));
    assertThat(value(rewarded.get(0))).isCloseTo(0.2, within(1e-12));
    assertThat(verdicts(rewarded)).containsExactly(Verdict.MET);
  }

  @Test
  void cloningIsTheWorstOfTransformersAndNotOfAll() {
    List<MethodReturns> others = new ArrayList<>(rivals());
    others.remove(CLONING);
    List<Finding> found = CLAIMS.cloning(TASK, CLONING, others);
    assertThat(verdicts(found)).containsExactly(Verdict.MET, Verdict.MISSED);
    double error = Math.sqrt(2) * Math.sqrt(0.02 / 3 / 4);
    assertThat(value(found.get(0))).isCloseTo(-1 / error, within(1e-9));
    assertThat(found.get(1).quantity()).contains("the worst is BCQ");
  }

  @Test
  void theRelationIsHeldAgainstStudentsOfTheSameTeacher() {
    MethodReturns full =
        new MethodReturns("full", List.of("2", "0"), new double[][] {{-1.7}, {-2.2}});
    List<Finding> found = CLAIMS.relation(TASK, full, OURS, full);
    assertThat(found.get(0).values().get(0)).isCloseTo(0.2, within(1e-12));
    assertThat(found.get(0).values().get(1)).isCloseTo(-0.2, within(1e-12));
    assertThat(verdicts(found)).containsExactly(Verdict.MISSED, Verdict.MISSED);
    MethodReturns better = of(MarlMethod.FULL, -1.5, -1.5);
    assertThat(CLAIMS.relation(TASK, better, OURS, better).get(0).verdict()).isEqualTo(Verdict.MET);
    MethodReturns strange = new MethodReturns("full", List.of("9"), new double[][] {{-1}});
    assertThat(CLAIMS.relation(TASK, strange, OURS, strange).get(0).verdict())
        .as("no run of the same teacher")
        .isEqualTo(Verdict.VOID);
  }

  @Test
  void aGapIsClosedAndTheLiteralFormHasItsShareOfTheGain() {
    Finding gap = CLAIMS.gap(TASK, OURS, IDT, TEACHER);
    assertThat(value(gap)).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(gap.verdict()).isEqualTo(Verdict.MET);
    assertThat(CLAIMS.gap(TASK, of(MarlMethod.OURS, -3), IDT, TEACHER).verdict())
        .isEqualTo(Verdict.MISSED);
    assertThat(CLAIMS.gap(TASK, OURS, IDT, of(MarlMethod.TEACHER, -5)).verdict())
        .isEqualTo(Verdict.VOID);
    MethodReturns literal = of(MarlMethod.LITERAL, -3.8);
    Finding share = CLAIMS.literal(TASK, literal, IDT, OURS);
    assertThat(value(share)).isCloseTo(0.1, within(1e-12));
    assertThat(share.verdict()).isEqualTo(Verdict.MET);
    assertThat(CLAIMS.literal(TASK, of(MarlMethod.LITERAL, -2.5), IDT, OURS).verdict())
        .isEqualTo(Verdict.MISSED);
    assertThat(CLAIMS.literal(TASK, literal, IDT, of(MarlMethod.OURS, -4.5)).verdict())
        .isEqualTo(Verdict.VOID);
    assertThat(CLAIMS.literalOfFew(TASK, literal, IDT).verdict()).isEqualTo(Verdict.MET);
    assertThat(CLAIMS.literalOfFew(TASK, IDT, IDT).verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void aCurveHasConvergedAtNineTenthsOfItsOwnWay() {
    double[] steps = {100, 200, 300, 400};
    assertThat(MarlClaims.updates(steps, new double[] {-9, -5.5, -4.4, -4}, -8)).isEqualTo(300);
    assertThat(MarlClaims.updates(steps, new double[] {-3, -5, -4.6, -4}, -8)).isEqualTo(100);
    assertThat(MarlClaims.updates(steps, new double[] {-9, -9, -9, -9}, -8)).isNaN();
    assertThat(MarlClaims.updates(new double[0], new double[0], -8)).isNaN();
    Finding sooner = CLAIMS.convergence(TASK, new double[] {100, 200}, new double[] {300, 300});
    assertThat(value(sooner)).isCloseTo(0.5, within(1e-12));
    assertThat(sooner.verdict()).isEqualTo(Verdict.MET);
    assertThat(CLAIMS.convergence(TASK, new double[] {400}, new double[] {300}).verdict())
        .isEqualTo(Verdict.MISSED);
    assertThat(CLAIMS.convergence(TASK, new double[] {Double.NaN}, new double[] {300}).verdict())
        .isEqualTo(Verdict.VOID);
  }

  @Test
  void fewDataAndQualitiesAreCounted() {
    assertThat(CLAIMS.few(TASK, OURS, IDT).verdict()).isEqualTo(Verdict.MET);
    assertThat(CLAIMS.few(TASK, IDT, OURS).verdict()).isEqualTo(Verdict.MISSED);
    List<List<MethodReturns>> rivals =
        List.of(List.of(IDT, MADT), List.of(of("near", -2.1, -1.9, -1.95)), List.of(TEACHER));
    Finding two = CLAIMS.qualities(TASK, List.of(OURS, OURS, OURS), rivals);
    assertThat(value(two)).isEqualTo(2);
    assertThat(two.verdict()).isEqualTo(Verdict.MET);
    assertThat(CLAIMS.qualities(TASK, List.of(CLONING, OURS, OURS), rivals).verdict())
        .isEqualTo(Verdict.MISSED);
  }

  @Test
  void soMuchOfTheTotalExpectationIsTrueOnATable() {
    assertThat(CLAIMS.claim("gate 6: soft, logged is IDT", "", 1e-7).verdict())
        .isEqualTo(Verdict.MET);
    assertThat(CLAIMS.claim("gate 6: sharpened is not", "", 1e-7).verdict())
        .isEqualTo(Verdict.MISSED);
  }

  /**
   * Runs vary by 1, and episodes, which are the same for all, by 2; in another method's by 2 too.
   */
  @Test
  void anErrorIsOfRunsAndOfEpisodesWhichCancelWhereBothPlayTheSame() {
    MethodReturns one = new MethodReturns("one", List.of("0"), new double[][] {{1, 2, 3}});
    assertThat(one.error()).isCloseTo(1 / Math.sqrt(3), within(1e-12));
    MethodReturns two =
        new MethodReturns("two", List.of("0", "1"), new double[][] {{1, 3}, {2, 4}});
    assertThat(two.mean()).isEqualTo(2.5);
    assertThat(two.error()).isCloseTo(Math.hypot(0.5, 1), within(1e-12));
    MethodReturns same = new MethodReturns("same", List.of("0"), new double[][] {{0, 2}});
    assertThat(two.errorOver(same)).as("of runs alone").isCloseTo(0.5, within(1e-12));
    MethodReturns other =
        new MethodReturns("other", List.of("0", "1"), new double[][] {{2, 0}, {4, 2}});
    assertThat(two.errorOver(other)).isCloseTo(Math.sqrt(0.25 + 1 + 4), within(1e-12));
    assertThat(two.row("there").name()).isEqualTo("there, two");
    assertThat(two.row("").quantity()).isEqualTo("team's return, mean over 2 runs of 2 episodes");
    assertThat(one.row("").quantity()).isEqualTo("team's return, mean over 3 episodes");
  }

  @Test
  void thePapersOwnLossStandsBesideTheSameWithoutTheRelation() {
    MethodReturns written = of(MarlMethod.EQUATION_4, -3.5, -3.4);
    Finding found = CLAIMS.relationAsWritten(TASK, written, of(MarlMethod.LITERAL, -3.6, -3.6));
    assertThat(value(found)).isCloseTo(0.15, within(1e-12));
    assertThat(found.criterion()).isEmpty();
  }
}
