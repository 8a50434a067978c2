package dev.retort.plan;

import dev.retort.evaluate.Comparison;
import dev.retort.evaluate.Group;
import dev.retort.evaluate.Metric;
import java.util.ArrayList;
import java.util.List;

/**
 * The plan to compare populations by their learning curves; the first is what the others are
 * compared to.
 *
 * <pre>{@code
 * Comparison gain = compare("scratch", scratch).and("warm", warm).by(areaUnderCurve()).run();
 * }</pre>
 *
 * @param groups what is compared
 * @param metric by what
 * @param seed names the resamples of the intervals
 */
public record Comparing(List<Group> groups, Metric metric, long seed) {
  /** Keeps a copy. */
  public Comparing {
    groups = List.copyOf(groups);
  }

  /** A comparison that begins with one population, by the area under its curves. */
  public static Comparing of(String name, Curves curves) {
    return new Comparing(List.of(curves.group(name)), Metric.areaUnderCurve(), 0);
  }

  /** One population more. */
  public Comparing and(String name, Curves curves) {
    List<Group> more = new ArrayList<>(groups);
    more.add(curves.group(name));
    return new Comparing(more, metric, seed);
  }

  /** By what runs are compared. */
  public Comparing by(Metric other) {
    return new Comparing(groups, other, seed);
  }

  /** Names the resamples of the intervals. */
  public Comparing seed(long other) {
    return new Comparing(groups, metric, other);
  }

  /** Compares. */
  public Comparison run() {
    return Comparison.of(groups, metric, seed);
  }
}
