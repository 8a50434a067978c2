package dev.retort.plan;

import static dev.retort.Retort.compare;
import static dev.retort.Retort.env;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.evaluation;
import static dev.retort.Retort.randomPolicy;
import static dev.retort.Retort.runs;
import static dev.retort.Retort.solve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.env.grid.FourRooms;
import dev.retort.evaluate.Comparison;
import dev.retort.evaluate.Evaluation;
import dev.retort.evaluate.Evaluator;
import dev.retort.evaluate.Interval;
import dev.retort.evaluate.Metric;
import dev.retort.evaluate.Scores;
import dev.retort.figure.Dots;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.Curve;
import dev.retort.run.Session;
import dev.retort.run.Stopped;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Evaluations by another measure than the return, on stairs of which every number can be counted by
 * hand: those of context {@code c} have {@code c + 1} steps, and an episode may take 5.
 */
class MeasuresTest {
  private static final int CONTEXTS = 10;
  private static final Env STAIRS = new Stairs();
  private static final Policy STEADY = Scripted.of("steady", STAIRS, (seen, act) -> act[0] = 1);

  /** Climbs every other step: two steps for each of the stairs. */
  private static final Policy LAZY =
      Scripted.of("lazy", STAIRS, (seen, act) -> act[0] = seen[1] % 2 == 1 ? 1 : 0);

  @TempDir Path folder;

  /** The state is {@code (stair, steps taken, stairs)}; an agent sees the first two. */
  private static class Stairs implements Env {
    @Override
    public String name() {
      return "Stairs";
    }

    @Override
    public Space observations() {
      return Box.of(0, 100, 2);
    }

    @Override
    public Space actions() {
      return new Discrete(2);
    }

    @Override
    public int horizon() {
      return 5;
    }

    @Override
    public int stateSize() {
      return 3;
    }

    @Override
    public int contexts() {
      return CONTEXTS;
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      reset(random.nextInt(CONTEXTS), state, random);
    }

    @Override
    public void reset(int context, double[] state, RandomStream random) {
      state[0] = 0;
      state[1] = 0;
      state[2] = context + 1;
    }

    /** Draws a number that nobody uses: something is left to chance, as far as anybody can see. */
    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      random.nextDouble();
      state[0] += action[0];
      state[1]++;
      return -1;
    }

    @Override
    public boolean terminated(double[] state) {
      return state[0] >= state[2];
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = (float) state[0];
      observation[1] = (float) state[1];
    }

    @Override
    public List<String> measures() {
      return List.of(SUCCESS, STEPS_TO_SUCCESS, LENGTH_RATIO, "left");
    }

    @Override
    public void measure(double[] state, double[] measured) {
      measured[0] = terminated(state) ? 1 : 0;
      measured[3] = state[2] - state[0];
    }

    @Override
    public boolean isLowerBetter(String measure) {
      return measure.equals("left") || Env.super.isLowerBetter(measure);
    }

