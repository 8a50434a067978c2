package dev.retort.paper;

import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.evaluate.Evaluation;
import dev.retort.evaluate.Scores;
import dev.retort.figure.Figure;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.figure.Panels;
import dev.retort.nn.Engine;
import dev.retort.option.Settings;
import dev.retort.plan.Curves;
import dev.retort.plan.Evaluating;
import dev.retort.plan.Training;
import dev.retort.random.RandomStream;
import dev.retort.run.Job;
import dev.retort.run.Machine;
import dev.retort.run.Session;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Dqn;
import dev.retort.teach.Es;
import dev.retort.teach.Evaluated;
import dev.retort.teach.Keep;
import dev.retort.teach.OffPolicy;
import dev.retort.teach.Ppo;
import dev.retort.teach.QLearning;
import dev.retort.teach.Sac;
import dev.retort.teach.Td3;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The classic tasks, each with the presets that solve them: ten seeds as one population, and the
 * mean over the seeds beside the published mean. Each seed plays episodes of its own, as many as it
 * takes for their choice to add little to the interval over the seeds.
 *
 * <p>Published are the means of single runs in the benchmark of RL Baselines3 Zoo (Antonin Raffin,
 * 2020), as they stood at commit {@value #COMMIT}; of Reacher-C4 it is the return of the scripted
 * teacher. Where a preset keeps the best policy of its evaluations on the way, those episodes are
 * others than the ones that are reported, and do not count as environment steps. On Reacher-C4
 * there are no others, since nothing is left to chance in its four contexts: eight rotations of
 * which no choice was made are reported beside them.
 */
final class Benchmarks implements Study {
  /** The state of DLR-RM/rl-baselines3-zoo whose {@code benchmark.md} was read. */
  private static final String COMMIT = "22e3ff2450fd";

  private static final long EVALUATION_SEED = 1_000;

  /** Where the evaluations that choose and those that report play the same contexts. */
  private static final String HELD_OUT = "Reacher-C4";

  /**
   * A teacher on a task.
   *
   * @param published what others report, where they do: what the mean is held against
   */
  private record Task(String env, Algorithm algorithm, OptionalDouble published) {
    static Task of(String env, Algorithm algorithm, double published) {
      return new Task(env, algorithm, OptionalDouble.of(published));
    }

    static Task shown(String env, Algorithm algorithm) {
      return new Task(env, algorithm, OptionalDouble.empty());
    }

    String name() {
      return env + ", " + algorithm.name();
    }
  }

  private static List<Task> tasks() {
    return List.of(
        Task.of("CartPole", Ppo.preset("CartPole"), 500),
        Task.of("CartPole", Dqn.preset("CartPole"), 500),
        Task.shown("CartPole", Es.preset("CartPole")),
        Task.of("Acrobot", Ppo.preset("Acrobot"), -73.506),
        Task.of("Acrobot", Dqn.preset("Acrobot"), -76.639),
        Task.of("MountainCar", Dqn.preset("MountainCar"), -100.849),
        Task.of("MountainCarContinuous", Td3.preset("MountainCarContinuous"), 93.483),
        Task.of("Reacher-C4", Ppo.preset("Reacher-C4"), 1.158939),
        Task.shown("FrozenLake", new QLearning()),
        Task.of("Pendulum", Sac.preset("Pendulum"), -156.995),
        Task.of("Pendulum", Td3.preset("Pendulum"), -151.855));
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

  /** At unit size a few hundred steps, enough to go through everything once. */
  private static Algorithm at(Scale scale, Algorithm algorithm) {
    if (scale != Scale.UNIT) {
      return algorithm;
    }
    Settings plain =
        algorithm.settings().with(Evaluated.EVALUATE_EVERY, 0L).with(Evaluated.KEEP, Keep.LAST);
    Algorithm last = algorithm.with(plain);
    return last instanceof OffPolicy<?> learner
        ? learner.steps(240).warmUp(200)
        : last.steps(2_048);
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
            "%s seeds, 0 to %s, each with episodes of its own"
                .formatted(seeds(scale), seeds(scale) - 1))
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
      Env env = Environments.get(task.env);
      Measured measured = measured(scale, task.name(), env, plan, curves);
      findings.add(judged(scale, task, measured.how("seconds", Numbers.of(own))));
      if (task.env.equals(HELD_OUT)) {
        String name = task.name() + ", rotations held out";
        findings.add(measured(scale, name, env.test(8), plan, curves).reported());
      }
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

  private static Measured measured(
      Scale scale, String name, Env env, Training.Population plan, Curves curves) {
    Evaluating evaluating = new Evaluating.Of(List.of()).and(name, curves).on(env);
    Evaluating sized = scale == Scale.UNIT ? evaluating.episodes(5) : evaluating;
    Job<Evaluation> job = sized.seed(EVALUATION_SEED).job();
    Evaluation found = job.execute(Session.unwatched(job.columns()));
    Evaluation.Row row = found.rows().get(0);
    Scores scores = found.scores().get(0);
    Measured measured =
        Measured.of(name, "return, mean of " + seeds(scale) + " seeds", scores.runMeans())
            .how("algorithm", plan.first().algorithm())
            .how("seeds", "0 to " + (seeds(scale) - 1))
            .how("environment steps", steps(plan.first().algorithm()))
            .how("episodes a seed", row.episodes())
            .how("IQM", row.iqm())
            .how("error of a seed's mean by its episodes", Numbers.of(scores.errorOfEpisodes()));
    if (row.widening().isPresent()) {
      measured = measured.how("width added by episodes", widening(row.widening().getAsDouble()));
    }
    if (row.failures().isPresent()) {
      measured = measured.how("failures", Numbers.percent(row.failures().getAsDouble()));
    }
    return measured;
  }

  private static String steps(Algorithm algorithm) {
    return Numbers.count(algorithm.settings().json().get("steps").getAsLong());
  }

  private static String widening(double share) {
    return Double.isInfinite(share) ? "all of it" : Numbers.percent(share);
  }

  private static Finding judged(Scale scale, Task task, Measured measured) {
    if (task.published.isEmpty()) {
      return measured.reported();
    }
    double published = task.published.getAsDouble();
    return measured
        .published(published)
        .judged(scale, "≥ " + Numbers.of(published), measured.mean() >= published);
  }

  private static List<String> notes(Scale scale) {
    return scale.isJudged()
        ? List.of(
            "Published: means of single runs, RL Baselines3 Zoo at "
                + COMMIT
                + ". Intervals: of the mean, over the seeds and their episodes.")
        : List.of("Unit size: all is done once, for too short a time to be judged.");
  }
}
