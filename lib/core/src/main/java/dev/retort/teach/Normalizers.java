package dev.retort.teach;

import dev.retort.env.VectorEnv;
import dev.retort.env.normalize.Normalization;
import dev.retort.env.normalize.ObservationNormalizer;
import dev.retort.env.normalize.RewardNormalizer;
import dev.retort.guidance.Companion;
import dev.retort.run.Resumable;
import java.util.Optional;

/**
 * The running statistics of a learner that normalizes, each member's its own; where neither option
 * is on, everything passes through as it is.
 *
 * <p>What is acted on and rewarded counts, once a step. A memory keeps what the environment gave: a
 * minibatch is normalized when it is drawn, by the statistics of that moment, as Stable-Baselines3
 * does (Antonin Raffin and others, "Stable-Baselines3: reliable reinforcement learning
 * implementations", 2021).
 */
final class Normalizers {
  static final double LIMIT = 10;

  private final Optional<ObservationNormalizer> observations;
  private final Optional<RewardNormalizer> rewards;
  private final float[] seen;
  private final int members;

  /**
   * Nothing seen yet.
   *
   * @param algorithm what is normalized
   * @param state the learner's, of which the statistics become a part
   */
  Normalizers(Accompanied<?> algorithm, int members, int copies, int obsSize, Resumable state) {
    this.members = members;
    boolean seesNormalized = algorithm.normalizeObservations();
    this.observations =
        seesNormalized
            ? Optional.of(new ObservationNormalizer(members, obsSize, LIMIT))
            : Optional.empty();
    this.rewards =
        algorithm.normalizeRewards()
            ? Optional.of(new RewardNormalizer(members, copies, algorithm.gamma(), LIMIT))
            : Optional.empty();
    this.seen = new float[seesNormalized ? members * copies * obsSize : 0];
    observations.ifPresent(each -> state.part("observationNormalizer", each::save, each::restore));
    rewards.ifPresent(each -> state.part("rewardNormalizer", each::save, each::restore));
  }

  /** Goes on from the statistics that a companion brings along for a member. */
  void begin(Companion companion) {
    observations.ifPresent(
        each -> {
          for (int member = 0; member < members; member++) {
            int own = member;
            companion.normalization(own).ifPresent(carried -> each.adopt(own, carried));
          }
        });
  }

  /**
   * What the network sees of observations that are acted on, which count.
   *
   * @param raw {@code (members, copies, obsSize)}
   * @return the same array, or one that the next call fills anew
   */
  float[] observe(float[] raw) {
    observations.ifPresent(each -> each.update(raw));
    return normalize(raw);
  }

  /** What the network sees of observations that are only valued, which do not count. */
  float[] normalize(float[] raw) {
    if (observations.isEmpty()) {
      return raw;
    }
    observations.get().apply(raw, seen);
    return seen;
  }

  /** Counts the rewards of the step that was just taken, and scales them in place. */
  void scale(float[] given, VectorEnv envs) {
    rewards.ifPresent(each -> each.apply(given, envs.terminated(), envs.truncated(), given));
  }

  /** Counts the rewards of the step that was just taken, which a memory keeps as they are. */
  void count(float[] given, VectorEnv envs) {
    rewards.ifPresent(each -> each.update(given, envs.terminated(), envs.truncated()));
  }

  /** Normalizes a minibatch in place; sums of several rewards are scaled like one. */
  void apply(Replay.Sample sample) {
    apply(sample.obs);
    apply(sample.nextObs);
    rewards.ifPresent(each -> each.apply(sample.rewards, sample.rewards));
  }

  /** Normalizes observations of a memory in place, {@code (members, rows, obsSize)}. */
  void apply(float[] remembered) {
    observations.ifPresent(each -> each.apply(remembered, remembered));
  }

  /** Whether the network sees anything but what the environment shows. */
  boolean isSeeing() {
    return observations.isPresent();
  }

  /** How a member sees now, for its policy to carry. */
  Optional<Normalization> frozen(int member) {
    return observations.map(each -> each.frozen(member));
  }
}
