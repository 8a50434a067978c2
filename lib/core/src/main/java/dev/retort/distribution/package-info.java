/**
 * Distributions over actions: how the numbers that a network gives for an observation become
 * behavior.
 *
 * <p>A {@link dev.retort.distribution.Distribution} is a family, such as the normal distributions
 * over two actions; one row of numbers, {@code z[at .. at + size)}, is one member of it. It names
 * its numbers ({@code logits}, {@code mean}, {@code log-deviation}), says which action it prefers
 * and draws one. A {@link dev.retort.distribution.Density} also knows log-probability, entropy and
 * Kullback-Leibler divergence, with their gradients: what policy gradients need.
 *
 * <p>Learners, finished policies, datasets and losses all use these and no arithmetic of their own:
 *
 * <pre>{@code
 * Density density = Density.over(env.actions());       // categorical, normal, or a product of both
 * density.draw(z, at, random, action, 0);
 * density.addGradient(z, at, action, 0, advantage, entropyWeight, dz);
 * }</pre>
 *
 * <p>Depends on {@code space}, {@code random}, {@code loss} and the {@code Output} of {@code nn}.
 */
package dev.retort.distribution;
