package dev.retort.teach;

import dev.retort.option.Schedule;
import dev.retort.option.Settings;

/**
 * An algorithm that learns from a memory of what it did, and what is set alike in all of them.
 *
 * @param <A> the algorithm itself
 */
public sealed interface OffPolicy<A extends OffPolicy<A>> extends Algorithm permits Dqn, Td3, Sac {
  /** The options of the memory. */
  @SuppressWarnings("exports")
  Experience experience();

  @Override
  A with(Settings settings);

  @Override
  default long steps() {
    return get(experience().steps());
  }

  /** How many environment steps each seed trains. */
  default A steps(long steps) {
    return with(settings().with(experience().steps(), steps));
  }

  /** A constant step size of Adam. */
  default A learningRate(double rate) {
    return learningRate(Schedule.constant(rate));
  }

  /** The step size of Adam over training. */
  default A learningRate(Schedule rate) {
    return with(settings().with(experience().learningRate(), rate));
  }

  /** Discount factor γ. */
  default A gamma(double gamma) {
    return with(settings().with(experience().gamma(), gamma));
  }

  /** How many rewards are summed before the bootstrap. */
  default A nStep(int steps) {
    return with(settings().with(experience().nStep(), (long) steps));
  }

  /** How many transitions are remembered. */
  default A memory(long transitions) {
    return with(settings().with(experience().memory(), transitions));
  }

  /** How many steps are uniformly random before learning. */
  default A warmUp(long steps) {
    return with(settings().with(experience().warmUp(), steps));
  }

  /** How many environment steps lie between two blocks of updates. */
  default A trainEvery(int steps) {
    return with(settings().with(experience().trainEvery(), (long) steps));
  }

  /** Gradient steps in a block. */
  default A updates(int updates) {
    return with(settings().with(experience().updates(), (long) updates));
  }

  /** Size of a minibatch. */
  default A batchSize(int size) {
    return with(settings().with(experience().batch(), (long) size));
  }

  /**
   * Observations and rewards normalised by running statistics. The memory keeps what the
   * environment gave, which is normalised when it is drawn; the statistics of observations become
   * part of the policy. Values of actions are then in units of the return's deviation.
   */
  default A normalised() {
    return with(experience().normalising().on(settings()));
  }
}
