/**
 * The zoo: a few teachers, and data of good, middling, random and mixed behavior, that come with
 * the repository in the folder {@code datasets/zoo}, so that a first distillation needs no
 * training.
 *
 * <p>It is a study like the others: what is trained and collected is fixed before, each training is
 * a run that goes on where it was, and what comes of it is judged. Beside its numbers it leaves a
 * folder for each policy and dataset, each with a card that says origin, scores, license and
 * checksums:
 *
 * <pre>{@code
 * reproduce("zoo").preset("cpu").run().save(Path.of("datasets/zoo"));
 * Policy teacher = policy("zoo/CartPole-ppo");
 * Dataset data = dataset("zoo/CartPole-mixed");
 * }</pre>
 *
 * <p>Policies are written for the Hugging Face hub and data as Minari has them, by whoever knows
 * these formats on the class path. The four kinds of data are those of Fu and others, "D4RL:
 * Datasets for Deep Data-Driven Reinforcement Learning", 2020, arXiv 2004.07219, at our sizes.
 *
 * <p>Depends on {@code dev.retort.paper} and on the words of the root.
 */
package dev.retort.paper.zoo;
