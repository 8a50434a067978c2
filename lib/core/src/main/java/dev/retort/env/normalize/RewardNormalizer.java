package dev.retort.env.normalize;

import dev.retort.RetortException;
import dev.retort.store.Tensors;

/**
 * Scales rewards by the deviation of the discounted return so far,
 *
 * <pre>
 *   R ← γ R + r      r̂ = clip(r / √(Var R + 1e-8), ±clip)
 * </pre>
 *
 * <p>with a running {@code R} for every copy of the environment, forgotten where an episode ends
 * either way, and the variance over all copies of a member and all steps. Rewards are not centerd,
 * which would change what is optimal where episodes end. Until returns have varied rewards stay as
 * they are. Report returns of the environment's own rewards, not of these.
 *
 * <p>Logan Engstrom and others, "Implementation matters in deep policy gradients: a case study on
 * PPO and TRPO", 2020, arXiv 2005.12729, who show how much of PPO this is.
 */
public final class RewardNormalizer {
  private final RunningMoments moments;
  private final double discount;
  private final double clip;
  private final double[] returns;
  private final float[] row;

  /**
   * Nothing seen yet.
   *
   * @param members how many members, each with statistics of its own
   * @param copies how many copies of the environment a member has
   * @param discount {@code γ}, the learner's, 0 to 1
   * @param clip how far a scaled reward may be from 0; 10 is usual
   */
  public RewardNormalizer(int members, int copies, double discount, double clip) {
    if (copies < 1 || !(discount >= 0 && discount <= 1) || !(clip > 0)) {
      throw new RetortException(
          "normalize rewards: expected at least 1 copy, a discount from 0 to 1 and to clip at a positive number, got %s, %s and %s."
              .formatted(copies, discount, clip));
    }
    this.moments = new RunningMoments(members, 1);
    this.discount = discount;
    this.clip = clip;
    this.returns = new double[members * copies];
    this.row = new float[members * copies];
  }

  /**
   * Counts the rewards of one step in, and scales them; both arrays of rewards may be the same.
   *
   * @param rewards {@code (members, copies)}
   * @param terminated whether the step ended the task, {@code (members, copies)}
   * @param truncated whether the step reached the horizon, {@code (members, copies)}
   * @param normalized receives the scaled rewards, {@code (members, copies)}
   */
  public void apply(
      float[] rewards, boolean[] terminated, boolean[] truncated, float[] normalized) {
    update(rewards, terminated, truncated);
    apply(rewards, normalized);
  }

  /**
   * Counts the rewards of one step in.
   *
   * @param rewards {@code (members, copies)}
   * @param terminated whether the step ended the task, {@code (members, copies)}
   * @param truncated whether the step reached the horizon, {@code (members, copies)}
   */
  public void update(float[] rewards, boolean[] terminated, boolean[] truncated) {
    if (rewards.length != returns.length) {
      throw new RetortException(
          "normalize rewards: expected %s of them, one a copy, got %s."
              .formatted(returns.length, rewards.length));
    }
    double[] running = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      running[i] = discount * returns[i] + rewards[i];
      row[i] = (float) running[i];
    }
    moments.add(row);
    for (int i = 0; i < row.length; i++) {
      returns[i] = terminated[i] || truncated[i] ? 0 : running[i];
    }
  }

  /**
   * Scales rewards of all members, each by its own statistics, such as those that a replay buffer
   * gives back; both arrays may be the same.
   *
   * @param rewards {@code (members, n)}
   * @param normalized receives them, {@code (members, n)}
   */
  public void apply(float[] rewards, float[] normalized) {
    int n = RunningMoments.rows(rewards, moments.members(), 1);
    for (int i = 0; i < rewards.length; i++) {
      double scaled = rewards[i] * scale(i / n);
      normalized[i] = (float) Math.max(-clip, Math.min(clip, scaled));
    }
  }

  /** What a member's rewards are multiplied with now. */
  public double scale(int member) {
    return 1 / moments.deviation(member, 0);
  }

  /** All that is needed to go on later; part of every checkpoint. */
  public Tensors save() {
    return new Tensors().put("returns", returns.clone()).putAll("moments", moments.save());
  }

  /** Goes on from what {@link #save()} gave. */
  public void restore(Tensors saved) {
    double[] open = saved.doubles("returns");
    if (open.length != returns.length) {
      throw new RetortException(
          "normalize rewards: expected the returns of %s copies, got %s. Resume with the same settings."
              .formatted(returns.length, open.length));
    }
    moments.restore(saved.part("moments"));
    System.arraycopy(open, 0, returns, 0, returns.length);
  }
}
