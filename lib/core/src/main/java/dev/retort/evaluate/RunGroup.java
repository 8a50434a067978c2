package dev.retort.evaluate;

import dev.retort.RetortException;
import dev.retort.figure.Line;
import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The learning curves of several runs of one thing, recorded at common steps.
 *
 * <p>Arrays are copied on the way in and out.
 */
public final class RunGroup {
  private static final int DRAWN = 200;
  private static final double[][] NONE = {};

  private final String name;
  private final String unit;
  private final double[] steps;
  private final double[][] returns;
  private final double[][] lengths;

  private RunGroup(
      String name, String unit, double[] steps, double[][] returns, double[][] lengths) {
    this.name = name;
    this.unit = unit;
    this.steps = steps.clone();
    this.returns = copy(returns);
    this.lengths = copy(lengths);
  }

  private static double[][] copy(double[][] rows) {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * A group of runs.
   *
   * @param name what tables and legends call it
   * @param steps where returns were recorded, in ascending order, {@code (points)}
   * @param returns {@code (runs, points)}; NaN where there is none
   */
  public static RunGroup of(String name, double[] steps, double[][] returns) {
    if (returns.length == 0 || steps.length == 0) {
      throw new RetortException(
          "group '%s': expected at least one run with one point, got %s runs and %s points."
              .formatted(name, returns.length, steps.length));
    }
    for (int run = 0; run < returns.length; run++) {
      if (returns[run].length != steps.length) {
        throw new RetortException(
            "group '%s': expected %s returns in every run, one a step, got %s (run %s)."
                .formatted(name, steps.length, returns[run].length, run));
      }
    }
    return new RunGroup(name, "steps", steps, returns, NONE);
  }

  /** The same runs, recorded at something else than steps. */
  public RunGroup over(String counted) {
    return new RunGroup(name, counted, steps, returns, lengths);
  }

  /**
   * The same runs, recorded at episodes.
   *
   * @param taken how many environment steps each episode was, {@code (runs, points)}
   */
  public RunGroup overEpisodes(double[][] taken) {
    return new RunGroup(name, "episodes", steps, returns, taken);
  }

  /**
   * How many environment steps the episodes were that a metric looks at, on average over the runs;
   * empty where runs were recorded at steps themselves.
   */
  OptionalDouble stepsOf(Metric metric) {
    int episodes = metric instanceof Metric.JumpStart start ? start.first() : steps.length;
    return Arrays.stream(lengths)
        .mapToDouble(run -> Arrays.stream(run).limit(episodes).sum())
        .average();
  }

  /** What tables and legends call it. */
  public String name() {
    return name;
  }

  /** How many runs there are. */
  public int runs() {
    return returns.length;
  }

  /** Where returns were recorded, {@code (points)}. */
  public double[] steps() {
    return steps.clone();
  }

  /** A copy of the returns, {@code (runs, points)}; NaN where there is none. */
  public double[][] returns() {
    return copy(returns);
  }

  /** What the places of records count: {@code steps}, or {@code episodes}. */
  public String unit() {
    return unit;
  }

  /** The last step that was recorded. */
  double end() {
    return steps[steps.length - 1];
  }

  /** The metric of each run, {@code (runs)}. */
  double[] values(Metric metric) {
    return Arrays.stream(returns).mapToDouble(run -> metric.of(steps, run)).toArray();
  }

  /** How many runs reach the threshold. */
  long reached(Metric.TimeTo time) {
    return Arrays.stream(returns).filter(time::reached).count();
  }

  /**
   * The curve of interquartile means over runs, with its 95 % band, point by point, and the runs as
   * thin members; long curves are thinned to 200 points.
   *
   * <p>A run stands at its last return until it has a new one, so that every point is of all runs;
   * the curve begins where each has its first.
   */
  public Line line(RandomStream random) {
    Line thin = Line.of(name, steps, steps).members(standing()).thinned(DRAWN);
    double[] x = thin.x().stream().mapToDouble(Double::doubleValue).toArray();
    double[][] members =
        thin.members().stream()
            .map(member -> member.stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new);
    double[][] middle = new double[3][x.length];
    Bootstrap bootstrap = new Bootstrap(500);
    for (int i = 0; i < x.length; i++) {
      int point = i;
      double[] values = Arrays.stream(members).mapToDouble(member -> member[point]).toArray();
      boolean all = Arrays.stream(values).allMatch(Double::isFinite);
      Estimate iqm = all ? Intervals.iqm(values, bootstrap, random) : null;
      middle[0][i] = all ? iqm.value() : Double.NaN;
      middle[1][i] = all ? iqm.interval().low() : Double.NaN;
      middle[2][i] = all ? iqm.interval().high() : Double.NaN;
    }
    Line line = Line.of(name, x, middle[0]);
    return runs() < Intervals.LEAST
        ? line.members(members)
        : line.band(middle[1], middle[2]).members(members);
  }

  /** The returns, each run at its last until there is a new one; NaN before its first. */
  private double[][] standing() {
    double[][] standing = returns();
    for (double[] run : standing) {
      for (int point = 1; point < run.length; point++) {
        if (!Double.isFinite(run[point])) {
          run[point] = run[point - 1];
        }
      }
    }
    return standing;
  }

  @Override
  public String toString() {
    return "runs of %s: %s, over %s records of %s"
        .formatted(name, returns.length, steps.length, unit);
  }
}
