package dev.retort.plan;

import dev.retort.RetortException;
import dev.retort.env.Definition;
import dev.retort.env.Env;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.solve.BinnedSolution;
import dev.retort.solve.EnvModel;
import dev.retort.solve.Model;
import dev.retort.solve.Solution;
import dev.retort.solve.ValueIteration;
import dev.retort.table.Bins;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The plan to solve an environment exactly, by value iteration.
 *
 * <pre>{@code
 * Solution lake = solve(env("FrozenLake")).discount(0.99).run();
 * lake.values().fromStart();
 * Evaluation best = evaluate(lake.policy()).on(env("FrozenLake")).run();
 * }</pre>
 *
 * @param settings discount, tolerance and the most sweeps
 * @param env what
 */
public record Solving(Settings settings, Env env) {
  private static final String EXPLAINS = ", explain() says more";

  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("solve");

  public static final Option<Double> DISCOUNT  = OPTIONS.real("discount", 0.99).from(0, 1).says("γ, what a reward is worth a step later");
  public static final Option<Double> TOLERANCE = OPTIONS.real("tolerance", 1e-9).from(1e-15).says("distance of values from the best ones");
  public static final Option<Long>   SWEEPS    = OPTIONS.whole("sweeps", 100_000L).from(1).in("sweeps").says("sweeps at most");

  /** γ, what a reward is worth a step later; 1 for tasks that always end. */
  public Solving discount(double discount) { return with(DISCOUNT, discount); }

  /** Distance of values from the best ones, at most. */
  public Solving tolerance(double distance) { return with(TOLERANCE, distance); }

  /** Sweeps at most. */
  public Solving sweeps(long sweeps) { return with(SWEEPS, sweeps); }
  // spotless:on

  /** Refuses nothing to solve. */
  public Solving {
    Definition.given("solve", env);
  }

  /** The plan at its defaults. */
  public static Solving of(Env env) {
    return new Solving(OPTIONS.standard(), env);
  }

  private <T> Solving with(Option<T> option, T value) {
    return new Solving(settings.with(option, value), env);
  }

  /**
   * A task whose observation is its state, discretized by bins; a single count holds for all
   * numbers. Without bounds a number is discretized within those that it may have.
   */
  public Binned bins(int... counts) {
    Given.given("solve", "numbers of bins", counts);
    if (counts.length == 0 || Arrays.stream(counts).anyMatch(count -> count < 1)) {
      throw new RetortException(
          "solve: expected at least 1 bin for each number of an observation, got %s. Say how many: bins(40)."
              .formatted(Arrays.toString(counts)));
    }
    return new Binned(this, Arrays.stream(counts).boxed().toList(), List.of(), List.of());
  }

  /**
   * The plan to solve a continuous task as far as bins can tell.
   *
   * @param of discount, tolerance, sweeps and the task
   * @param counts bins of each number
   * @param low where the first bins begin
   * @param high where the last bins end
   */
  public record Binned(Solving of, List<Integer> counts, List<Double> low, List<Double> high) {
    /** Where the first bins begin. */
    public Binned low(double... bounds) {
      return new Binned(of, counts, Arrays.stream(bounds).boxed().toList(), high);
    }

    /** Where the last bins end. */
    public Binned high(double... bounds) {
      return new Binned(of, counts, low, Arrays.stream(bounds).boxed().toList());
    }

    /** γ, what a reward is worth a step later; 1 for tasks that always end. */
    public Binned discount(double discount) {
      return new Binned(of.discount(discount), counts, low, high);
    }

    /** Distance of values from the best ones of the task of cells, at most. */
    public Binned tolerance(double tolerance) {
      return new Binned(of.tolerance(tolerance), counts, low, high);
    }

    /** Sweeps at most. */
    public Binned sweeps(long sweeps) {
      return new Binned(of.sweeps(sweeps), counts, low, high);
    }

    private Bins grid() {
      return Bins.of(of.env.observations(), counts, low, high);
    }

    /** The same plan, which shows nothing on its way. */
    public Binned quiet() {
      return this;
    }

    /** What would happen. */
    public String explain() {
      return String.format(
          Locale.ROOT,
          "solve %s in %s by value iteration at a discount of %s%n%,d cells, %d states drawn in each",
          of.env.title(),
          grid().summary(),
          of.settings.get(DISCOUNT),
          grid().count(),
          BinnedSolution.SAMPLES);
    }

    /** Solves. */
    public BinnedSolution run() {
      return BinnedSolution.of(of.env, grid(), of.iteration());
    }

    @Override
    public String toString() {
      return Plan.text(
          () ->
              "solve %s in %s at a discount of %s"
                  .formatted(of.env.title(), grid().summary(), of.settings.get(DISCOUNT)),
          EXPLAINS);
    }
  }

  /** The same plan, which shows nothing on its way. */
  public Solving quiet() {
    return this;
  }

  /** What would happen. */
  public String explain() {
    Model model = EnvModel.of(env).model();
    return String.format(
        Locale.ROOT,
        "solve %s by value iteration at a discount of %s%n%,d states, %d actions; at most %,d sweeps over them",
        env.title(),
        settings.get(DISCOUNT),
        model.states(),
        model.actions(),
        settings.get(SWEEPS));
  }

  /** Solves. */
  public Solution run() {
    EnvModel world = EnvModel.of(env);
    return new Solution(world, iteration().solve(world.model()));
  }

  @Override
  public String toString() {
    return Plan.text(
        () -> "solve %s at a discount of %s".formatted(env.title(), settings.get(DISCOUNT)),
        EXPLAINS);
  }

  private ValueIteration iteration() {
    return new ValueIteration(
        settings.get(DISCOUNT), settings.get(TOLERANCE), settings.get(SWEEPS));
  }
}
