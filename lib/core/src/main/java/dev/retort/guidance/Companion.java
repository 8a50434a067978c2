package dev.retort.guidance;

import dev.retort.env.VectorEnv;
import dev.retort.env.normalize.Normalization;
import dev.retort.figure.Figure;
import dev.retort.nn.Network;
import dev.retort.policy.Policy;
import dev.retort.run.Resumable;
import java.util.List;
import java.util.Optional;

/**
 * What accompanies a group of members while they learn, and has a say at some points of the loop:
 * guides, bonuses, pulls towards a teacher, a base that is added to. Whatever a companion has
 * nothing to say about stays as it is.
 *
 * <p>Rows are ordered by member, then copy. Observations are what the environment shows, before any
 * normalization.
 */
public interface Companion extends AutoCloseable {
  /** A companion who says nothing. */
  Companion NONE = new Companion() {};

  /** Everything that has to be saved. */
  default Resumable state() {
    return new Resumable();
  }

  /** Before the first step: the networks that will learn. */
  default void begin(Network online) {}

  /** How a member sees at first, where its running statistics go on from those of a policy. */
  default Optional<Normalization> normalization(int member) {
    return Optional.empty();
  }

  /** Whether there is anything to learn. */
  default boolean learns() {
    return true;
  }

  /**
   * Before actions are chosen by their values; only learners of action values ask.
   *
   * @param step environment steps that each member has taken
   * @param seen observations, {@code (rows, obsSize)}
   * @param values of the actions, {@code (rows, choices)}; may be changed
   */
  default void act(long step, float[] seen, float[] values) {}

  /**
   * After actions are chosen, before they are taken; those of a normal distribution may lie beyond
   * the bounds, into which they are clipped afterwards.
   *
   * @param seen observations, {@code (rows, obsSize)}
   * @param actions {@code (rows, actionSize)}; may be changed
   * @param guided set where an action is another's and not the learner's own, {@code (rows)}
   */
  default void choose(float[] seen, float[] actions, boolean[] guided) {}

  /**
   * After a step.
   *
   * @param before what was acted on, {@code (rows, obsSize)}
   * @param actions that were taken, {@code (rows, actionSize)}
   * @param rewards by which is learned, {@code (rows)}; may be changed
   */
  default void took(float[] before, float[] actions, VectorEnv envs, float[] rewards) {}

  /**
   * After a rollout, before advantages are estimated; only learners from rollouts ask.
   *
   * @param played whose rewards may be changed
   */
  default void played(Played played) {}

  /**
   * Before targets are computed; only learners of action values ask.
   *
   * @param nextObs observations, {@code (members, batch, obsSize)}
   * @param values of the actions there, {@code (members, batch, choices)}; may be changed
   */
  default void target(float[] nextObs, int batch, float[] values) {}

  /**
   * Before the values of a minibatch are held against their targets; only learners of action values
   * ask.
   *
   * @param obs what the environment showed, {@code (members, batch, obsSize)}
   * @param values of the actions there, {@code (members, batch, choices)}; what does not depend on
   *     the network may be added
   */
  default void value(float[] obs, int batch, float[] values) {}

  /** Before the gradient is taken back through the network: what a companion wants is added. */
  default void learn(LearningBatch lesson) {}

  /** The share of a member's decisions since it was asked last in which a prior was believed. */
  default double believed(int member) {
    return Double.NaN;
  }

  /** A further column of the curve, for one member; NaN where there is none. */
  default double column(String name, int member) {
    return Double.NaN;
  }

  /** Labels that a member's teacher has given so far. */
  default long queries(int member) {
    return 0;
  }

  /** Pictures of what the first member knows, for whoever watches. */
  default List<Figure> pictures() {
    return List.of();
  }

  /**
   * What a member's training gives: its own policy, or what a companion makes of it or gives in its
   * place.
   */
  default Policy policy(int member, Policy own) {
    return own;
  }

  @Override
  default void close() {}
}
