package dev.retort.teach;

import dev.retort.env.VectorEnv;
import dev.retort.guidance.Companion;
import dev.retort.guidance.Guidance;
import dev.retort.run.Resumable;
import dev.retort.space.Selection;

/**
 * A reward for coming where one has seldom been, among observations that hardly ever come again.
 *
 * <pre>
 * bonus(s') = β / √N(⌊x/w⌋)
 * </pre>
 *
 * <p>where {@code x} are some numbers of the next observation, {@code w} is the side of a cell, and
 * {@code N} counts how often one seed has come into a cell, this time included. Haoran Tang and
 * others, "#Exploration: a study of count-based exploration for deep reinforcement learning", 2017,
 * arXiv 1611.04717.
 */
final class CellBonus implements Companion {
  private static final float[] NO_ACTION = new float[0];

  private final Resumable state = new Resumable();
  private final double side;
  private final Selection seen;
  private final int copies;
  private final int obsSize;
  private final CountBonus[] counts;
  private final float[] cell;

  /**
   * Nobody has been anywhere.
   *
   * @param weight β
   * @param side w
   * @param seen which numbers of an observation have cells
   */
  CellBonus(double weight, double side, Selection seen, Guidance.Learners learners) {
    this.side = side;
    this.seen = seen;
    this.copies = learners.copies();
    this.obsSize = seen.whole().size();
    this.cell = new float[seen.sees().size()];
    this.counts = new CountBonus[learners.seeds().size()];
    for (int member = 0; member < counts.length; member++) {
      CountBonus own = new CountBonus(weight, cell.length, 0);
      counts[member] = own;
      state.part(String.valueOf(member), own::save, own::restore);
    }
  }

  @Override
  public Resumable state() {
    return state;
  }

  @Override
  public void took(float[] before, float[] actions, VectorEnv envs, float[] rewards) {
    for (int row = 0; row < rewards.length; row++) {
      seen.take(envs.nextObservations(), row * obsSize, cell, 0);
      for (int i = 0; i < cell.length; i++) {
        cell[i] = (float) Math.floor(cell[i] / side);
      }
      rewards[row] += (float) counts[row / copies].visit(cell, 0, NO_ACTION, 0);
    }
  }
}
