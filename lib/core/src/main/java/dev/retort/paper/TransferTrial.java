package dev.retort.paper;

import dev.retort.env.Env;
import dev.retort.evaluate.Group;
import dev.retort.evaluate.Metric;
import dev.retort.evaluate.Statistics;
import dev.retort.plan.Curves;
import dev.retort.plan.Training;
import dev.retort.run.Curve;
import dev.retort.teach.Dqn;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One learner on every task of a family: what its episodes returned.
 *
 * @param curves of all tasks and seeds; seed {@code s} learned task {@code s} modulo their number
 * @param tasks how many tasks
 * @param seconds how long it worked
 */
record TransferTrial(Curves curves, int tasks, double seconds) {
  /** Does it, unless it has been done. */
  static TransferTrial of(Env tasks, int seeds, Dqn dqn) {
    Training.Population plan = TransferSetting.on(tasks, seeds, dqn);
    return new TransferTrial(plan.once(), tasks.contexts(), StudyPart.seconds(plan));
  }

  Group group(String name, int episodes) {
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
    Group group = group("", episodes);
    return perTask(
        Arrays.stream(group.returns()).mapToDouble(run -> metric.of(group.steps(), run)).toArray());
  }

  /** The mean of the last episodes that were played, one a task. */
  double[] last(int episodes) {
    int most = curves.curve().rows();
    return perTask(
        Arrays.stream(group("", most).returns())
            .mapToDouble(
                run -> {
                  double[] played = Arrays.stream(run).filter(Double::isFinite).toArray();
                  int from = Math.max(0, played.length - episodes);
                  return Statistics.mean(Arrays.copyOfRange(played, from, played.length));
                })
            .toArray());
  }

  /** The mean of the episodes that ended after one step and not after another, one a task. */
  double[] during(long after, long until) {
    Curve curve = curves.curve();
    double[] steps = curve.column("step");
    double[] members = curve.column("member");
    double[] returns = curve.column("return");
    int runs = (int) Arrays.stream(members).max().orElse(0) + 1;
    return perTask(
        IntStream.range(0, runs)
            .mapToDouble(
                run ->
                    Statistics.mean(
                        IntStream.range(0, steps.length)
                            .filter(row -> members[row] == run)
                            .filter(row -> steps[row] > after && steps[row] <= until)
                            .mapToDouble(row -> returns[row])
                            .filter(Double::isFinite)
                            .toArray()))
            .toArray());
  }

  private double[] perTask(double[] values) {
    double[] means = new double[tasks];
    int seeds = values.length / tasks;
    for (int run = 0; run < values.length; run++) {
      means[run % tasks] += values[run] / seeds;
    }
    return means;
  }

  /** What one trial has over another, task by task. */
  static double[] gains(double[] more, double[] less) {
    double[] gains = new double[more.length];
    Arrays.setAll(gains, task -> more[task] - less[task]);
    return gains;
  }
}
