/**
 * DAgger: students act, the teacher labels what they get to see.
 *
 * <p>A student that has learned from its teacher's states alone has no advice for those that its
 * own mistakes lead to. {@link dev.retort.dagger.Dagger} lets it make them, round by round, and
 * asks the teacher what it would have done there:
 *
 * <pre>{@code
 * Dagger dagger = new Dagger().rounds(8).stepsEach(20_000).mixing(Schedule.constant(0));
 * Ensemble students = dagger.run(teacher, env, seed, session);
 * }</pre>
 *
 * <p>Depends on {@code collect}, {@code distill} and what they depend on.
 */
package dev.retort.dagger;
