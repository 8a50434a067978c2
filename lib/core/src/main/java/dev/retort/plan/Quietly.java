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
 */
public sealed interface Quietly<R> {
  /** What is carried. */
  Plan<R> plan();

  /** What would happen: sizes, updates, memory, files, time. */
  default String explain() {
    return plan().explain();
  }

  /** Starts a run in the background, which nobody shows. */
  default Run<R> start() {
    return Quiet.during(plan()::start);
  }

  /** Runs to the end, and gives the result. */
  default R run() {
    return Quiet.during(plan()::run);
  }

  /**
   * Any plan.
   *
   * @param plan what is carried
   */
  record Plain<R>(Plan<R> plan) implements Quietly<R> {
    @Override
    public String toString() {
      return plan.toString();
    }
  }

  /**
   * A plan whose runs can be found again.
   *
   * @param plan what is carried
   */
  record Lasting<R>(dev.retort.plan.Lasting<R> plan) implements Quietly<R> {
    /** What a run of this very plan gives, which may be there already. */
    public R once() {
      return Quiet.during(plan::once);
    }

    @Override
    public String toString() {
      return plan.toString();
    }
  }
}
