package dev.retort.teach;

import dev.retort.env.VectorEnv;
import dev.retort.guidance.Companion;
import dev.retort.guidance.Guidance;
import dev.retort.run.Resumable;

/** A bonus that falls to 0 in a straight line: what it adds to a reward counts less and less. */
final class Fading implements Companion {
  private final Companion bonus;
  private final double until;
  private final int copies;
  private final Resumable state = new Resumable();
  private long taken;

  /**
   * A bonus for a group.
   *
   * @param bonus adds to rewards, and does nothing else
   * @param until the part of training at which nothing is left
   */
  Fading(Companion bonus, double until, Guidance.Learners learners) {
    this.bonus = bonus;
    this.until = until * learners.steps();
    this.copies = learners.copies();
    state
        .part("bonus", bonus.state()::save, bonus.state()::restore)
        .longs("taken", () -> new long[] {taken}, saved -> taken = saved[0]);
  }

  @Override
  public Resumable state() {
    return state;
  }

  @Override
  public void took(float[] before, float[] actions, VectorEnv envs, float[] rewards) {
    double left = Math.max(0, 1 - taken / until);
    taken += copies;
    if (left == 0) {
      return;
    }
    float[] whole = rewards.clone();
    bonus.took(before, actions, envs, whole);
    for (int row = 0; row < rewards.length; row++) {
      rewards[row] += (float) (left * (whole[row] - rewards[row]));
    }
  }

  @Override
  public void close() {
    bonus.close();
  }
}
