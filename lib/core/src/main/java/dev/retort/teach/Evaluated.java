package dev.retort.teach;

import dev.retort.option.Inner;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Type;

/**
 * An algorithm whose training may be evaluated on its way.
 *
 * @param <A> the algorithm itself
 */
public interface Evaluated<A extends Evaluated<A>> extends Algorithm {
  // spotless:off
  /** Options of every algorithm; the episodes of evaluations do not count as environment steps. */
  Schema EVALUATION = new Schema("evaluation");

  Option<Long>    EVALUATE_EVERY    = EVALUATION.whole("evaluate-every", 0L).from(0).in("environment steps").says("distance of two evaluations; 0 for none");
  Option<Integer> EVALUATE_EPISODES = EVALUATION.whole("evaluate-episodes", 10).from(1).in("episodes").says("length of an evaluation");
  Option<Double>  EVALUATE_TEMPERATURE = EVALUATION.real("evaluate-temperature", 0).from(0).says("temperature at which actions of evaluations are drawn; 0 for greedy ones");
  Option<Keep>    KEEP              = EVALUATION.choice("keep", Keep.LAST).says("which policy is kept: the last, or the one of the best evaluation");
  Option<Double>  STOP_AT           = EVALUATION.option("stop-at", Type.orWord(Type.real(), "never", Double.POSITIVE_INFINITY), Double.POSITIVE_INFINITY).in("mean return").says("evaluation at which training ends, once every seed has reached it");

  /** Environment steps between two evaluations; 0 for none. */
  default A evaluateEvery(long steps) { return with(EVALUATE_EVERY, steps); }
  default long evaluateEvery() { return get(EVALUATE_EVERY); }

  /** Episodes of an evaluation. */
  default A evaluateEpisodes(int episodes) { return with(EVALUATE_EPISODES, episodes); }
  default int evaluateEpisodes() { return get(EVALUATE_EPISODES); }

  /** Temperature at which actions of evaluations are drawn, as {@code policy.tempered(..)} draws them; 0 for greedy ones. */
  default A evaluateTemperature(double temperature) { return with(EVALUATE_TEMPERATURE, temperature); }
  default double evaluateTemperature() { return get(EVALUATE_TEMPERATURE); }

  /** Policy that training gives: the last, or the one of the best evaluation. */
  default A keep(Keep keep) { return with(KEEP, keep); }
  default Keep keep() { return get(KEEP); }

  /** Mean return of an evaluation at which training ends, once every seed has reached it. */
  default A stopAt(double meanReturn) { return with(STOP_AT, meanReturn); }
  default double stopAt() { return get(STOP_AT); }
  // spotless:on

  @Override
  A with(Settings settings);

  /** The same algorithm with one option changed. */
  @Inner
  default <T> A with(Option<T> option, T value) {
    return with(settings().with(option, value));
  }
}
