package dev.retort.paper.dqinit;

import static dev.retort.Retort.kl;
import static dev.retort.Retort.mse;

import dev.retort.env.Env;
import dev.retort.evaluate.Evaluator;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.policy.Policy;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who was distilled from whom, and what all of them return on the tasks that were solved: a rival
 * that begins with poor students says nothing of distillation.
 *
 * @param setting of the family
 */
record SourceReturns(TransferSetting setting) {
  private static final int EPISODES = 20;

  /**
   * A row for those who solved the tasks, for both kinds of students, and for the networks of the
   * warm start.
   *
   * @param temperature that was chosen for the students that are followed
   */
  List<Finding> findings(double temperature) {
    List<? extends Policy> solvers = setting.solvers();
    String lesson = "%s solvers, one a task; one network for all tasks".formatted(solvers.size());
    Policy followed = setting.students(kl().temperature(temperature));
    return List.of(
        row("solvers", each(solvers)).how("made by", solvers.get(0).name()).reported(),
        row("students of the solvers' probabilities", onEach(List.of(followed)))
            .how("distilled from", lesson)
            .how("temperature", Numbers.of(temperature))
            .reported(),
        row("students of the solvers' values", onEach(setting.students(mse()).members()))
            .how("distilled from", lesson)
            .reported(),
        row("networks of the warm start", each(setting.schools().once().policies()))
            .how("made by", "learning the task itself")
            .reported());
  }

  private Measured row(String who, double[] returns) {
    return Measured.of(
        "%s: %s, on the source tasks".formatted(setting.kind(), who),
        "greedy return, mean of %s tasks".formatted(returns.length),
        returns);
  }

  /** What each of several returns on its own task. */
  private double[] each(List<? extends Policy> policies) {
    return IntStream.range(0, policies.size())
        .mapToDouble(task -> greedy(policies.get(task), setting.solved().task(task)))
        .toArray();
  }

  /** What several return on each task, on average. */
  private double[] onEach(List<? extends Policy> policies) {
    return IntStream.range(0, setting.sources())
        .mapToDouble(
            task ->
                policies.stream()
                    .mapToDouble(policy -> greedy(policy, setting.solved().task(task)))
                    .average()
                    .orElseThrow())
        .toArray();
  }

  private static double greedy(Policy policy, Env task) {
    return Statistics.mean(
        new Evaluator(EPISODES, 0, () -> {}).evaluate(policy, task).returns()[0]);
  }
}
