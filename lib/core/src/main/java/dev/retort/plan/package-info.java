/**
 * Plans: what the verbs of the language build.
 *
 * <p>A {@link dev.retort.plan.Plan} is an immutable value. It says what would happen ({@code
 * explain}), starts it in the background ({@code start}), runs it to its result ({@code run}), or
 * does nothing twice ({@code once}); each of those hands a {@link dev.retort.run.Job} to a run,
 * which can be watched, stopped and resumed:
 *
 * <pre>{@code
 * Training plan = train(ppo().steps(100_000)).on(env("CartPole")).seed(0);
 * plan.explain();
 * Policy teacher = plan.run();
 * }</pre>
 *
 * <p>The same plan run twice gives the same bits on the same engine build, device and thread count.
 *
 * <p>Depends on every package but {@code paper} and the root.
 */
package dev.retort.plan;
