/**
 * Distillation: students learn what a teacher would have done.
 *
 * <p>A {@link dev.retort.distill.Distillation} trains {@code members} students as one population on
 * one dataset. A {@link dev.retort.distill.Loss} compares a student's outputs with the teacher's,
 * or, for behaviour cloning, with the action that was taken:
 *
 * <pre>{@code
 * Ensemble students =
 *     new Distillation().network(Mlp.of(16, 16)).members(10).loss(new Loss.Kl(0.5)).run(data, seed, session);
 * }</pre>
 *
 * <p>Members differ in their initialisation and in the order of their minibatches, and share the
 * data.
 *
 * <p>Depends on {@code data}, {@code nn}, {@code policy}, {@code option} and {@code run}.
 */
package dev.retort.distill;
