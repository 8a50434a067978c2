package dev.retort.teach;

import dev.retort.env.VectorEnv;
import dev.retort.space.Perception;
import java.util.Arrays;

/**
 * What a network sees of a rollout, row by row: the observation, some of its numbers, or a window
 * of the last steps, which is remembered from one rollout to the next and begins anew with each
 * episode.
 *
 * <p>It is kept as it was shown when the row was played, so that what is learned from is to the bit
 * what was acted on.
 */
final class Seen {
  /** Numbers of what is seen at a step. */
  final int size;

  /** What is seen of the rows of the last rollout, {@code (rows, size)}. */
  final float[] rows;

  private final Perception perception;
  private final int copies;
  private final int steps;
  private final float[] memory;

  /**
   * Nothing seen yet.
   *
   * @param perception how a step is seen
   * @param obs observations of the rollout, {@code (copies, steps, obsSize)}; what is seen where
   *     everything is
   * @param copies of all members
   * @param steps of each copy
   */
  Seen(Perception perception, float[] obs, int copies, int steps) {
    this.perception = perception;
    this.copies = copies;
    this.steps = steps;
    this.size = perception.sees().size();
    this.rows = perception.isAll() ? obs : new float[copies * steps * size];
    this.memory = new float[copies * perception.memory()];
  }

  /** What it remembers of all copies, {@code (copies, memory)}; live. */
  float[] memory() {
    return memory;
  }

  /**
   * Looks at what is acted on at a step of every copy.
   *
   * @param obs {@code (copies, obsSize)}
   * @param envs says where an episode begins
   * @param t step of the rollout
   * @return what is seen, {@code (copies, size)}; live until the next look
   */
  float[] look(float[] obs, VectorEnv envs, int t) {
    int own = perception.memory();
    for (int copy = 0; own > 0 && copy < copies; copy++) {
      if (envs.isFresh(copy)) {
        Arrays.fill(memory, copy * own, (copy + 1) * own, 0);
      }
    }
    float[] seen = perception.see(obs, memory, copies);
    for (int copy = 0; !perception.isAll() && copy < copies; copy++) {
      System.arraycopy(seen, copy * size, rows, (copy * steps + t) * size, size);
    }
    return seen;
  }

  /** What would be seen of the next step of every copy, if its episode went on. */
  float[] ahead(float[] next) {
    return perception.see(next, memory.clone(), copies);
  }
}
