/**
 * Zero-shot transfer of policies between tasks that symmetries relate: how far a training set is
 * from the whole group, how invariant a policy is, and what theory promises of an ensemble.
 *
 * <pre>{@code
 * new CyclicGroup(4).kappa();                                     // 0.7654
 * TransferBound bound = TransferBound.illustration();
 * bound.of(10, new CyclicGroup(4).kappa());                       // how much return may be lost
 * Invariance.totalVariation(students, new Reacher().symmetry(4).narrowed("sweep", 360));
 * }</pre>
 *
 * <p>Max Weltevrede, Moritz A. Zanger, Matthijs T. J. Spaan, Wendelin Böhmer, "How Ensembles of
 * Distilled Policies Improve Generalisation in Reinforcement Learning", 2025, arXiv 2505.16581.
 *
 * <p>Depends on {@code env}, {@code policy} and {@code figure}.
 */
package dev.retort.transfer;