    @Override
    public int shortestPath(double[] state) {
      return (int) (state[2] - state[0]);
    }
  }

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.toString());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  private static Evaluating plan() {
    return evaluate(STEADY, LAZY).on(STAIRS).episodes(CONTEXTS);
  }

  private static void assertBetween(Interval found, double low, double high) {
    assertThat(found.low()).isCloseTo(low, within(5e-4));
    assertThat(found.high()).isCloseTo(high, within(5e-4));
  }

  @Test
  void successLeadsWithWilsonsIntervalAndNewcombesDifference() {
    Evaluation found = plan().by("success").run();
    assertThat(found.by()).isEqualTo("success");
    Evaluation.Row steady = found.rows().get(0);
    Evaluation.Row lazy = found.rows().get(1);
    assertThat(steady.mean().value()).as("stairs of 1 to 5 of those of 1 to 10").isEqualTo(0.5);
    assertBetween(steady.mean().interval(), 0.2366, 0.7634);
    assertThat(lazy.mean().value()).as("stairs of 1 and 2").isEqualTo(0.2);
    assertBetween(lazy.mean().interval(), 0.0567, 0.5098);
    assertThat(steady.meanReturn()).as("-1, -2, -3, -4, and six times -5").isEqualTo(-4);
    assertThat(lazy.meanReturn()).as("-2, -4, and eight times -5").isEqualTo(-4.6);
    var difference = lazy.improvement().get().difference().get();
    assertThat(difference.value()).isCloseTo(-0.3, within(1e-12));
    assertBetween(difference.interval(), -0.5998, 0.1066);
    assertThat(lazy.improvement().get().probability().value()).isCloseTo(0.35, within(1e-12));
    assertThat(lazy.improvement().get().chance().getAsDouble()).isBetween(0.05, 0.3);
    assertThat(found.toString())
        .contains("Mean success on Stairs: steady 0.5, lazy 0.2")
        .contains("success [95 %]", "0.500 [0.237, 0.763]", "return", "difference [95 %]")
        .contains("-0.30 [-0.60, 0.11]", "by Wilson; of differences by Newcombe")
        .doesNotContain("worst", "IQM", "median", "fails");
    assertThat(found.table().doubleColumn("return").asDoubleArray()).containsExactly(-4, -4.6);
    assertThat(found.table().doubleColumn("difference").get(1)).isCloseTo(-0.3, within(1e-12));
    assertThat(((Dots) found.plot()).label()).isEqualTo("success, 95 % intervals");
    assertThat(found.gain("steady", "lazy").interval().width())
        .as("pair by pair: lazy never succeeds where steady does not")
        .isLessThan(difference.interval().width());
  }

  @Test
  void aPolicyThatAlwaysSucceedsHasAnIntervalToo() {
    Env easy =
        new Stairs() {
          @Override
          public int contexts() {
            return 3;
          }
        };
    Evaluation found = evaluate(STEADY).on(easy).episodes(3).by("success").run();
    assertThat(found.rows().get(0).mean().value()).isEqualTo(1);
    assertBetween(found.rows().get(0).mean().interval(), 0.4385, 1);
  }

  @Test
  void stepsAndLengthRatioAreOfSuccessesAndLessIsBetter() {
    Evaluation found = plan().by("steps to success").run();
    Evaluation.Row steady = found.rows().get(0);
    Evaluation.Row lazy = found.rows().get(1);
    assertThat(steady.mean().value()).as("1, 2, 3, 4 and 5").isEqualTo(3);
    assertThat(steady.sample()).isEqualTo("5 contexts");
    assertThat(steady.worstTenth()).as("the slowest").isEqualTo(5);
    assertThat(lazy.mean().value()).as("2 and 4").isEqualTo(3);
    assertThat(found.notes().get(0)).endsWith("; lower is better.");
    assertThat(found.notes())
        .contains("Not every episode has steps to success: steady 5 of 10, lazy 2 of 10.");
    assertThat(lazy.improvement().get().probability().value())
        .as("of ten pairs 2 < 3, 4, 5 and 4 < 5 are won, 2 = 2 and 4 = 4 are ties")
        .isCloseTo(0.5, within(1e-12));
    Evaluation ratio = plan().by("length ratio").run();
    assertThat(ratio.rows().get(0).mean().value()).isEqualTo(1);
    assertThat(ratio.rows().get(1).mean().value()).as("every other step").isEqualTo(2);
    assertThat(ratio.rows().get(1).improvement().get().probability().value()).isZero();
    Evaluation left = plan().by("left").run();
    assertThat(left.rows().get(0).mean().value()).as("0 five times, 1 to 5").isEqualTo(1.5);
    assertThat(left.rows().get(1).improvement().get().probability().value()).isLessThan(0.5);
  }

  @Test
  void aMeasureThatNoEpisodeHasIsADash() {
    Policy idle = Scripted.of("idle", STAIRS, (seen, act) -> act[0] = 0);
    Evaluation found =
        evaluate(STEADY, idle).on(STAIRS).episodes(CONTEXTS).by("steps to success").run();
    assertThat(found.rows().get(1).mean().value()).isNaN();
    assertThat(found.rows().get(1).improvement().get().chance()).isEmpty();
    assertThat(found.toString()).contains("idle –", "idle 0 of 10");
    assertThat(compare(found).toString()).contains("By steps to success: steady 3, idle –");
    assertThat(((Dots) found.plot()).dots()).hasSize(1);
  }

  @Test
  void aComparisonIsByWhatLeadsTheEvaluation() {
    Comparison found = compare(plan().by("success").run());
    assertThat(found.label()).isEqualTo("success");
    assertThat(found.rows().get(0).headline().value()).isEqualTo(0.5);
    assertBetween(found.rows().get(0).headline().interval(), 0.2366, 0.7634);
    assertThat(found.toString()).contains("By success: steady 0.5, lazy 0.2", "share [95 %]");
    assertThat(found.table().doubleColumn("difference low").get(1))
        .isCloseTo(-0.5998, within(5e-4));
    Comparison steps = compare(plan().by("steps to success").run());
    assertThat(steps.better()).isEqualTo(Metric.Better.LOWER);
    assertThat(compare(plan().run()).label()).isEqualTo("return");
  }

  @Test
  void ofPopulationsTheRunsSharesAreTheSample() {
    Evaluating.Candidate two = new Evaluating.Candidate("two", List.of(STEADY, LAZY));
    Evaluation found =
        new Evaluating.Of(List.of(two)).on(STAIRS).episodes(CONTEXTS).by("success").run();
    assertThat(found.scores().get(0).sample()).containsExactly(0.5, 0.2);
    assertThat(found.isOfRuns()).isTrue();
    assertThat(found.toString()).startsWith("IQM of the success on Stairs: two 0.35");
  }

  @Test
  void unknownMeasuresAreRefusedInWordsThatListThoseThatThereAre() {
    assertThatThrownBy(() -> plan().by("sucess"))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "evaluate on 'Stairs': expected a measure among [return, success, steps to success, length ratio, left], got 'sucess'. Did you mean 'success'?");
    Env pendulum = env("Pendulum");
    Evaluating plain = evaluate(randomPolicy(pendulum)).on(pendulum);
    assertThatThrownBy(() -> plain.by("success"))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "evaluate on 'Pendulum': expected a measure among [return], got 'success'. The environment has none of its own. Add some: override measures() with their names and measure(state, measured), which writes them by the state in which an episode ends.");
    assertThat(plain.by("return")).isEqualTo(plain);
    assertThatThrownBy(() -> plain.by(null)).isInstanceOf(RetortException.class);
    Env own =
        new Stairs() {
          @Override
          public List<String> measures() {
            return List.of("return");
          }
        };
    assertThatThrownBy(() -> evaluate(STEADY).on(own).run())
        .hasMessageContaining("to name measures beside the return, got 'return'");
  }

  @Test
  void aSolvedLakeIsLeftAtTheGoalAsOftenAsTheoryHasIt() {
    Env lake = env("FrozenLake");
    Policy best = solve(lake).discount(1).run().policy();
    Evaluation found = evaluate(best).on(lake).episodes(400).by("success").run();
    assertThat(found.rows().get(0).mean().interval().contains(0.74))
        .as("14 of 17 without a limit, some 0.74 in 100 steps")
        .isTrue();
  }

  @Test
  void theMeasureBelongsToThePlanAndIsSavedWithTheResult() {
    Env lake = env("FrozenLake");
    Evaluating plan = evaluate(randomPolicy(lake)).on(lake).episodes(200);
    Evaluation bySuccess = plan.by("success").once();
    assertThat(bySuccess.rows().get(0).mean().value())
        .as("of the lake the return is success")
        .isEqualTo(bySuccess.rows().get(0).meanReturn());
    assertThat(evaluation(1).rows()).isEqualTo(bySuccess.rows());
    assertThat(evaluation(1).toString()).isEqualTo(bySuccess.toString());
    assertThat(plan.once().by()).isEqualTo("return");
    assertThat(plan.by("success").once().rows()).isEqualTo(bySuccess.rows());
    assertThat(runs()).as("the third was the first").hasSize(2);
    assertThat(plan.by("success").explain()).contains("by success");
    Evaluating ofCode = evaluate(Scripted.of("right", lake, (seen, act) -> act[0] = 2)).on(lake);
    ofCode.once();
    ofCode.once();
    assertThat(runs()).as("nobody sees whether code is the same").hasSize(4);
  }

  /** Stops at one of the boundaries, and keeps the state. */
  private static final class Stopping implements Session {
    private final Curve curve;
    private final Optional<Tensors> from;
    private int left;
    private Tensors kept = new Tensors();

    Stopping(Curve curve, Optional<Tensors> from, int boundaries) {
      this.curve = curve;
      this.from = from;
      this.left = boundaries;
    }

    @Override
    public Optional<Tensors> resumed() {
      return from;
    }

    @Override
    public Curve curve() {
      return curve;
    }

    @Override
    public void check() {}

    @Override
    public void boundary(long at, Supplier<Tensors> state) {
      if (--left == 0) {
        kept = state.get();
        throw new Stopped();
      }
    }
  }

  @Test
  void anEvaluationThatIsResumedHasTheSameMeasures() {
    var job = plan().episodes(130).by("length ratio").job();
    Evaluation whole = job.execute(Session.unwatched(job.columns()));
    Stopping stopped = new Stopping(new Curve(job.columns()), Optional.empty(), 7);
    assertThatThrownBy(() -> job.execute(stopped)).isInstanceOf(Stopped.class);
    Evaluation resumed = job.execute(new Stopping(stopped.curve, Optional.of(stopped.kept), -1));
    assertThat(resumed.rows()).isEqualTo(whole.rows());
    assertThat(resumed.episodes().toString()).isEqualTo(whole.episodes().toString());
  }

  @Test
  void aCheckpointWithFewerMeasuresBeginsItsEpisodesAnew() {
    Evaluator twelve = new Evaluator(12, 0, () -> {});
    try (Evaluator.Play first = twelve.play(STEADY, Optional.empty(), STAIRS);
        Evaluator.Play second = twelve.play(STEADY, Optional.empty(), STAIRS)) {
      first.step();
      second.restore(first.save().put("measured", new double[12]));
      assertThat(second.played()).isZero();
      while (!second.isOver()) {
        second.step();
      }
      assertThat(second.scores().tensors().doubles("measure left"))
          .isEqualTo(twelve.evaluate(STEADY, STAIRS).tensors().doubles("measure left"));
    }
  }

  @Test
  void scoresThatWereSavedBeforeMeasuresLedAreStillRead() {
    Tensors old =
        new Tensors()
            .describe("policy", "old")
            .describe("environment", "Stairs")
            .put("episodes", new int[] {2})
            .put("returns", new double[] {-3, -5})
            .put("visits", new long[] {8, 0, 0})
            .put("measure success", new double[] {1, 0});
    Scores read = Scores.of(old);
    assertThat(read.by()).isEqualTo("return");
    assertThat(read.sample()).containsExactly(-3, -5);
    assertThat(read.by("success").sample()).containsExactly(1, 0);
    assertThat(read.by("success").better()).isEqualTo(Metric.Better.HIGHER);
    assertThatThrownBy(() -> read.by("steps to success"))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("return, success");
    assertThat(Scores.population("both", List.of(read, read.by("return"))).measures())
        .containsExactly("success");
  }

  @Test
  void specificationsOfBeforeAreByTheReturn() {
    Env lake = env("FrozenLake");
    var job = evaluate(randomPolicy(lake)).on(lake).job();
    var spec = job.spec();
    spec.getAsJsonObject("settings").remove("by");
    Plan<?> read = Evaluating.read(spec, job.inputs(), json -> lake);
    assertThat(((Evaluating) read).settings().get(Evaluating.BY)).isEqualTo("return");
    assertThat(read.job().spec()).as("and so are found again").isEqualTo(job.spec());
  }

  @Test
  void builtInTasksThatCanBeSolvedMeasureTheirSuccessAndItsSteps() {
    for (String name :
        List.of(
            "FourRooms",
            "GoalRooms",
            "FrozenLake",
            "CliffWalking",
            "Reacher",
            "RobotRooms",
            "Acrobot",
            "MountainCar",
            "MountainCarContinuous")) {
      assertThat(Environments.get(name).measures())
          .as(name)
          .startsWith("success", "steps to success");
    }
    assertThat(env("CartPole").measures()).as("success is to last").containsExactly("success");
    assertThat(env("CliffWalking").with("successRate", 0.8).measures())
        .as("where steps slip no path is the shortest")
        .doesNotContain("length ratio");
  }

  @Test
  void lengthRatiosOfBuiltInTasksAreThoseOfShortestPaths() {
    FourRooms rooms = new FourRooms();
    Policy best =
        Scripted.of(
            "best",
            rooms,
            (seen, act) -> {
              double[] state = new double[rooms.stateSize()];
              rooms.stateOf(seen, state);
              act[0] = rooms.optimalAction(state);
            });
    Evaluation found = evaluate(best).on(rooms.train(20)).by("length ratio").run();
    assertThat(found.rows().get(0).min()).isEqualTo(1);
    assertThat(found.rows().get(0).max()).isEqualTo(1);
    Env cliff = env("CliffWalking");
    Policy safe =
        Scripted.of(
            "safe",
            cliff,
            (seen, act) -> {
              int cell = (int) seen[0];
              act[0] = cell % 12 == 11 ? 2 : cell / 12 > 0 ? 0 : 1;
            });
    Evaluation walk = evaluate(safe).on(cliff).by("length ratio").run();
    assertThat(walk.rows().get(0).mean().value())
        .as("3 up, 11 to the right, 3 down, where 13 would do")
        .isCloseTo(17 / 13.0, within(1e-12));
    double[] state = new double[2];
    Env goals = env("GoalRooms");
    goals.reset(state, RandomStream.of(0, "look"));
    assertThat(goals.shortestPath(new double[] {0, 10}))
        .as("from one corner to the next: 10 to the right, 2 down to the door and up again")
        .isEqualTo(14);
  }
}
