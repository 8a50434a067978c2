package dev.retort.paper.unilegs;

import static dev.retort.paper.unilegs.ManyLegs.FIXED;

import dev.retort.env.Env;
import dev.retort.env.legs.Morphology;
import dev.retort.evaluate.Scores;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Evaluating;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What policies of one method came to with one robot. Episodes of the same place in two methods
 * have the same commands, bumps and pushes.
 *
 * @param method what tables call it
 * @param robot who walked
 * @param tracking mean tracking reward per step over the horizon, {@code (policies, episodes)}
 * @param error mean speed error in m/s, NaN where a fall came first, {@code (policies, episodes)}
 * @param falls 1 where an episode ended by a fall, {@code (policies, episodes)}
 */
@SuppressWarnings("ArrayRecordComponent") // made once and read, compared by nobody
record Walks(
    String method, Morphology robot, double[][] tracking, double[][] error, double[][] falls) {
  /** Where a robot walks. */
  record Place(Morphology robot, Env world) {}

  /**
   * Lets policies, which are independent runs of the method, walk in each place. Of policies that
   * are numbers it is a run that is found again.
   */
  static List<Walks> walked(
      String method, List<? extends Policy> policies, List<Place> places, int episodes) {
    Env[] worlds = places.stream().map(Place::world).toArray(Env[]::new);
    Evaluating plan =
        new Evaluating.Of(List.of(new Evaluating.Candidate(method, List.copyOf(policies))))
            .on(worlds[0], Arrays.copyOfRange(worlds, 1, worlds.length))
            .episodes(episodes)
            .seed(FIXED.count("evaluation"));
    boolean isKept = policies.stream().allMatch(PolicyFile::isNumbers);
    List<Scores> scores = isKept ? plan.once().scores() : StudyPart.inPassing(plan).scores();
    List<Walks> walks = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Scores own = scores.get(i);
      walks.add(
          new Walks(
              method,
              places.get(i).robot(),
              own.measures("tracking"),
              own.measures("speed error"),
              own.measures("fall")));
    }
    return walks;
  }

  /** Those of one robot. */
  static Walks of(Morphology robot, List<Walks> all) {
    return all.stream().filter(walks -> walks.robot.equals(robot)).findFirst().orElseThrow();
  }

  /** The mean tracking reward per step of each policy. */
  double[] trackingOfEach() {
    return Arrays.stream(tracking).mapToDouble(Statistics::mean).toArray();
  }

  /** The mean speed error of a policy in m/s; NaN where it always fell first. */
  double errorOf(int policy) {
    return Arrays.stream(error[policy]).filter(Double::isFinite).average().orElse(Double.NaN);
  }

  /** The share of a policy's episodes that ended by a fall. */
  double fallsOf(int policy) {
    return Statistics.mean(falls[policy]);
  }

  private double[] errors() {
    double[] all = new double[error.length];
    Arrays.setAll(all, this::errorOf);
    return all;
  }

  private double[] fallsOfEach() {
    return Arrays.stream(falls).mapToDouble(Statistics::mean).toArray();
  }

  /** A row of what was tracked, and how. */
  Finding row(String where) {
    return how(Measured.of(
            "%s, %s, %s".formatted(where, robot.name(), method),
            "tracking reward per step",
            trackingOfEach()))
        .reported();
  }

  /** A quantity of these walks, with errors and falls beside it. */
  Measured how(Measured quantity) {
    return quantity
        .how("speed error in m/s, each", words(errors()))
        .how("share of falls, each", words(fallsOfEach()));
  }

  private static String words(double[] values) {
    return String.join(" ", Arrays.stream(values).mapToObj(Numbers::of).toList());
  }
}
