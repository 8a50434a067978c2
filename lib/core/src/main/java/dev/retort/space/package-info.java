/**
 * What an observation or an action looks like.
 *
 * <p>A {@link dev.retort.space.Space} is a value: {@link dev.retort.space.Discrete} is one of
 * {@code n} choices, {@link dev.retort.space.Box} an array of bounded numbers with a shape, {@link
 * dev.retort.space.Group} several of them under names. Every member of a space is stored flat, in
 * {@link dev.retort.space.Space#size()} floats, so that batches are plain arrays:
 *
 * <pre>{@code
 * Space position = Box.of(-4.8f, 4.8f, 1);
 * Space image = Box.of(0, 10, 3, 19, 19);
 * Space both = Group.of("position", position).and("image", image);
 * both.size();                               // 1 + 3 * 19 * 19
 * }</pre>
 *
 * <p>A {@link dev.retort.space.Selection} is some of the numbers of a space, a {@link
 * dev.retort.space.Window} the last steps of one, a {@link dev.retort.space.Symmetry} a group of
 * transformations of what is seen.
 *
 * <p>Depends on {@code random}.
 */
package dev.retort.space;
