package dev.retort.plan;

import dev.retort.policy.Policy;
import java.util.List;

/**
 * Policies that are independent runs of one thing, such as seeds of a training or of a
 * distillation: statistics are over them.
 *
 * <pre>{@code
 * Peers students = distill(data).members(5).seeds(10).run();
 * Evaluation result = evaluate(teacher).and("students", students).on(env("CartPole")).run();
 * }</pre>
 */
public sealed interface Peers permits Curves, Cohort {
  /** What they are. */
  String title();

  /** One a seed, in the order of the seeds. */
  List<? extends Policy> policies();
}
