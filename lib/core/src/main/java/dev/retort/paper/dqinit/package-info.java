/**
 * Soumia Mehimeh, "Value Function Initialization for Knowledge Transfer and Jump-start in Deep
 * Reinforcement Learning", 2025, arXiv 2508.09277.
 *
 * <p>Only the abstract and the beginning of the introduction are known to us: a learner begins with
 * what solved tasks say that actions are worth, and believes it where it knows little. The method
 * is reconstructed from these words, the tasks and numbers are ours, and none of the outcomes is
 * the paper's. Beside it stand rivals that use the same solved tasks otherwise, learners without
 * any, and the table alone, which never learns; and the older lineage with tables, MaxQInit (Abel
 * et al., 2018), on rooms that can be solved exactly.
 *
 * <p>The study is written in the words of the language:
 *
 * <pre>{@code
 * Env family = env("MountainCar-varied");
 * QPrior prior = qPrior(solvers).on(family.train(6)).steps(20_000).once();
 * Curves own =
 *     train(dqn().guidedBy(dqInit(prior).knownAfter(300))).on(family.test(20).eachTask()).seeds(60).once();
 * }</pre>
 *
 * <p>Depends on {@code dev.retort.paper} and on the words of the root.
 */
package dev.retort.paper.dqinit;
