package dev.retort.paper;

import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.evaluate.Bootstrap;
import dev.retort.evaluate.Estimate;
import dev.retort.evaluate.Evaluator;
import dev.retort.evaluate.Scores;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Figure;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.figure.Panels;
import dev.retort.nn.Engine;
import dev.retort.plan.Curves;
import dev.retort.plan.Training;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.run.Machine;
import dev.retort.run.Parallel;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Dqn;
import dev.retort.teach.Es;
import dev.retort.teach.Ppo;
import dev.retort.teach.QLearning;
import dev.retort.teach.Sac;
import dev.retort.teach.Td3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The classic tasks, each with the presets that solve them: ten seeds as one population, a hundred
 * episodes of preferred actions a seed, and the interquartile mean over the seeds beside the best
 * published mean.
 *
 * <p>Published are the benchmark scores of RL Baselines3 Zoo (Antonin Raffin, 2020), single runs;
 * of Reacher-C4 it is the return of the scripted teacher. Where a preset keeps the best policy of
 * its evaluations on the way, those episodes are others than the ones that are reported, and do not
 * count as environment steps.
 */
final class Benchmarks implements Study {
  private static final long EVALUATION_SEED = 1_000;

  /**
   * A teacher on a task.
   *
   * @param published what others report, where they do
   * @param atLeast what the score is held against
   */
  private record Task(
      String env, Algorithm algorithm, OptionalDouble published, OptionalDouble atLeast) {
    static Task of(String env, Algorithm algorithm, double published, double atLeast) {
      return new Task(env, algorithm, OptionalDouble.of(published), OptionalDouble.of(atLeast));
    }

    static Task shown(String env, Algorithm algorithm) {
      return new Task(env, algorithm, OptionalDouble.empty(), OptionalDouble.empty());
    }

    String name() {
      return env + ", " + algorithm.name();
    }

    Optional<Finding.Criterion> criterion(Scale scale, double score) {
      return atLeast.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Finding.Criterion(
                  "≥ " + Numbers.of(atLeast.getAsDouble()),
                  scale.isJudged()
                      ? Optional.of(score >= atLeast.getAsDouble())
                      : Optional.empty()));
    }
  }

  private static List<Task> tasks() {
    return List.of(
        Task.of("CartPole", Ppo.preset("CartPole"), 500, 500),
        Task.of("CartPole", Dqn.preset("CartPole"), 500, 500),
        Task.shown("CartPole", Es.preset("CartPole")),
        Task.of("Acrobot", Ppo.preset("Acrobot"), -75, -75),
        Task.of("Acrobot", Dqn.preset("Acrobot"), -77, -77),
        Task.of("MountainCar", Dqn.preset("MountainCar"), -101, -101),
        Task.of("MountainCarContinuous", Td3.preset("MountainCarContinuous"), 94, 94),
        Task.of("Reacher-C4", Ppo.preset("Reacher-C4"), 1.158939, 1.158939),
        Task.shown("FrozenLake", new QLearning()),
        Task.of("Pendulum", Sac.preset("Pendulum"), -152, -152),
        Task.of("Pendulum", Td3.preset("Pendulum"), -152, -152));
  }

  @Override
  public String name() {
    return "benchmarks";
  }

  @Override
  public String title() {
    return "Teachers on the classic tasks";
  }

  private static int seeds(Scale scale) {
    return switch (scale) {
      case UNIT -> 2;
      case CPU -> 10;
      case GPU -> 50;
    };
  }

  private static int episodes(Scale scale) {
    return scale == Scale.UNIT ? 5 : 100;
  }

  /** At unit size a few hundred steps, enough to go through everything once. */
  private static Algorithm at(Scale scale, Algorithm algorithm) {
    if (scale != Scale.UNIT) {
      return algorithm;
    }
    Algorithm plain = algorithm.set("evaluate-every", "0").set("keep", "last");
    return algorithm.settings().json().has("warm-up")
        ? plain.set("steps", "240").set("warm-up", "200")
        : plain.set("steps", "2048");
  }

  private static Training.Population plan(Scale scale, Task task) {
    return new Training(at(scale, task.algorithm), Environments.get(task.env), 0)
        .seeds(seeds(scale));
  }

  @Override
  public String explain(Scale scale, Parts parts) {
    StringBuilder text = new StringBuilder();
    for (Task task : parts.of(tasks(), Task::name)) {
      text.append(plan(scale, task).explain()).append("\n\n");
    }
    return text.append(
            "%s episodes of each of %s seeds; seeds 0 to %s"
                .formatted(episodes(scale), seeds(scale), seeds(scale) - 1))
        .toString();
  }

  @Override
  public Findings run(Scale scale, Parts parts) {
    List<Finding> findings = new ArrayList<>();
    List<Figure> panels = new ArrayList<>();
    double seconds = 0;
    for (Task task : parts.of(tasks(), Task::name)) {
      Training.Population plan = plan(scale, task);
      Curves curves = plan.once();
      double own = StudyPart.seconds(plan);
      seconds += own;
      findings.add(finding(scale, task, plan, curves, own));
      panels.add(
          Lines.of(
              task.name(),
              "environment steps",
              "return",
              curves.group(task.name()).line(RandomStream.of(0, "band"))));
    }
    Map<String, String> facts = new TreeMap<>(Machine.facts());
    facts.putAll(Engine.facts());
    return new Findings(
        name(),
        title(),
        scale,
        findings,
        notes(scale),
        facts,
        seconds,
        new Panels("Returns while learning: IQM over the seeds, 95 % band", 3, panels));
  }

  private static Finding finding(
      Scale scale, Task task, Training.Population plan, Curves curves, double seconds) {
    Env env = Environments.get(task.env);
    double[] means = means(curves.policies(), env, episodes(scale));
    Estimate iqm =
        Bootstrap.usual().estimate(means, Statistics::iqm, RandomStream.of(0, "bootstrap"));
    Map<String, String> how = new TreeMap<>();
    how.put("algorithm", plan.first().algorithm().toString());
    how.put("seeds", "0 to " + (seeds(scale) - 1));
    how.put("episodes a seed", String.valueOf(episodes(scale)));
    how.put("seconds", Numbers.of(seconds));
    return new Finding(
        task.name(),
        "return, IQM of " + seeds(scale) + " seeds",
        iqm,
        task.published,
        task.criterion(scale, iqm.value()),
        Arrays.stream(means).boxed().toList(),
        how);
  }

  /** The mean return of each policy. */
  private static double[] means(List<? extends Policy> policies, Env env, int episodes) {
    double[] means = new double[policies.size()];
    Parallel.all(
        IntStream.range(0, means.length)
            .mapToObj(
                seed ->
                    (Runnable)
                        () -> {
                          Evaluator evaluator = new Evaluator(episodes, EVALUATION_SEED, () -> {});
                          Scores scores = evaluator.evaluate(policies.get(seed), env);
                          means[seed] = Statistics.mean(scores.returns()[0]);
                        })
            .toList());
    return means;
  }

  private static List<String> notes(Scale scale) {
    return scale.isJudged()
        ? List.of("Published: best means of single runs. Intervals: bootstrap over the seeds.")
        : List.of("Unit size: all is done once, for too short a time to be judged.");
  }
}
