/**
 * Collection: a behavior acts, a teacher labels.
 *
 * <p>The {@link dev.retort.collect.Behavior} decides what is visited; the teacher's outputs are
 * recorded at every visited state, whoever acted there. What a student sees decides how it
 * generalizes, more than what it is told there:
 *
 * <pre>{@code
 * Dataset narrow = new Collector(teacher, env, new Behavior.Stochastic(), 20_000, seed).run(session);
 * Dataset wide = new Collector(teacher, env, new Behavior.ExploreGo(50), 20_000, seed).run(session);
 * Dataset mixed = narrow.and(new Collector(teacher, env, new Behavior.Uniform(), 20_000, seed).run(session));
 * }</pre>
 *
 * <p>Depends on {@code env}, {@code policy}, {@code data} and {@code run}.
 */
package dev.retort.collect;
