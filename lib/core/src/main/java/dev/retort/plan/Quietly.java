package dev.retort.plan;

import dev.retort.run.Quiet;
import dev.retort.run.Run;

/**
 * A plan that is carried without cards and lines of progress: only its result shows itself. What
 * goes wrong is thrown as ever.
 *
 * <pre>{@code
 * Policy teacher = train(ppo().steps(100_000)).on(env("CartPole")).quiet().run();
 * }</pre>
 *
 * @param <R> what it gives
 * @param plan what is carried
 */
public record Quietly<R>(Plan<R> plan) {
  /** What would happen: sizes, updates, memory, files, time. */
  public String explain() {
    return plan.explain();
  }

  /** Starts a run in the background, which nobody shows. */
  public Run<R> start() {
    return Quiet.during(plan::start);
  }

  /** Runs to the end, and gives the result. */
  public R run() {
    return Quiet.during(plan::run);
  }

  /** What a run of this very plan gives, which may be there already. */
  public R once() {
    return Quiet.during(plan::once);
  }

  @Override
  public String toString() {
    return plan.toString();
  }
}
