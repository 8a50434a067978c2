package dev.retort.paper.compass;

import static dev.retort.paper.compass.Embodiments.FIXED;

import dev.retort.evaluate.Statistics;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What was expected before anything was trained, held against what came out. Where a gate is
 * missed, the claims that stand on it are void.
 *
 * @param scale size of the study; the smallest is not judged
 */
record CompassClaims(Scale scale) {
  /** A claim of which every value counts; void where there is none that could be told. */
  Finding claim(String claim, String quantity, double... values) {
    return Measured.of(claim, quantity, values)
        .judged(scale, FIXED.bound(claim, scale), "nothing succeeded that it could be told by");
  }

  /** The base is at home with its own robot. */
  Finding home(Trips base) {
    return claim("gate 6: base at home", "share of trips that succeed", base.shares());
  }

  /** Shares of successes of each run, means over robots. */
  static double[] overRobots(List<Trips> robots) {
    int runs = robots.stream().mapToInt(it -> it.success().length).min().orElse(0);
    return IntStream.range(0, runs)
        .mapToDouble(run -> robots.stream().mapToDouble(it -> it.shares()[run]).average().orElse(0))
        .toArray();
  }

  private static double mean(List<Trips> robots) {
    return robots.stream().mapToDouble(Trips::share).average().orElse(Double.NaN);
  }

  private static double[] over(double[] values, double by) {
    return Arrays.stream(values).map(value -> value / by).toArray();
  }

  /**
   * Claim (a): the base fails elsewhere, and specialists do not.
   *
   * @param base with each of the other robots
   * @param specialists of the same robots
   * @param which such as {@code ", without the humanoid"}; what has no such row is only reported
   */
  List<Finding> specialists(List<Trips> base, List<Trips> specialists, String which) {
    double failing = mean(base);
    double[] succeeding = overRobots(specialists);
    String quantity = "success, mean over the other robots";
    if (!which.isEmpty()) {
      return List.of(
          Measured.of("(a) base elsewhere" + which, quantity, failing).reported(),
          Measured.of("(a) specialists" + which, quantity, succeeding).reported(),
          Measured.of(
                  "(a) specialists over the base" + which,
                  "ratio, run by run",
                  over(succeeding, failing))
              .reported());
    }
    double[] ratios = over(succeeding, failing);
    String ratio = "ratio of mean successes, run by run; the abstract says about 5 of the student";
    return List.of(
        claim("(a) base elsewhere", quantity, failing),
        claim("(a) base elsewhere, as in the paper", quantity, failing),
        claim("(a) specialists", quantity, succeeding),
        claim("(a) specialists over the base", ratio, ratios),
        claim("(a) specialists over the base, as in the paper", ratio, ratios));
  }

  /** Claim (d): learning without a base, against residual learning, run by run. */
  Finding scratch(List<Trips> scratch, List<Trips> specialists) {
    return claim(
        "(d) from scratch over residual",
        "ratio of mean successes, mean over runs from scratch",
        over(overRobots(scratch), mean(specialists)));
  }

  /** Claims (a′) and (b), of the student beside the base and its teachers. */
  List<Finding> generalist(List<Trips> student, List<Trips> specialists, List<Trips> base) {
    double least =
        IntStream.range(0, student.size())
            .mapToDouble(i -> student.get(i).share() / specialists.get(i).share())
            .min()
            .orElse(Double.NaN);
    return List.of(
        claim(
            "(a′) generalist over the base",
            "ratio of mean successes with the other robots, student by student; the abstract says about 5",
            over(overRobots(student), mean(base))),
        claim(
            "(b) generalist over specialists",
            "ratio of mean successes with the other robots, student by student",
            over(overRobots(student), mean(specialists))),
        claim("(b) generalist over its specialist, the least", "ratio, least over robots", least));
  }

  /** Claim (b): what it costs not to be told the robot, student by student. */
  Finding told(List<Trips> student, List<Trips> untold) {
    return claim(
        "(b) generalist over one that is not told the robot",
        "difference of mean successes, student by student",
        Statistics.differences(overRobots(student), overRobots(untold)));
  }

  /**
   * Claim (c): the time that successes take over their share, robots together.
   *
   * @return the claim, and what the literal definition and shared goals say
   */
  List<Finding> times(List<Trips> student, List<Trips> base) {
    double[] own = student.stream().mapToDouble(CompassClaims::time).toArray();
    double[] theirs = base.stream().mapToDouble(CompassClaims::time).toArray();
    double literal =
        average(student.stream().mapToDouble(Trips::meanTime).toArray())
            / average(base.stream().mapToDouble(Trips::meanTime).toArray());
    double[][] shared =
        IntStream.range(0, student.size())
            .mapToObj(i -> student.get(i).onBoth(base.get(i)))
            .toArray(double[][]::new);
    double[] ratios = Arrays.stream(shared).mapToDouble(it -> it[0] / it[1]).toArray();
    return List.of(
        claim(
            "(c) time of the generalist over the base's",
            "ratio of mean time over share of successes, means over robots that the base reaches a goal with; the abstract says about 1/3",
            average(where(own, theirs)) / average(theirs)),
        Measured.of("(c) the same, literally", "ratio of mean times, whatever fails", literal)
            .reported(),
        Measured.of(
                "(c) the same on goals that both reach",
                "ratio of mean times, a robot each where there are any",
                Arrays.stream(ratios).filter(Double::isFinite).toArray().length == 0
                    ? new double[] {Double.NaN}
                    : Arrays.stream(ratios).filter(Double::isFinite).toArray())
            .reported());
  }

  private static double time(Trips trips) {
    return trips.meanTime() / trips.share();
  }

  /** Those values beside which there is a number. */
  private static double[] where(double[] values, double[] beside) {
    return IntStream.range(0, values.length)
        .filter(i -> Double.isFinite(beside[i]))
        .mapToDouble(i -> values[i])
        .toArray();
  }

  private static double average(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).average().orElse(Double.NaN);
  }

  /** Claim (e): the divergence against the squared distance. */
  Finding divergence(List<Trips> student, List<Trips> squared) {
    return claim(
        "(e) divergence over squared distance",
        "difference of mean successes, student by student",
        Statistics.differences(overRobots(student), overRobots(squared)));
  }

  /** Claim (f): rooms of types that nobody has seen. */
  Finding unseen(List<Trips> student, List<Trips> base) {
    return claim(
        "(f) generalist over the base, unseen rooms",
        "ratio of mean successes with the other robots, student by student",
        over(overRobots(student), mean(base)));
  }
}
