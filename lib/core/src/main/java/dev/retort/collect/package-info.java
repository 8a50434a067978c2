/**
 * Collection: a behaviour acts, a teacher labels.
 *
 * <p>The {@link dev.retort.collect.Behaviour} decides what is visited; the teacher's outputs are
 * recorded at every visited state, whoever acted there. What a student sees decides how it
 * generalises, more than what it is told there:
 *
 * <pre>{@code
 * Dataset narrow = Collection.of(teacher, env, Behaviour.stochastic(), 20_000, seed, session);
 * Dataset wide = Collection.of(teacher, env, Behaviour.exploreGo(50), 20_000, seed, session);
 * }</pre>
 *
 * <p>Depends on {@code env}, {@code policy}, {@code data} and {@code run}.
 */
package dev.retort.collect;
