package dev.retort.plan;

import dev.retort.RetortException;
import dev.retort.evaluate.RunGroup;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.random.RandomStream;
import dev.retort.run.Curve;
import dev.retort.run.RunFolder;
import dev.retort.run.Runs;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * What a population of teachers has become: their learning curves and the trained policies.
 *
 * @param title what was trained, on what
 * @param curve rows of step, member, mean return, mean length and number of episodes
 * @param policies one a seed, in the order of the seeds
 */
public record Curves(String title, Curve curve, List<Policy> policies) implements Peers {
  private static final int POINTS = 100;
  private static final String RETURN = "return";
  private static final String EVALUATION = "evaluation";
  private static final String EPISODES = "episodes";

  /** Columns behind step, member, return and length are those of the algorithm. */
  private static final int OWN = 4;

  /** Keeps a copy of the list, and refuses rows of members that it does not have. */
  public Curves {
    policies = List.copyOf(policies);
    double[] member = curve.column("member");
    for (int row = 0; row < member.length; row++) {
      if (!(member[row] >= 0 && member[row] < policies.size())) {
        throw new RetortException(
            "curves: expected rows of members from 0 to %s, got member %s (row %s). Take another copy of the file."
                .formatted(policies.size() - 1, Numbers.of(member[row]), row));
      }
    }
  }

  /** The curves and the policies of a training that has finished. */
  public static Curves open(int run) {
    RunFolder folder = Runs.open(run);
    if (!folder.kind().equals("train")) {
      throw new RetortException(
          "curves: expected a run that trains, got run %s, which is to %s. runs() lists them all."
              .formatted(run, folder.kind()));
    }
    return new Curves(folder.title(), folder.curve(), PolicyFile.population(folder.result()));
  }

  /** The trained policy of one member. */
  public Policy policy(int member) {
    if (member < 0 || member >= policies.size()) {
      throw new RetortException(
          "curves: expected a member from 0 to %s, got %s.".formatted(policies.size() - 1, member));
    }
    return policies.get(member);
  }

  /**
   * The runs over common steps: training is divided into a hundred stretches, and each run has its
   * mean return within each.
   *
   * @param name what tables and legends call it
   */
  public RunGroup group(String name) {
    return group(name, end());
  }

  /** The last step at which anything was recorded. */
  double end() {
    return Arrays.stream(curve.column("step")).max().orElse(1);
  }

  /** The same over so many steps. */
  RunGroup group(String name, double last) {
    boolean isOfEvaluations = !isThere(RETURN) && isThere(EVALUATION);
    return group(name, last, isOfEvaluations ? EVALUATION : RETURN);
  }

  /** Whether a column was recorded, and has a number anywhere. */
  private boolean isThere(String column) {
    return curve.columns().contains(column)
        && Arrays.stream(curve.column(column)).anyMatch(Double::isFinite);
  }

  /**
   * What is shown: returns while learning, or, of who learns without acting, those of its
   * evaluations, or else what it records first.
   */
  private String shown() {
    return Stream.concat(Stream.of(RETURN, EVALUATION), curve.columns().stream().skip(OWN))
        .filter(column -> !column.equals(EPISODES) && isThere(column))
        .findFirst()
        .orElse(RETURN);
  }

  private RunGroup group(String name, double last, String column) {
    double[] step = curve.column("step");
    double[] member = curve.column("member");
    double[] value = curve.column(column);
    double[] ended = curve.column(EPISODES);
    if (!column.equals(RETURN)) {
      Arrays.fill(ended, 1);
    }
    double[] steps = new double[POINTS];
    Arrays.setAll(steps, i -> last * (i + 1) / POINTS);
    double[][] sums = new double[policies.size()][POINTS];
    double[][] counts = new double[policies.size()][POINTS];
    for (int row = 0; row < step.length; row++) {
      if (Double.isNaN(value[row])) {
        continue; // a row of an evaluation between two ends of episodes
      }
      int point = (int) Math.min(POINTS - 1, Math.max(0, Math.ceil(step[row] / last * POINTS) - 1));
      sums[(int) member[row]][point] += value[row] * ended[row];
      counts[(int) member[row]][point] += ended[row];
    }
    for (int run = 0; run < sums.length; run++) {
      for (int point = 0; point < POINTS; point++) {
        sums[run][point] =
            counts[run][point] == 0 ? Double.NaN : sums[run][point] / counts[run][point];
      }
    }
    return RunGroup.of(name, steps, sums);
  }

