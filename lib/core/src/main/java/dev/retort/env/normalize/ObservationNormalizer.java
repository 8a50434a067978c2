package dev.retort.env.normalize;

import dev.retort.RetortException;
import dev.retort.store.Tensors;

/**
 * Normalizes observations by the mean and deviation of all that a member has seen so far,
 *
 * <pre>
 *   x̂ = clip((x − μ) / √(σ² + 1e-8), ±clip)
 * </pre>
 *
 * <p>Where nothing has varied yet, numbers are only centerd. Update with what the agents act on,
 * once a step; normalize everything that a network sees, final observations included, by the
 * statistics of the moment; and leave them alone while evaluating. A replay buffer keeps what the
 * environment gave, and is normalized when it is sampled.
 *
 * <p>Not differentiated through, and no part of any environment: see the package.
 */
public final class ObservationNormalizer {
  private final RunningMoments moments;
  private final double clip;
  private final Normalization[] current;

  /**
   * Nothing seen yet.
   *
   * @param members how many members, each with statistics of its own
   * @param size how many numbers an observation has
   * @param clip how far a normalized number may be from 0; 10 is usual
   */
  public ObservationNormalizer(int members, int size, double clip) {
    if (!(clip > 0)) {
      throw new RetortException(
          "normalize observations: expected to clip at a positive number, got %s.".formatted(clip));
    }
    this.moments = new RunningMoments(members, size);
    this.clip = clip;
    this.current = new Normalization[members];
    for (int member = 0; member < members; member++) {
      current[member] = normalization(member);
    }
  }

  /**
   * Counts observations in.
   *
   * @param observations {@code (members, copies, size)}
   */
  public void update(float[] observations) {
    moments.add(observations);
    for (int member = 0; member < current.length; member++) {
      current[member] = normalization(member);
    }
  }

  private Normalization normalization(int member) {
    double[] mean = new double[moments.size()];
    double[] deviation = new double[moments.size()];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = moments.mean(member, i);
      deviation[i] = moments.deviation(member, i);
    }
    return new Normalization(mean, deviation, clip, moments.count(member));
  }

  /**
   * Goes on from what a policy carries, as if a member had seen what the policy was trained on.
   *
   * @param carried whose {@link Normalization#count()} is known
   */
  public void adopt(int member, Normalization carried) {
    double[] mean = new double[moments.size()];
    double[] variance = new double[moments.size()];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = carried.mean(i);
      variance[i] = RunningMoments.varianceOf(carried.deviation(i));
    }
    moments.set(member, carried.count(), mean, variance);
    current[member] = carried;
  }

  /**
   * Normalizes observations of all members, each by its own statistics; both arrays may be the
   * same.
   *
   * @param observations {@code (members, n, size)}
   * @param normalized receives them, {@code (members, n, size)}
   */
  public void apply(float[] observations, float[] normalized) {
    int n = RunningMoments.rows(observations, current.length, moments.size());
    for (int member = 0; member < current.length; member++) {
      int at = member * n * moments.size();
      current[member].apply(observations, at, n, normalized, at);
    }
  }

  /** A member's normalization as it is now, for its policy to carry. */
  public Normalization frozen(int member) {
    return current[member];
  }

  /** What was counted in. */
  public RunningMoments moments() {
    return moments;
  }

  /** All that is needed to go on later; part of every checkpoint. */
  public Tensors save() {
    return moments.save();
  }

  /** Goes on from what {@link #save()} gave. */
  public void restore(Tensors saved) {
    moments.restore(saved);
    for (int member = 0; member < current.length; member++) {
      current[member] = normalization(member);
    }
  }
}
