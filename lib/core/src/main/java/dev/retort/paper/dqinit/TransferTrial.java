package dev.retort.paper.dqinit;

import dev.retort.env.Env;
import dev.retort.evaluate.Metric;
import dev.retort.evaluate.RunGroup;
import dev.retort.evaluate.Statistics;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Curves;
import dev.retort.plan.Training;
import dev.retort.run.Curve;
import dev.retort.teach.Algorithm;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * One learner on every task of a family: what its episodes returned.
 *
 * @param curves of all tasks and seeds; seed {@code s} learned task {@code s} modulo their number
 * @param tasks how many tasks
 * @param seconds how long it worked
 */
record TransferTrial(Curves curves, int tasks, double seconds) {
  private static final int STEP = 0;
  private static final int EPISODES = 1;
  private static final int RETURN = 2;

  /** Does it, unless it has been done. */
  static TransferTrial of(Env tasks, int seeds, Algorithm learner) {
    Training.Population plan = TransferSetting.on(tasks, seeds, learner);
    return new TransferTrial(plan.once(), tasks.contexts(), StudyPart.seconds(plan));
  }

  RunGroup group(String name, int episodes) {
    return curves.byEpisode(name, episodes);
  }

  /** A mean of episodes {@code from} to {@code to}, one a task. */
  double[] mean(int from, int to) {
    return perTask(
        Arrays.stream(group("", to).returns())
            .mapToDouble(
                run ->
                    Statistics.mean(
                        Arrays.stream(run, from, to).filter(Double::isFinite).toArray()))
            .toArray());
  }

  /** A metric over the first episodes, one a task. */
  double[] metric(Metric metric, int episodes) {
    RunGroup group = group("", episodes);
    return perTask(
        Arrays.stream(group.returns()).mapToDouble(run -> metric.of(group.steps(), run)).toArray());
  }

  /** The mean of at least so many of the last episodes, one a task. */
  double[] last(int episodes) {
    return perRun(
        rows -> {
          int from = rows.length;
          for (double count = 0; from > 0 && count < episodes; ) {
            count += rows[--from][EPISODES];
          }
          return Arrays.copyOfRange(rows, from, rows.length);
        });
  }

  /** The mean of the episodes that ended after one step and not after another, one a task. */
  double[] during(long after, long until) {
    return perRun(
        rows ->
            Arrays.stream(rows)
                .filter(row -> row[STEP] > after && row[STEP] <= until)
                .toArray(double[][]::new));
  }

  /**
   * The mean return of some of the records of each run, weighed by how many episodes they are of.
   */
  private double[] perRun(UnaryOperator<double[][]> some) {
    Curve curve = curves.curve();
    double[] members = curve.column("member");
    double[] steps = curve.column("step");
    double[] counts = curve.column("episodes");
    double[] returns = curve.column("return");
    double[] means = new double[curves.policies().size()];
    for (int run = 0; run < means.length; run++) {
      int member = run;
      double[][] rows =
          IntStream.range(0, steps.length)
              .filter(row -> members[row] == member && counts[row] > 0)
              .mapToObj(row -> new double[] {steps[row], counts[row], returns[row]})
              .toArray(double[][]::new);
      double[][] kept = some.apply(rows);
      double episodes = Arrays.stream(kept).mapToDouble(row -> row[EPISODES]).sum();
      means[run] =
          Arrays.stream(kept).mapToDouble(row -> row[EPISODES] * row[RETURN]).sum() / episodes;
    }
    return perTask(means);
  }

  /**
   * The mean of the evaluations of greedy actions after one step and not after another, one a task.
   */
  double[] greedy(long after, long until) {
    Curve curve = curves.curve();
    double[] members = curve.column("member");
    double[] steps = curve.column("step");
    double[] scores = curve.column("evaluation");
    double[] means = new double[curves.policies().size()];
    for (int run = 0; run < means.length; run++) {
      int member = run;
      means[run] =
          Statistics.mean(
              IntStream.range(0, steps.length)
                  .filter(row -> members[row] == member && Double.isFinite(scores[row]))
                  .filter(row -> steps[row] > after && steps[row] <= until)
                  .mapToDouble(row -> scores[row])
                  .toArray());
    }
    return perTask(means);
  }

  private double[] perTask(double[] values) {
    double[] means = new double[tasks];
    int seeds = values.length / tasks;
    for (int run = 0; run < values.length; run++) {
      means[run % tasks] += values[run] / seeds;
    }
    return means;
  }
}
