/**
 * Honest statistics: what policies are worth, and how sure that is.
 *
 * <p>An {@link dev.retort.evaluate.Evaluator} plays a policy's greedy actions for a fixed number of
 * episodes from paired initial states and gives {@link dev.retort.evaluate.Scores}. {@link
 * dev.retort.evaluate.Evaluation} makes a table of them: means with 95 % {@link
 * dev.retort.evaluate.Intervals}, and the probability of improvement over the first. {@link
 * dev.retort.evaluate.Comparison} does the same for learning curves by a {@link
 * dev.retort.evaluate.Metric}:
 *
 * <pre>{@code
 * Evaluator evaluator = new Evaluator(100, 3, () -> {});
 * Scores teacher = evaluator.evaluate(ppo, env);
 * Scores student = evaluator.evaluate(small, ppo, env);      // and how often it agrees with ppo
 * Evaluation.of(List.of(teacher, student), 3).table();
 * }</pre>
 *
 * <p>A single policy is known through its episodes, a method only through independent runs; every
 * label says which of the two an interval is about. {@link dev.retort.evaluate.Statistics} and
 * {@link dev.retort.evaluate.Bootstrap} follow Rishabh Agarwal and others, "Deep reinforcement
 * learning at the edge of the statistical precipice", 2021, arXiv 2108.13264, and their point
 * statistics agree with rliable 1.2.0 to twelve digits on stored score matrices.
 *
 * <p>Depends on {@code env}, {@code policy}, {@code random}, {@code space} and {@code figure}.
 */
package dev.retort.evaluate;
