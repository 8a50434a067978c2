package dev.retort.teach;

import dev.retort.option.Option;
import dev.retort.option.Schema;

/**
 * An algorithm whose network may see normalized numbers, and earn them.
 *
 * @param <A> the algorithm itself
 */
public sealed interface Normalizing<A extends Normalizing<A>> extends Evaluated<A>
    permits Ppo, OffPolicy {
  // spotless:off
  /** Options of algorithms that normalize, and of every algorithm. */
  Schema NORMALIZING = new Schema("normalizing").endingWith(EVALUATION);

  Option<Boolean> NORMALIZE_OBSERVATIONS = NORMALIZING.flag("normalize-observations", false).formerly("normalise-observations").says("whether the network sees deviations from a running mean");
  Option<Boolean> NORMALIZE_REWARDS      = NORMALIZING.flag("normalize-rewards", false).formerly("normalise-rewards").says("whether rewards are divided by the deviation of the running return");

  /** Observations as deviations from a running mean, in units of the running deviation. */
  default A normalizeObservations(boolean on) { return with(NORMALIZE_OBSERVATIONS, on); }
  default boolean normalizeObservations() { return get(NORMALIZE_OBSERVATIONS); }

  /** Rewards divided by the deviation of the running return. */
  default A normalizeRewards(boolean on) { return with(NORMALIZE_REWARDS, on); }
  default boolean normalizeRewards() { return get(NORMALIZE_REWARDS); }
  // spotless:on

  /**
   * Observations and rewards normalized by running statistics. Those of observations become part of
   * the policy. A memory keeps what the environment gave, which is normalized when it is drawn;
   * values of actions are then in units of the return's deviation.
   */
  default A normalized() {
    return normalizeObservations(true).normalizeRewards(true);
  }

  /** Whether anything is normalized. */
  default boolean normalizes() {
    return normalizeObservations() || normalizeRewards();
  }
}
