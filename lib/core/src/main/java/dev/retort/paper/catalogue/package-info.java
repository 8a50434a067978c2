/**
 * The classical catalogue of policy distillation: every loss and every loop, with one teacher, one
 * network and one budget.
 *
 * <p>Losses are compared on one dataset, in which the teacher acted; loops by who acts, what is
 * learned of the states that are met, what is seen of them, and what the teacher is asked. Their
 * papers are named by the classes that implement them: {@code loss/Distances} lists the losses,
 * {@code guidance/Kickstart}, {@code guidance/JumpStart}, {@code dagger/Dagger}, {@code teach/Dna}
 * and {@code teach/Iter} the loops. No number of theirs is held here, since none of them used these
 * tasks: what is compared are our own reconstructions with each other.
 *
 * <p>The study is written in the words of the language, an arm a line:
 *
 * <pre>{@code
 * distill(teacher).from(data).into(mlp(64, 64)).minimizing(kl()).members(10).once();
 * train(ppo().taskReward(false).guidedBy(kickstart(teacher).throughout())).on(env).seeds(10).once();
 * }</pre>
 *
 * <p>Depends on {@code dev.retort.paper} and on the words of the root.
 */
package dev.retort.paper.catalogue;
