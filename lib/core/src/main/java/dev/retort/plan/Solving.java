package dev.retort.plan;

import dev.retort.env.Env;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.solve.EnvModel;
import dev.retort.solve.Model;
import dev.retort.solve.Solution;
import dev.retort.solve.ValueIteration;

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
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("solve");

  static final Option<Double> DISCOUNT =
      OPTIONS.real("discount", 0.99, 0, 1, "", "γ, what a reward is worth a step later");
  static final Option<Double> TOLERANCE =
      OPTIONS.real(
          "tolerance",
          1e-9,
          1e-15,
          Double.MAX_VALUE,
          "",
          "how far values may be from the best ones");
  static final Option<Long> SWEEPS =
      OPTIONS.whole("sweeps", 100_000, 1, "sweeps", "how many are made at most");

  /** The plan at its defaults. */
  public static Solving of(Env env) {
    return new Solving(OPTIONS.standard(), env);
  }

  /** γ, what a reward is worth a step later; 1 for tasks that always end. */
  public Solving discount(double discount) {
    return new Solving(settings.with(DISCOUNT, discount), env);
  }

  /** How far values may be from the best ones. */
  public Solving tolerance(double tolerance) {
    return new Solving(settings.with(TOLERANCE, tolerance), env);
  }

  /** How many sweeps are made at most. */
  public Solving sweeps(long sweeps) {
    return new Solving(settings.with(SWEEPS, sweeps), env);
  }

  /** What would happen. */
  public String explain() {
    Model model = EnvModel.of(env).model();
    return "solve %s by value iteration at a discount of %s%n%,d states, %d actions; at most %,d sweeps over them"
        .formatted(
            env.name(),
            settings.get(DISCOUNT),
            model.states(),
            model.actions(),
            settings.get(SWEEPS));
  }

  /** Solves. */
  public Solution run() {
    EnvModel world = EnvModel.of(env);
    ValueIteration iteration =
        new ValueIteration(settings.get(DISCOUNT), settings.get(TOLERANCE), settings.get(SWEEPS));
    return new Solution(world, iteration.solve(world.model()));
  }
}
