/**
 * Supervised learning of populations. Distillation: students learn what a teacher would have done.
 * Fit: networks learn any column of a dataset.
 *
 * <p>A {@link dev.retort.distill.Distillation} trains {@code members} students as one population on
 * one dataset. A {@link dev.retort.distill.Loss} is a sum of terms, each of which compares some of
 * a student's outputs with columns of the dataset: what the teacher gave, or, for behavior cloning,
 * what was done:
 *
 * <pre>{@code
 * Ensemble students =
 *     new Distillation().into(Mlp.of(16, 16)).members(10).minimizing(Loss.of(new Kl(0.5))).run(data, seed, session);
 * Loss several = Loss.of(new Kl(1)).and(0.5, "value", new Mse()).and(0.1, "features", new Mse());
 * }</pre>
 *
 * <p>Both are one loop, {@code Learning}. What is seen of a row is a {@link dev.retort.data.View}:
 * a student may see less than its teacher. A {@link dev.retort.distill.Consistency} is a term by
 * which students treat turned tasks alike.
 *
 * <p>Members differ in their initialization and in the order of their minibatches, and share the
 * data.
 *
 * <p>Depends on {@code data}, {@code nn}, {@code policy}, {@code option} and {@code run}.
 */
package dev.retort.distill;
