package dev.retort.guidance;

import dev.retort.env.VectorEnv;
import dev.retort.figure.Figure;
import dev.retort.nn.Network;
import dev.retort.policy.Policy;
import dev.retort.run.Resumable;
import java.util.List;
import java.util.Optional;

/**
 * A guidance at work on a group of members: what a value learner asks at each point of its loop.
 * Whatever a guide has nothing to say about stays as it is.
 */
public interface Guide extends AutoCloseable {
  /** A guide who says nothing. */
  Guide SILENT = new Guide() {};

  /** Everything that has to be saved. */
  default Resumable state() {
    return new Resumable();
  }

  /** Before the first step: the networks that will learn. */
  default void begin(Network online) {}

  /** Whether there is anything to learn. */
  default boolean learns() {
    return true;
  }

  /**
   * Before actions are chosen.
   *
   * @param step environment steps that each member has taken
   * @param seen observations, {@code (members, obsSize)}
   * @param values of the actions by which they are chosen, {@code (members, choices)}
   */
  default void act(long step, float[] seen, float[] values) {}

  /**
   * After actions are chosen.
   *
   * @param seen observations, {@code (members, obsSize)}
   * @param actions {@code (members)}
   */
  default void choose(float[] seen, float[] actions) {}

  /**
   * After a step.
   *
   * @param before what was acted on, {@code (members, obsSize)}
   * @param actions that were taken, {@code (members)}
   */
  default void took(float[] before, float[] actions, VectorEnv envs) {}

  /**
   * Before targets are computed.
   *
   * @param nextObs observations, {@code (members, batch, obsSize)}
   * @param values of the actions there, {@code (members, batch, choices)}
   */
  default void target(float[] nextObs, int batch, float[] values) {}

  /**
   * Before the gradient is taken back through the network.
   *
   * @param obs observations, {@code (members, batch, obsSize)}
   * @param actions that were taken there, {@code (members, batch)}
   * @param targets of the taken actions, {@code (members, batch)}
   * @param q the network's values, {@code (members, batch, choices)}
   * @param dq the loss's gradient with respect to them; what a guide wants is added
   */
  default void learn(
      float[] obs, float[] actions, int batch, double[] targets, float[] q, float[] dq) {}

  /** The share of a member's decisions since it was asked last in which a prior was believed. */
  default double believed(int member) {
    return Double.NaN;
  }

  /** Pictures of what the first member knows, for whoever watches. */
  default List<Figure> pictures() {
    return List.of();
  }

  /** What a member's training gives in place of its network. */
  default Optional<Policy> policy(int member) {
    return Optional.empty();
  }

  @Override
  default void close() {}
}
