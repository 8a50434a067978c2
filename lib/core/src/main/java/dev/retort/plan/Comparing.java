package dev.retort.plan;

import dev.retort.RetortException;
import dev.retort.evaluate.Comparison;
import dev.retort.evaluate.Evaluation;
import dev.retort.evaluate.Metric;
import dev.retort.evaluate.RunGroup;
import dev.retort.evaluate.Scores;
import dev.retort.option.Given;
import dev.retort.option.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The plan to compare populations by their learning curves; the first is what the others are
 * compared to.
 *
 * <pre>{@code
 * Comparison gain = compare("scratch", scratch).and("warm", warm).by(areaUnderCurve()).run();
 * Comparison early = compare("scratch", scratch).and("warm", warm).overEpisodes(60).by(jumpStart(10)).run();
 * }</pre>
 *
 * @param groups what is compared
 * @param metric by what
 * @param episodes how many of the first episodes; empty for the steps of the whole training
 * @param seed names the resamples of the intervals
 */
public record Comparing(List<Named> groups, Metric metric, OptionalInt episodes, long seed) {
  /** Trainings that end with their last whole episode end within this share of each other. */
  private static final double ALIKE = 0.1;

  /**
   * One population.
   *
   * @param name what tables and legends call it
   * @param curves what it has become
   */
  public record Named(String name, Curves curves) {}

  /** Keeps a copy. */
  public Comparing {
    groups = List.copyOf(groups);
  }

  /** A comparison that begins with one population, by the area under its curves. */
  public static Comparing of(String name, Peers peers) {
    return new Comparing(
        List.of(named(name, peers)), Metric.areaUnderCurve(), OptionalInt.empty(), 0);
  }

  /** Refuses students: while they learn, nothing is played. */
  private static Named named(String name, Peers peers) {
    Given.given("compare", "a name for the curves", name);
    if (Given.given("compare", "curves", peers) instanceof Curves curves) {
      return new Named(name, curves);
    }
    throw new RetortException(
        "compare: expected curves of returns in '%s', got a cohort, whose students play nothing while they learn. Play them: compare(evaluate(cohort).on(env).run())."
            .formatted(name));
  }

  /** The comparison of what an evaluation played in one environment. */
  public static Comparison played(Evaluation played) {
    List<String> envs = played.scores().stream().map(Scores::env).distinct().toList();
    if (envs.size() > 1) {
      throw new RetortException(
          "compare: expected an evaluation in one environment, got %s. Evaluate in each of them alone."
              .formatted(String.join(", ", envs)));
    }
    return Comparison.ofScores(played.scores(), 0);
  }

  /** One population more. */
  public Comparing and(String name, Peers peers) {
    List<Named> more = new ArrayList<>(groups);
    more.add(named(name, peers));
    return new Comparing(more, metric, episodes, seed);
  }

  /** By what runs are compared. */
  public Comparing by(Metric other) {
    return new Comparing(
        groups, Given.given("compare", "a measure such as finalReturn()", other), episodes, seed);
  }

  /**
   * Over so many of the first episodes, in place of steps; for learners that record every episode.
   */
  public Comparing overEpisodes(int count) {
    if (count < 1) {
      throw new RetortException("compare: expected at least 1 episode, got " + count + ".");
    }
    return new Comparing(groups, metric, OptionalInt.of(count), seed);
  }

  /** Names the resamples of the intervals. */
  public Comparing seed(long other) {
    return new Comparing(groups, metric, episodes, other);
  }

  @Override
  public String toString() {
    return Plan.text(
        () ->
            "compare %s by %s"
                .formatted(
                    String.join(", ", groups.stream().map(Named::name).toList()),
                    metric.label(episodes.isPresent() ? "episodes" : "steps")),
        "");
  }

  /** Compares. */
  public Comparison run() {
    double end = groups.stream().mapToDouble(each -> each.curves().end()).max().orElse(1);
    List<RunGroup> all = new ArrayList<>();
    List<String> labels =
        Labels.of(groups, Named::name, each -> each.curves().policies().get(0).origin().traits());
    for (Named each : groups) {
      String label = labels.get(all.size());
      double own = each.curves().end();
      boolean alike = own >= (1 - ALIKE) * end;
      all.add(
          episodes.isPresent()
              ? each.curves().byEveryEpisode(label, episodes.getAsInt())
              : each.curves().group(label, alike ? end : own));
    }
    return Comparison.of(all, metric, seed);
  }
}
