package dev.retort.paper.dqinit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.Retort;
import dev.retort.env.grid.GoalRooms;
import dev.retort.evaluate.Statistics;
import dev.retort.paper.Scale;
import dev.retort.prior.Aggregation;
import dev.retort.prior.QPrior;
import dev.retort.solve.Solution;
import dev.retort.teach.Tabular;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** MaxQInit as an experiment that is small: what solved tasks save on others of their family. */
class MaxQInitTableTest {
  private static final GoalRooms FAMILY = MaxQInitTable.FAMILY;
  private static final int TASKS = MaxQInitTable.tasks(Scale.CPU);

  /** So many that the rarest goal has most likely been met. */
  private static final int SOURCES = MaxQInitTable.sources(Scale.CPU);

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
    QPrior prior = MaxQInitTable.prior(SOURCES).by(Aggregation.MAX);
    Set<Double> met = new HashSet<>();
    for (int task = 0; task < SOURCES; task++) {
      met.add(startAndGoal(FAMILY.train(SOURCES), task).get(1));
    }
    int optimistic = 0;
    double[] values = new double[4];
    float[] seen = new float[1];
    for (int task = 0; task < TASKS; task++) {
      if (!met.contains(startAndGoal(FAMILY.test(TASKS), task).get(1))) {
        continue;
      }
      optimistic++;
      Solution exact =
          Retort.solve(FAMILY.test(TASKS).task(task)).discount(MaxQInitTable.GAMMA).run();
      for (int state = 0; state < exact.world().model().states(); state++) {
        if (exact.world().model().isTerminal(state)) {
          continue;
        }
        exact.world().env().observe(exact.world().state(state), seen);
        prior.values(seen, 0, values);
        for (int action = 0; action < 4; action++) {
          assertThat(values[action])
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
    QPrior prior = MaxQInitTable.prior(SOURCES).by(Aggregation.MAX);
    MaxQInitTable.learners().forEach(learner -> fewer(learner, prior));
  }

  private static void fewer(Tabular<?> plain, QPrior prior) {
    double[] without = MaxQInitTable.steps(plain, FAMILY.test(TASKS));
    double[] with = MaxQInitTable.steps(plain.initializedBy(prior), FAMILY.test(TASKS));
    long sooner = IntStream.range(0, TASKS).filter(i -> with[i] < without[i]).count();
    long later = IntStream.range(0, TASKS).filter(i -> with[i] > without[i]).count();
    assertThat(Statistics.mean(with)).isLessThan(Statistics.mean(without));
    assertThat(sooner).isGreaterThan(2 * later);
  }
}
