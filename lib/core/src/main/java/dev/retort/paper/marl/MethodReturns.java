package dev.retort.paper.marl;

import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.env.Env;
import dev.retort.evaluate.Scores;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Numbers;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Evaluating;
import dev.retort.policy.Policy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the team received where all agents acted by one method. Episodes of the same place begin in
 * the same state, whoever acts.
 *
 * @param method what tables call it
 * @param runs names of its independent runs; those of two methods that are of one name began alike,
 *     and have the same teacher where one teacher was asked
 * @param returns {@code (runs, episodes)}
 */
@SuppressWarnings("ArrayRecordComponent") // made once and read, compared by nobody
record MethodReturns(String method, List<String> runs, double[][] returns) {
  /** The episodes by which a method is told what temperature is its own, and those that count. */
  enum Episodes {
    VALIDATION("validation"),
    TEST("test");

    private final String row;

    Episodes(String row) {
      this.row = row;
    }

    long seed() {
      return FIXED.count("seed of " + row + " episodes");
    }

    int count(Scale scale) {
      return FIXED.count(row + " episodes", scale);
    }
  }

  /** Lets policies act that are independent runs, through the verb that evaluates all policies. */
  static MethodReturns played(
      String method,
      List<String> runs,
      List<Policy> policies,
      Env env,
      Episodes which,
      Scale scale) {
    Evaluating plan =
        Evaluating.Of.policies(policies)
            .on(env)
            .stochastic()
            .episodes(which.count(scale))
            .seed(which.seed());
    List<Scores> scores = StudyPart.inPassing(plan).scores();
    return new MethodReturns(
        method, runs, scores.stream().map(it -> it.returns()[0]).toArray(double[][]::new));
  }

  /** Mean return of each run. */
  double[] means() {
    return Arrays.stream(returns).mapToDouble(Statistics::mean).toArray();
  }

  double mean() {
    return Statistics.mean(means());
  }

  /** Mean return of each episode, over runs, all of which play the same ones. */
  private double[] episodes() {
    return IntStream.range(0, returns[0].length)
        .mapToDouble(
            episode ->
                Arrays.stream(returns).mapToDouble(run -> run[episode]).average().orElseThrow())
        .toArray();
  }

  /** Standard error of the mean over runs, in these very episodes; of a single run 0. */
  private double errorOfRuns() {
    return returns.length == 1 ? 0 : Statistics.standardError(means());
  }

  /**
   * Standard error of the mean: its runs might be others, and so might the episodes that all of
   * them play. What a run does in an episode of its own counts in both, which is on the safe side.
   */
  double error() {
    return Math.hypot(errorOfRuns(), Statistics.standardError(episodes()));
  }

  /** What it has over another, in returns. */
  double over(MethodReturns other) {
    return mean() - other.mean();
  }

  /** Standard error of that, where runs of both are independent and play the same episodes. */
  double errorOver(MethodReturns other) {
    double[] gains = episodes();
    double[] others = other.episodes();
    for (int episode = 0; episode < gains.length; episode++) {
      gains[episode] -= others[episode];
    }
    return Math.hypot(
        Math.hypot(errorOfRuns(), other.errorOfRuns()), Statistics.standardError(gains));
  }

  /** The same, run by run, of those runs that both have. */
  double[] pairs(MethodReturns other) {
    List<Double> pairs = new ArrayList<>();
    for (int run = 0; run < runs.size(); run++) {
      int same = other.runs.indexOf(runs.get(run));
      if (same >= 0) {
        pairs.add(means()[run] - other.means()[same]);
      }
    }
    return pairs.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The mean return over runs, every one of which stands beside. */
  Measured row(String where) {
    String episodes = returns[0].length + " episodes";
    return Measured.of(
            "%s, %s".formatted(where, method),
            "team's return, mean over "
                + (runs.size() == 1 ? episodes : "%s runs of %s".formatted(runs.size(), episodes)),
            means())
        .how("of each run", words(means()));
  }

  static String words(double[] values) {
    return String.join(" ", Arrays.stream(values).mapToObj(Numbers::of).toList());
  }

  /** The mean with its interval in a figure. */
  Dot dot() {
    return row("").dot(method);
  }

  /** The means of several methods as a figure. */
  static Figure dots(String title, List<MethodReturns> methods) {
    return new Dots(
        title, "team's return, test episodes", methods.stream().map(MethodReturns::dot).toList());
  }
}
