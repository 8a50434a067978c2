package dev.retort.paper.dqinit;

import static dev.retort.Retort.delayedQ;
import static dev.retort.Retort.qLearning;
import static dev.retort.Retort.rMax;
import static dev.retort.Retort.solve;
import static dev.retort.paper.dqinit.ValueInitialization.FIXED;

import dev.retort.env.Env;
import dev.retort.env.grid.GoalRooms;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import dev.retort.policy.Policy;
import dev.retort.prior.Aggregation;
import dev.retort.prior.Extraction;
import dev.retort.prior.QPrior;
import dev.retort.run.Parallel;
import dev.retort.run.Session;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Tabular;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The lifelong lineage with tables: rooms whose goals are not equally likely, some of them solved
 * exactly, and learners that begin with what these say. How many are solved is MaxQInit's rule: the
 * rarest goal has been among them with a probability of 0.95.
 *
 * <p>David Abel, Yuu Jinnai, Sophie Yue Guo, George Konidaris, Michael L. Littman, "Policy and
 * value transfer in lifelong reinforcement learning", 2018.
 */
final class MaxQInitTable implements StudyPart {
  static final double GAMMA = 0.95;
  private static final double FAILURE = FIXED.number("rooms: failure");

  /** Settings were chosen on the family with seed 0; these are other tasks. */
  static final GoalRooms FAMILY = new GoalRooms().with("familySeed", 1);

  @Override
  public String name() {
    return "rooms";
  }

  static int sources(Scale scale) {
    return scale == Scale.UNIT ? 8 : Aggregation.tasks(FAILURE, FAMILY.rarest());
  }

  static int tasks(Scale scale) {
    return FIXED.count("rooms: tasks", scale);
  }

  @Override
  public String explain(Scale scale) {
    return "rooms: R-Max, Delayed-Q and Q-learning on %s tasks of GoalRooms, from optimism alone and from %s solved tasks; steps until greedy actions reach the goal, looked at every 100 steps; nothing is claimed"
        .formatted(tasks(scale), sources(scale));
  }

  static List<Tabular<?>> learners() {
    return List.of(
        rMax().m(1).initial(1).gamma(GAMMA).steps(20_000),
        delayedQ().m(1).epsilon1(0.01).initial(1).gamma(GAMMA).steps(60_000),
        qLearning().learningRate(1).epsilon(0).initial(1).gamma(GAMMA).steps(60_000));
  }

  /** What the first so many tasks of the family say, solved exactly. */
  static QPrior prior(int count) {
    GoalRooms train = FAMILY.train(count);
    List<Policy> solvers = new ArrayList<>();
    List<Env> sources = new ArrayList<>();
    for (int task = 0; task < count; task++) {
      sources.add(train.task(task));
      solvers.add(solve(train.task(task)).discount(GAMMA).run().policy());
    }
    return new Extraction(
            Extraction.OPTIONS
                .standard()
                .with(Extraction.STEPS, 400)
                .with(Extraction.DISCOUNT, GAMMA))
        .run(solvers, sources, Session.unwatched("return"));
  }

  /** The first look at which greedy actions lead to the goal, in steps; each task has a seed. */
  static double[] steps(Tabular<?> learner, GoalRooms tasks) {
    Algorithm looked = learner.evaluateEvery(100).evaluateEpisodes(1).stopAt(1);
    double[] steps = new double[tasks.contexts()];
    Parallel.all(
        IntStream.range(0, steps.length)
            .mapToObj(
                task ->
                    (Runnable)
                        () -> {
                          Session session = Session.unwatched(looked.columns());
                          looked.train(tasks.task(task), new long[] {task}, session);
                          double[] at = session.curve().column("step");
                          steps[task] = at[at.length - 1];
                        })
            .toList());
    return steps;
  }

  @Override
  public Found run(Scale scale) {
    QPrior mean = prior(sources(scale));
    Map<String, QPrior> priors = new LinkedHashMap<>();
    for (Aggregation how : List.of(Aggregation.MAX, Aggregation.MEAN, Aggregation.UNCERTAINTY)) {
      priors.put(how.name().toLowerCase(Locale.ROOT), mean.by(how));
    }
    List<Finding> findings = new ArrayList<>();
    List<Dot> dots = new ArrayList<>();
    for (Tabular<?> learner : learners()) {
      Map<String, Tabular<?>> arms = new LinkedHashMap<>();
      arms.put("optimism alone", learner);
      priors.forEach((how, prior) -> arms.put("prior by " + how, learner.initializedBy(prior)));
      for (var arm : arms.entrySet()) {
        double[] steps = steps(arm.getValue(), FAMILY.test(tasks(scale)));
        Measured measured =
            Measured.of(
                "rooms: %s, %s".formatted(learner.name(), arm.getKey()),
                "steps to the goal, mean of %s tasks".formatted(steps.length),
                steps);
        findings.add(
            measured
                .how(
                    "not there by the end",
                    Arrays.stream(steps).filter(n -> n >= learner.steps()).count())
                .reported());
        dots.add(measured.dot(learner.name() + ", " + arm.getKey()));
      }
    }
    return new Found(
        findings,
        List.of(new Dots("rooms: steps to the goal", "environment steps", dots)),
        List.of(
            String.format(
                Locale.ROOT,
                "rooms: %d solved tasks; the rarest goal comes with a probability of %.3f, so that %d suffice at a failure of %s.",
                sources(scale),
                FAMILY.rarest(),
                Aggregation.tasks(FAILURE, FAMILY.rarest()),
                FAILURE)),
        0);
  }
}
