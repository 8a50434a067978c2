package dev.retort.paper.compass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.env.navigation.Robot;
import dev.retort.env.navigation.RoomType;
import dev.retort.evaluate.Shares;
import dev.retort.figure.Dot;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.paper.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The verdicts of the study, of numbers that nobody drove. */
class CompassClaimsTest {
  private static final CompassClaims CLAIMS = new CompassClaims(Scale.CPU);
  private static final int TRIPS = 100;

  /** Trips of runs with these shares, the first of which succeed, each in so many seconds. */
  private static Trips trips(Robot robot, double seconds, double... shares) {
    double[][] success = new double[shares.length][TRIPS];
    double[][] times = new double[shares.length][TRIPS];
    for (int run = 0; run < shares.length; run++) {
      int reached = (int) Math.round(shares[run] * TRIPS);
      Arrays.fill(success[run], 0, reached, 1);
      Arrays.fill(times[run], seconds);
      Arrays.fill(times[run], reached, TRIPS, Double.NaN);
    }
    List<RoomType> rooms =
        IntStream.range(0, TRIPS)
            .mapToObj(i -> i % 2 == 0 ? RoomType.OFFICE : RoomType.SINGLE_RACKS)
            .toList();
    return new Trips("method", robot, rooms, success, times, new double[shares.length][TRIPS]);
  }