  /**
   * The runs over their first episodes, for learners that record every episode: all but those that
   * act in several copies of an environment, or end several episodes between two records.
   *
   * @param name what tables and legends call it
   * @param episodes how many; NaN where a run has fewer
   */
  public RunGroup byEpisode(String name, int episodes) {
    double[] member = curve.column("member");
    double[] value = curve.column("return");
    double[] ended = curve.column("episodes");
    double[] length = curve.column("length");
    double[][] lengths = new double[policies.size()][episodes];
    double[][] returns = new double[policies.size()][episodes];
    for (double[] run : returns) {
      Arrays.fill(run, Double.NaN);
    }
    int[] next = new int[policies.size()];
    for (int row = 0; row < value.length; row++) {
      int run = (int) member[row];
      if (ended[row] > 0 && next[run] < episodes) {
        if (ended[row] > 1) {
          throw new RetortException(
              "curves '%s': expected a record of every episode, got the mean of %s in one (run %s, step %s). Look at steps: compare(..) without overEpisodes(..)."
                  .formatted(
                      name, Numbers.of(ended[row]), run, Numbers.of(curve.column("step")[row])));
        }
        lengths[run][next[run]] = length[row];
        returns[run][next[run]++] = value[row];
      }
    }
    double[] numbers = new double[episodes];
    Arrays.setAll(numbers, i -> i + 1);
    return RunGroup.of(name, numbers, returns).overEpisodes(lengths);
  }

  /** The same, of runs that all have so many episodes. */
  RunGroup byEveryEpisode(String name, int episodes) {
    double[] ended = new double[policies.size()];
    double[] member = curve.column("member");
    double[] count = curve.column("episodes");
    for (int row = 0; row < member.length; row++) {
      ended[(int) member[row]] += count[row];
    }
    int fewest = (int) Arrays.stream(ended).min().orElse(0);
    if (fewest < episodes) {
      throw new RetortException(
          "compare: expected at least %s episodes of every run of '%s', got %s. Take overEpisodes(%s), or train longer."
              .formatted(episodes, name, fewest, Math.max(1, fewest)));
    }
    return byEpisode(name, episodes);
  }

  /**
   * The interquartile mean of the return over the seeds with its 95 % band, and each seed as a thin
   * line: of the actions that were taken while learning, exploration included. Of who learns
   * without acting it is the return of evaluations, or where there were none the loss.
   */
  public Figure plot() {
    String column = shown();
    String name = policies.size() == 1 ? column : "IQM of " + policies.size() + " seeds";
    Line line = group(name, end(), column).line(RandomStream.of(0, "band"));
    return column.equals(RETURN)
        ? Lines.of(title, "environment steps", "return while learning", line)
        : Lines.of(title, "steps", column, line);
  }

  /** Every row of the curve. */
  public Table table() {
    Table table = Table.create(title);
    for (String column : curve.columns()) {
      table.addColumns(DoubleColumn.create(column, curve.column(column)));
    }
    return Numbers.in(table);
  }

  @Override
  public String toString() {
    String column = shown();
    double[][] runs = group(title, end(), column).returns();
    double[] last =
        Arrays.stream(runs)
            .map(run -> Arrays.stream(run).filter(v -> !Double.isNaN(v)).toArray())
            .filter(run -> run.length > 0)
            .mapToDouble(run -> run[run.length - 1])
            .toArray();
    return "%s: last %s %s (mean of %s)%n%s"
        .formatted(
            title,
            column.equals(RETURN) ? "returns" : column,
            last.length == 0 ? "none" : Numbers.of(Statistics.mean(last)),
            policies.size(),
            plot().toString());
  }
}
