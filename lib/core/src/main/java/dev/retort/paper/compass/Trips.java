package dev.retort.paper.compass;

import static dev.retort.paper.compass.Embodiments.FIXED;

import dev.retort.env.Env;
import dev.retort.env.navigation.Robot;
import dev.retort.env.navigation.RobotRooms;
import dev.retort.env.navigation.RoomType;
import dev.retort.evaluate.Estimate;
import dev.retort.evaluate.Scores;
import dev.retort.evaluate.Shares;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Dot;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Evaluating;
import dev.retort.policy.Policy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What the trips of a method with one robot came to. Trips of the same place in two methods have
 * the same room, start and goal.
 *
 * @param method what tables call it
 * @param robot who moves
 * @param rooms type of the room of each trip, {@code (trips)}
 * @param success 1 where the goal was reached, {@code (policies, trips)}
 * @param seconds how long that took, NaN elsewhere, {@code (policies, trips)}
 * @param falls 1 where a trip ended by a fall, {@code (policies, trips)}
 */
@SuppressWarnings("ArrayRecordComponent") // made once and read, compared by nobody
record Trips(
    String method,
    Robot robot,
    List<RoomType> rooms,
    double[][] success,
    double[][] seconds,
    double[][] falls) {
  /** Drives policies that are independent runs of the method, through the verb of all policies. */
  static Trips driven(
      String method, List<? extends Policy> policies, RobotRooms world, Scale scale) {
    int trips = FIXED.count("trips", scale);
    Evaluating plan =
        Evaluating.Of.policies(List.copyOf(policies))
            .on(world)
            .episodes(trips)
            .seed(FIXED.count("evaluation"));
    List<Scores> scores = StudyPart.inPassing(plan).scores();
    List<RoomType> rooms =
        IntStream.range(0, trips).mapToObj(i -> world.roomType(i % world.contexts())).toList();
    return new Trips(
        method,
        world.robot(),
        rooms,
        measured(scores, Env.SUCCESS),
        measured(scores, "travel time"),
        measured(scores, "fall"));
  }

  private static double[][] measured(List<Scores> scores, String measure) {
    return scores.stream().map(each -> each.measures(measure)[0]).toArray(double[][]::new);
  }

  private static double[] all(double[][] values) {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
  }

  /** The share of successes of all policies. */
  double share() {
    return Statistics.mean(all(success));
  }

  /** The share of successes of each policy. */
  double[] shares() {
    return Arrays.stream(success).mapToDouble(Statistics::mean).toArray();
  }

  /** Successes in rooms of one type, of all policies one after the other. */
  double[] in(RoomType type) {
    List<Double> some = new ArrayList<>();
    for (double[] own : success) {
      for (int trip = 0; trip < own.length; trip++) {
        if (rooms.get(trip) == type) {
          some.add(own[trip]);
        }
      }
    }
    return some.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The mean time of successes in s; NaN where there is none. */
  double meanTime() {
    return mean(all(seconds));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).average().orElse(Double.NaN);
  }

  /** The mean time of a policy's successes over their share, in s: what failing costs. */
  double[] weightedTimes() {
    double[] shares = shares();
    return IntStream.range(0, shares.length)
        .mapToDouble(policy -> mean(seconds[policy]) / shares[policy])
        .toArray();
  }

  /**
   * The mean times of this method and of another's first policy on trips in which both succeed, in
   * s; NaN where there are none.
   */
  double[] onBoth(Trips other) {
    List<Double> own = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    for (double[] times : seconds) {
      for (int trip = 0; trip < times.length; trip++) {
        if (Double.isFinite(times[trip]) && Double.isFinite(other.seconds[0][trip])) {
          own.add(times[trip]);
          theirs.add(other.seconds[0][trip]);
        }
      }
    }
    return new double[] {average(own), average(theirs)};
  }

  private static double average(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** Success, by type of room and in all, with Wilson's intervals, and how long it took. */
  List<Finding> rows(String where) {
    List<Finding> findings = new ArrayList<>();
    for (RoomType type : new TreeSet<>(rooms)) {
      findings.add(
          Measured.of(
                  "%s, %s, %s, %s"
                      .formatted(where, Embodiments.word(robot), Embodiments.word(type), method),
                  "share of trips that succeed",
                  in(type))
              .reportedShare());
    }
    findings.add(
        Measured.of(
                "%s, %s, %s".formatted(where, Embodiments.word(robot), method),
                "share of trips that succeed",
                all(success))
            .how("of each run", words(shares()))
            .how("falls", Numbers.of(Statistics.mean(all(falls))))
            .how("mean time of successes in s", Numbers.of(meanTime()))
            .how("mean time over the share in s, run by run", words(weightedTimes()))
            .how(
                "weighted travel time in s, literally: trips times the mean time",
                Numbers.of(rooms.size() * meanTime()))
            .reportedShare());
    return findings;
  }

  static String words(double[] values) {
    return String.join(" ", Arrays.stream(values).mapToObj(Numbers::of).toList());
  }

  /** Success with Wilson's interval in a figure of robots. */
  Dot dot() {
    return dot(Embodiments.word(robot), all(success));
  }

  /** The same in rooms of one type, in a figure of types. */
  Dot dot(RoomType type) {
    return dot(Embodiments.word(type), in(type));
  }

  private Dot dot(String where, double[] values) {
    Estimate share = Shares.of(values);
    return new Dot(
        where + ", " + method, share.value(), share.interval().low(), share.interval().high());
  }

  /** The mean time of successes in s; none where nobody succeeds. */
  Optional<Dot> time() {
    return time(meanTime());
  }

  /** The same over their share. */
  Optional<Dot> timeOverShare() {
    return time(meanTime() / share());
  }

  private Optional<Dot> time(double seconds) {
    return Optional.of(seconds)
        .filter(Double::isFinite)
        .map(it -> Dot.of(Embodiments.word(robot) + ", " + method, it));
  }
}
