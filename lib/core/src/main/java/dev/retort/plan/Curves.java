package dev.retort.plan;

import dev.retort.RetortException;
import dev.retort.evaluate.Group;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.run.Curve;
import java.util.Arrays;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * What a population of teachers has become: their learning curves and the trained policies.
 *
 * @param title what was trained, on what
 * @param curve rows of step, member, return and length
 * @param policies one a seed, in the order of the seeds
 */
public record Curves(String title, Curve curve, List<Policy> policies) {
  private static final int POINTS = 100;

  /** Keeps a copy of the list. */
  public Curves {
    policies = List.copyOf(policies);
  }

  /** The trained policy of one member. */
  public Policy policy(int member) {
    if (member < 0 || member >= policies.size()) {
      throw new RetortException(
          "curves: expected a member from 0 to %d, got %d.".formatted(policies.size() - 1, member));
    }
    return policies.get(member);
  }

  /**
   * The runs over common steps: training is cut into a hundred stretches, and each run has its mean
   * return within each.
   *
   * @param name what tables and legends call it
   */
  public Group group(String name) {
    return group(name, end());
  }

  /** The last step at which anything was recorded. */
  double end() {
    return Arrays.stream(curve.column("step")).max().orElse(1);
  }

  /** The same over so many steps. */
  Group group(String name, double last) {
    double[] step = curve.column("step");
    double[] member = curve.column("member");
    double[] value = curve.column("return");
    double[] steps = new double[POINTS];
    Arrays.setAll(steps, i -> last * (i + 1) / POINTS);
    double[][] sums = new double[policies.size()][POINTS];
    int[][] counts = new int[policies.size()][POINTS];
    for (int row = 0; row < step.length; row++) {
      if (Double.isNaN(value[row])) {
        continue; // a row of an evaluation between two ends of episodes
      }
      int point = (int) Math.min(POINTS - 1, Math.max(0, Math.ceil(step[row] / last * POINTS) - 1));
      sums[(int) member[row]][point] += value[row];
      counts[(int) member[row]][point]++;
    }
    for (int run = 0; run < sums.length; run++) {
      for (int point = 0; point < POINTS; point++) {
        sums[run][point] =
            counts[run][point] == 0 ? Double.NaN : sums[run][point] / counts[run][point];
      }
    }
    return Group.of(name, steps, sums);
  }

  /**
   * The runs over their first episodes, for learners that record every episode: all but those that
   * act in several copies of an environment.
   *
   * @param name what tables and legends call it
   * @param episodes how many; NaN where a run has fewer
   */
  public Group byEpisode(String name, int episodes) {
    double[] member = curve.column("member");
    double[] value = curve.column("return");
    double[][] returns = new double[policies.size()][episodes];
    for (double[] run : returns) {
      Arrays.fill(run, Double.NaN);
    }
    int[] next = new int[policies.size()];
    for (int row = 0; row < value.length; row++) {
      int run = (int) member[row];
      if (!Double.isNaN(value[row]) && next[run] < episodes) {
        returns[run][next[run]++] = value[row];
      }
    }
    double[] numbers = new double[episodes];
    Arrays.setAll(numbers, i -> i + 1);
    return Group.of(name, numbers, returns);
  }

  /**
   * The interquartile mean of the return over the seeds with its 95 % band, and each seed as a thin
   * line.
   */
  public Figure plot() {
    String name = policies.size() == 1 ? "return" : "IQM of " + policies.size() + " seeds";
    Line line = group(name).line(RandomStream.of(0, "band"));
    return Lines.of(title, "environment steps", "return", line);
  }

  /** Every row of the curve. */
  public Table table() {
    Table table = Table.create(title);
    for (String column : curve.columns()) {
      table.addColumns(DoubleColumn.create(column, curve.column(column)));
    }
    return table;
  }

  @Override
  public String toString() {
    double[][] runs = group(title).returns();
    double[] last =
        Arrays.stream(runs)
            .map(run -> Arrays.stream(run).filter(v -> !Double.isNaN(v)).toArray())
            .filter(run -> run.length > 0)
            .mapToDouble(run -> run[run.length - 1])
            .toArray();
    return "%s: last returns %s (mean of %d)%n%s"
        .formatted(
            title,
            last.length == 0 ? "none" : Numbers.of(Statistics.mean(last)),
            policies.size(),
            plot().toString());
  }
}
