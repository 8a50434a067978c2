package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.Retort;
import dev.retort.env.Env;
import dev.retort.env.grid.GoalRooms;
import dev.retort.evaluate.Statistics;
import dev.retort.policy.Policy;
import dev.retort.prior.Aggregation;
import dev.retort.prior.Extraction;
import dev.retort.prior.QPrior;
import dev.retort.run.Session;
import dev.retort.solve.Solution;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** MaxQInit as an experiment that is small: what solved tasks save on others of their family. */
class MaxQInitTest {
  private static final double GAMMA = 0.95;
  private static final double FAILURE = 0.05;
  private static final int TASKS = 40;

  /** Another family than the one on whose tasks the learners' settings were chosen. */
  private static final GoalRooms FAMILY = new GoalRooms().with("familySeed", 1);

  /** So many that the rarest goal has most likely been met. */
  private static final int SOURCES = Aggregation.tasks(FAILURE, FAMILY.rarest());

  private static QPrior prior(int tasks) {
    GoalRooms train = FAMILY.train(tasks);
    List<Policy> solvers = new ArrayList<>();
    List<Env> sources = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      sources.add(train.task(task));
      solvers.add(Retort.solve(train.task(task)).discount(GAMMA).run().policy());
    }
    return new Extraction(
            Extraction.OPTIONS
                .standard()
                .with(Extraction.STEPS, 400L)
                .with(Extraction.DISCOUNT, GAMMA)
                .with(Extraction.AGGREGATION, Aggregation.MAX))
        .run(solvers, sources, Session.unwatched("return"));
  }

  /**
   * The first evaluation at which preferred actions lead to the goal, in steps, task by task; each
   * task has a seed of its own.
   */
  private static double[] steps(Algorithm algorithm, GoalRooms tasks) {
    Algorithm evaluated =
        algorithm.set("evaluate-every", "100").set("evaluate-episodes", "1").set("stop-at", "1");
    double[] steps = new double[tasks.contexts()];
    for (int task = 0; task < steps.length; task++) {
      Session session = Session.unwatched(evaluated.columns());
      evaluated.train(tasks.task(task), new long[] {task}, session);
      double[] scores = session.curve().column("evaluation");
      assertThat(scores[scores.length - 1]).as("%s, task %d", algorithm, task).isEqualTo(1);
      steps[task] = session.curve().column("step")[scores.length - 1];
    }
    return steps;
  }

  @Test
  void sourcesOfThePriorAndTasksThatProfitAreDisjoint() {
    Set<List<Double>> sources = new HashSet<>();
    for (int task = 0; task < SOURCES; task++) {
      sources.add(startAndGoal(FAMILY.train(SOURCES), task));
    }
    for (int task = 0; task < TASKS; task++) {
      assertThat(sources).doesNotContain(startAndGoal(FAMILY.test(TASKS), task));
    }
  }

  private static List<Double> startAndGoal(GoalRooms part, int task) {
    double[] state = part.beginnings(task).get(0).state();
    return List.of(state[0], state[1]);
  }

  @Test
  void afterSoManyTasksTheRarestGoalHasBeenMetAsOftenAsTheRuleSays() {
    assertThat(SOURCES).isEqualTo(64);
    int missed = 0;
    int families = 1_000;
    for (int seed = 0; seed < families; seed++) {
      GoalRooms family = FAMILY.with("familySeed", seed);
      GoalRooms train = family.train(SOURCES);
      double rarest = family.goal(family.goals() - 1);
      missed +=
          IntStream.range(0, SOURCES).noneMatch(i -> startAndGoal(train, i).get(1) == rarest)
              ? 1
              : 0;
    }
    assertThat(missed / (double) families).isBetween(0.03, 0.07); // (1 − p)^64 is 0.049
  }

  @Test
  void thePriorIsOptimisticOnNewTasksWhoseGoalIsNotNew() {
    QPrior prior = prior(SOURCES);
    Set<Double> met = new HashSet<>();
    for (int task = 0; task < SOURCES; task++) {
      met.add(startAndGoal(FAMILY.train(SOURCES), task).get(1));
    }
    int optimistic = 0;
    double[] worth = new double[4];
    float[] seen = new float[1];
    for (int task = 0; task < TASKS; task++) {
      if (!met.contains(startAndGoal(FAMILY.test(TASKS), task).get(1))) {
        continue;
      }
      optimistic++;
      Solution exact = Retort.solve(FAMILY.test(TASKS).task(task)).discount(GAMMA).run();
      for (int state = 0; state < exact.world().model().states(); state++) {
        if (exact.world().model().isTerminal(state)) {
          continue;
        }
        exact.world().env().observe(exact.world().state(state), seen);
        prior.values(seen, 0, worth);
        for (int action = 0; action < 4; action++) {
          assertThat(worth[action])
              .isGreaterThanOrEqualTo(exact.values().value(state, action) - 1e-8);
        }
      }
    }
    assertThat(met).hasSizeGreaterThanOrEqualTo(7);
    assertThat(optimistic).isGreaterThanOrEqualTo(33);
  }

  @Test
  void fromThePriorGoalsAreFoundInFewerStepsThanFromOptimismAlone() {
    // Steps hold and the goal pays once: a visit is enough, and no return is above 1.
    QPrior prior = prior(SOURCES);
    fewer(new RMax().m(1).initial(1).gamma(GAMMA).steps(20_000), prior);
    fewer(new DelayedQ().m(1).epsilon1(0.01).initial(1).gamma(GAMMA).steps(60_000), prior);
    fewer(new QLearning().learningRate(1).epsilon(0).initial(1).gamma(GAMMA).steps(60_000), prior);
  }

  private static void fewer(Algorithm plain, QPrior prior) {
    double[] without = steps(plain, FAMILY.test(TASKS));
    double[] with = steps(plain.withInputs(prior.tensors()), FAMILY.test(TASKS));
    long sooner = IntStream.range(0, TASKS).filter(i -> with[i] < without[i]).count();
    long later = IntStream.range(0, TASKS).filter(i -> with[i] > without[i]).count();
    System.getLogger("retort.test")
        .log(
            System.Logger.Level.INFO,
            "%s: steps to the goal %.0f from the prior, %.0f without; sooner in %d of %d tasks, later in %d"
                .formatted(
                    plain.name(),
                    Statistics.mean(with),
                    Statistics.mean(without),
                    sooner,
                    TASKS,
                    later));
    assertThat(Statistics.mean(with)).isLessThan(Statistics.mean(without));
    assertThat(sooner).isGreaterThan(2 * later);
  }
}