  /** The three other robots, each with a share of its own in every run. */
  private static List<Trips> robots(double seconds, double[]... shares) {
    List<Trips> all = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      all.add(trips(Stages.OTHERS.get(i), seconds, shares[i]));
    }
    return all;
  }

  private static List<Trips> base() {
    return robots(10, new double[] {0.4}, new double[] {0.05}, new double[] {0.3});
  }

  private static List<Trips> taught() {
    return robots(8, new double[] {0.8, 0.9}, new double[] {0.9, 0.8}, new double[] {0.85, 1});
  }

  private static List<Verdict> verdicts(List<Finding> findings) {
    return findings.stream().map(Finding::verdict).toList();
  }

  private static double value(Finding finding) {
    return finding.ours().value();
  }

  @Test
  void aBaseThatIsNotAtHomeMakesClaimsVoid() {
    Finding home = CLAIMS.home(trips(Robot.DIFFERENTIAL, 9, 0.93));
    Finding lost = CLAIMS.home(trips(Robot.DIFFERENTIAL, 9, 0.79));
    assertThat(home.verdict()).isEqualTo(Verdict.MET);
    assertThat(lost.verdict()).isEqualTo(Verdict.MISSED);
    Finding claim = CLAIMS.specialists(base(), taught(), "").get(2);
    assertThat(claim.provided(home).verdict()).isEqualTo(Verdict.MET);
    assertThat(claim.provided(lost).verdict()).isEqualTo(Verdict.VOID);
    assertThat(claim.provided(lost).criterion().orElseThrow().reason())
        .contains("gate 6: base at home");
    assertThat(new CompassClaims(Scale.UNIT).home(trips(Robot.DIFFERENTIAL, 9, 0.2)).verdict())
        .isEqualTo(Verdict.NOT_JUDGED);
  }

  @Test
  void specialistsAreHeldAgainstTheBaseRobotByRobotAndRunByRun() {
    List<Finding> found = CLAIMS.specialists(base(), taught(), "");
    assertThat(verdicts(found)).containsOnly(Verdict.MET);
    assertThat(value(found.get(0))).isCloseTo(0.25, within(1e-9));
    assertThat(found.get(2).values().get(0)).isCloseTo(0.85, within(1e-9));
    assertThat(found.get(2).values().get(1)).isCloseTo(0.9, within(1e-9));
    assertThat(value(found.get(3))).isCloseTo(0.875 / 0.25, within(1e-9));
    List<Trips> able = robots(10, new double[] {0.5}, new double[] {0.3}, new double[] {0.28});
    assertThat(verdicts(CLAIMS.specialists(able, taught(), "")))
        .as("fair enough for us, too able for the paper's row")
        .containsExactly(Verdict.MET, Verdict.MISSED, Verdict.MET, Verdict.MET, Verdict.MISSED);
    assertThat(CLAIMS.specialists(able, taught(), ", without").get(0).criterion()).isEmpty();
  }

  @Test
  void aBaseThatReachesNothingTellsNoRatio() {
    List<Trips> never = robots(10, new double[] {0}, new double[] {0}, new double[] {0});
    Finding ratio = CLAIMS.specialists(never, taught(), "").get(3);
    assertThat(ratio.verdict()).isEqualTo(Verdict.VOID);
    assertThat(ratio.criterion().orElseThrow().reason()).contains("nothing succeeded");
    assertThat(CLAIMS.times(taught(), never).get(0).verdict()).isEqualTo(Verdict.VOID);
  }

  @Test
  void aGeneralistIsHeldAgainstTheBaseAndAgainstItsTeachersTheLeastToo() {
    List<Trips> student =
        robots(8, new double[] {0.8, 0.8}, new double[] {0.8, 0.8}, new double[] {0.9, 0.8});
    assertThat(verdicts(CLAIMS.generalist(student, taught(), base())))
        .containsExactly(Verdict.MET, Verdict.MET, Verdict.MET);
    List<Trips> uneven =
        robots(8, new double[] {0.6, 0.6}, new double[] {0.9, 0.9}, new double[] {0.95, 0.95});
    List<Finding> found = CLAIMS.generalist(uneven, taught(), base());
    assertThat(value(found.get(2))).isCloseTo(0.6 / 0.85, within(1e-9));
    assertThat(verdicts(found)).containsExactly(Verdict.MET, Verdict.MET, Verdict.MISSED);
    assertThat(CLAIMS.told(student, student).verdict()).isEqualTo(Verdict.MISSED);
    List<Trips> untold =
        robots(8, new double[] {0.7, 0.7}, new double[] {0.7, 0.7}, new double[] {0.8, 0.8});
    assertThat(CLAIMS.told(student, untold).verdict()).isEqualTo(Verdict.MET);
    assertThat(CLAIMS.divergence(untold, student).verdict()).isEqualTo(Verdict.MISSED);
    assertThat(CLAIMS.divergence(student, student).verdict()).isEqualTo(Verdict.MET);
    assertThat(CLAIMS.unseen(student, base()).verdict()).isEqualTo(Verdict.MET);
    assertThat(CLAIMS.scratch(untold, taught()).verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void timesAreOverTheShareOfSuccessesAndLiterallyAreNot() {
    List<Finding> found = CLAIMS.times(taught(), base());
    double own = (8 / 0.85 + 8 / 0.85 + 8 / 0.925) / 3;
    double theirs = (10 / 0.4 + 10 / 0.05 + 10 / 0.3) / 3;
    assertThat(value(found.get(0))).isCloseTo(own / theirs, within(1e-9));
    assertThat(found.get(0).verdict()).isEqualTo(Verdict.MET);
    assertThat(value(found.get(1))).as("whatever fails").isCloseTo(0.8, within(1e-9));
    assertThat(value(found.get(2))).as("shared goals").isCloseTo(0.8, within(1e-9));
    assertThat(found.get(1).criterion()).isEmpty();
  }

  @Test
  void tripsAreCountedByTheTypeOfTheirRoomWithWilsonsIntervals() {
    Trips trips = trips(Robot.CAR, 7, 0.3, 0.5);
    assertThat(trips.in(RoomType.OFFICE)).hasSize(100);
    assertThat(Arrays.stream(trips.in(RoomType.OFFICE)).sum()).isEqualTo(15 + 25);
    assertThat(trips.share()).isCloseTo(0.4, within(1e-12));
    assertThat(trips.weightedTimes()).containsExactly(new double[] {7 / 0.3, 14}, within(1e-9));
    Dot dot = trips.dot();
    double[] all = new double[200];
    Arrays.fill(all, 0, 80, 1);
    assertThat(dot.low()).isCloseTo(Shares.of(all).interval().low(), within(1e-12));
    List<Finding> rows = trips.rows("somewhere");
    assertThat(rows)
        .extracting(Finding::name)
        .containsExactly(
            "somewhere, car, single racks, method",
            "somewhere, car, office, method",
            "somewhere, car, method");
    assertThat(rows.get(2).ours().interval().low()).isCloseTo(dot.low(), within(1e-12));
    assertThat(rows.get(2).how())
        .containsEntry("weighted travel time in s, literally: trips times the mean time", "700");
    assertThat(trips(Robot.CAR, 7, 0).time()).isEmpty();
    assertThat(trips(Robot.CAR, 7, 0).timeOverShare()).isEmpty();
  }
}
