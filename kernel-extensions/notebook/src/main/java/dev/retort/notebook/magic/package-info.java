/**
 * Magics: one line for one expression of the language.
 *
 * <p>A {@link dev.retort.notebook.magic.RetortMagic} turns what was typed into a {@link
 * dev.retort.notebook.magic.Phrase}, an expression that is Java text and a deed at once; {@code
 * --java} prints the first, and without it the second is done:
 *
 * <pre>{@code
 * %teacher PPO CartPole --steps 30000 --java
 *   train(ppo().steps(30_000)).on(env("CartPole")).seed(0)
 * }</pre>
 *
 * <p>Options come from the schemas of {@code dev.retort.option}, of which every algorithm and plan
 * has one: flags, lines of a body, help and the tables of the documentation read the same schema.
 *
 * <p>Depends on the library, on {@code dev.retort.report} and on {@code dev.retort.notebook}.
 */
package dev.retort.notebook.magic;
