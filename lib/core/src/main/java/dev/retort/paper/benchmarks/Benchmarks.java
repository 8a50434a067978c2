package dev.retort.paper.benchmarks;

import static dev.retort.Retort.dqn;
import static dev.retort.Retort.env;
import static dev.retort.Retort.es;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.qLearning;
import static dev.retort.Retort.sac;
import static dev.retort.Retort.td3;
import static dev.retort.Retort.train;

import dev.retort.env.Env;
import dev.retort.evaluate.Evaluation;
import dev.retort.evaluate.Scores;
import dev.retort.figure.Figure;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.figure.Panels;
import dev.retort.paper.Bound;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Parts;
import dev.retort.paper.Registration;
import dev.retort.paper.Scale;
import dev.retort.paper.Study;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Curves;
import dev.retort.plan.Evaluating;
import dev.retort.plan.Training;
import dev.retort.random.RandomStream;
import dev.retort.teach.Algorithm;
import java.util.ArrayList;
import java.util.List;

/**
 * The classic tasks, each with the presets that solve them: ten seeds as one population, and the
 * mean over the seeds beside the published mean. Each seed plays episodes of its own, as many as it
 * takes for their choice to add little to the interval over the seeds.
 *
 * <p>Published are the means of single runs in the benchmark of RL Baselines3 Zoo (Antonin Raffin,
 * 2020), as they stood at the commit that the registration names; of Reacher-C4 it is the return of
 * the scripted teacher. Where a preset keeps the best policy of its evaluations on the way, those
 * episodes are others than the ones that are reported, and do not count as environment steps. On
 * Reacher-C4 there are no others, since nothing is left to chance in its four contexts: rotations
 * of which no choice was made are reported beside them.
 */
public final class Benchmarks implements Study {
  private static final Registration FIXED = Registration.of(Benchmarks.class);

  /** Where the evaluations that choose and those that report play the same contexts. */
  private static final String HELD_OUT = "Reacher-C4";

  private static final List<Task> TASKS =
      List.of(
          new Task("CartPole", ppo("CartPole")),
          new Task("CartPole", dqn("CartPole")),
          new Task("CartPole", es("CartPole")),
          new Task("Acrobot", ppo("Acrobot")),
          new Task("Acrobot", dqn("Acrobot")),
          new Task("MountainCar", dqn("MountainCar")),
          new Task("MountainCarContinuous", td3("MountainCarContinuous")),
          new Task("Reacher-C4", ppo("Reacher-C4")),
          new Task("FrozenLake", qLearning()),
          new Task("Pendulum", sac("Pendulum")),
          new Task("Pendulum", td3("Pendulum")));

  @Override
  public String name() {
    return "benchmarks";
  }

  @Override
  public String title() {
    return "Teachers on the classic tasks";
  }

  @Override
  public List<Task> parts() {
    return TASKS;
  }

  @Override
  public Figure picture(List<Figure> figures) {
    return new Panels("Returns while learning: IQM over the seeds, 95 % band", 3, figures);
  }

  @Override
  public String explain(Scale scale, Parts chosen) {
    int seeds = FIXED.count("seeds", scale);
    return Study.super.explain(scale, chosen)
        + "\n\n%s seeds, 0 to %s, each with episodes of its own".formatted(seeds, seeds - 1);
  }

  @Override
  public List<String> afterword(Scale scale) {
    return scale.isJudged()
        ? List.of(
            "Published: means of single runs, RL Baselines3 Zoo at "
                + FIXED.words("published at", scale)
                + ". Intervals: of the mean, over the seeds and their episodes.")
        : List.of();
  }

  @Override
  public String unjudged() {
    return "for too short a time";
  }

  /**
   * A teacher on a task.
   *
   * @param algorithm at the settings that solve it
   */
  record Task(String world, Algorithm algorithm) implements StudyPart {
    @Override
    public String name() {
      return world + ", " + algorithm.name();
    }

    /** At unit size a few hundred steps, enough to go through everything once. */
    private Algorithm at(Scale scale) {
      if (scale != Scale.UNIT) {
        return algorithm;
      }
      Algorithm plain = algorithm.set("evaluate-every", "0").set("keep", "last");
      return algorithm.settings().json().has("warm-up")
          ? plain.set("steps", "240").set("warm-up", "200")
          : plain.set("steps", "2048");
    }

    private Training.Population plan(Scale scale) {
      return train(at(scale)).on(env(world)).seeds(FIXED.count("seeds", scale));
    }

    @Override
    public String explain(Scale scale) {
      return plan(scale).explain();
    }

    @Override
    public Found run(Scale scale) {
      Training.Population plan = plan(scale);
      Curves curves = plan.once();
      double seconds = StudyPart.seconds(plan);
      List<Finding> findings = new ArrayList<>();
      findings.add(
          judged(
              scale,
              played(scale, name(), env(world), curves).how("seconds", Numbers.of(seconds))));
      if (world.equals(HELD_OUT)) {
        Env turned = env(world).test(FIXED.count("rotations held out", scale));
        findings.add(played(scale, name() + ", rotations held out", turned, curves).reported());
      }
      Figure learning =
          Lines.of(
              name(),
              "environment steps",
              "return",
              curves.group(name()).line(RandomStream.of(0, "band")));
      return new Found(findings, List.of(learning), List.of(), seconds);
    }

    private Measured played(Scale scale, String name, Env where, Curves curves) {
      int seeds = FIXED.count("seeds", scale);
      Evaluating plan =
          evaluate(curves).on(where).seed(FIXED.count("episodes of an evaluation", scale));
      Evaluation found = StudyPart.inPassing(scale == Scale.UNIT ? plan.episodes(5) : plan);
      Evaluation.Row row = found.rows().get(0);
      Scores scores = found.scores().get(0);
      Measured measured =
          Measured.of(name, "return, mean of " + seeds + " seeds", scores.runMeans())
              .how("algorithm", at(scale))
              .how("seeds", "0 to " + (seeds - 1))
              .how("environment steps", Numbers.count(at(scale).steps()))
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

    private static String widening(double share) {
      return Double.isInfinite(share) ? "all of it" : Numbers.percent(share);
    }

    private Finding judged(Scale scale, Measured measured) {
      if (!FIXED.has(name())) {
        return measured.reported();
      }
      Bound published = FIXED.bound(name(), scale);
      return measured.published(published.number()).judged(scale, published);
    }
  }
}
