package dev.retort.teach;

import dev.retort.option.Schedule;
import dev.retort.run.Resumable;
import java.util.Arrays;

/**
 * The step size of every member of a group: that of a schedule, or one that each member adapts to
 * how far a minibatch finds its policy from the one that played.
 *
 * <pre>
 * d = E[KL(π_old ‖ π)]        α ← α / 1.5 where d > 2 d*,  1.5 α where d < d* / 2;   1e-5 ≤ α ≤ 1e-2
 * </pre>
 *
 * <p>The first minibatch of a rollout says nothing, since the policy has not moved yet.
 *
 * <p>Nikita Rudin, David Hoeller, Philipp Reist, Marco Hutter, "Learning to walk in minutes using
 * massively parallel deep reinforcement learning", 2021, arXiv 2109.11978. The factors and bounds
 * are those of the authors' published learner, which has one step size for all that is learned.
 */
final class StepSizes {
  static final double FACTOR = 1.5;
  static final double LEAST = 1e-5;
  static final double MOST = 1e-2;

  private final Schedule schedule;
  private final double target;
  private final double[] sizes;
  private final boolean[] moved;

  /**
   * Step sizes at the beginning of training.
   *
   * @param state the learner's, of which they become a part where they adapt
   */
  StepSizes(OnPolicy<?> algorithm, int members, Resumable state) {
    this.schedule = algorithm.learningRate();
    this.target = algorithm.adaptiveRate();
    this.sizes = new double[members];
    this.moved = new boolean[members];
    Arrays.fill(sizes, schedule.first());
    if (adapt()) {
      state.doubles("stepSizes", sizes);
    }
  }

  private boolean adapt() {
    return target > 0;
  }

  /**
   * Begins a rollout's updates.
   *
   * @param part of training that is over, from 0 to 1
   */
  void begin(double part) {
    Arrays.fill(moved, false);
    if (!adapt()) {
      Arrays.fill(sizes, schedule.at(part));
    }
  }

  /** Adapts the step size of a minibatch's member, where they adapt. */
  void adapt(Minibatch batch) {
    if (adapt() && moved[batch.member]) {
      sizes[batch.member] = adapted(sizes[batch.member], batch.divergence(), target);
    }
    moved[batch.member] = true;
  }

  /** The step size that follows on one that has moved the policy so far. */
  static double adapted(double size, double divergence, double target) {
    if (divergence > 2 * target) {
      return Math.max(LEAST, size / FACTOR);
    }
    return divergence < target / 2 ? Math.min(MOST, size * FACTOR) : size;
  }

  /** Step sizes of all members, {@code (members)}; live. */
  double[] all() {
    return sizes;
  }
}
