package dev.retort.teach;

import dev.retort.store.Tensors;
import java.util.Arrays;

/**
 * A reward for what has been tried seldom.
 *
 * <pre>
 * bonus(s, a) = β / √N(s, a)
 * </pre>
 *
 * <p>where {@code N} counts how often one seed has taken {@code a} where it saw {@code s}, this
 * time included. A pair is known by a hash of 64 bits of all its numbers, exactly as they are, so
 * that the bonus means something where observations come again, as those of grids do. Alexander L.
 * Strehl, Michael L. Littman, "An analysis of model-based interval estimation for Markov decision
 * processes", 2008; with hashes Haoran Tang and others, "#Exploration", 2017, arXiv 1611.04717.
 */
final class CountBonus {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final int FEWEST_SLOTS = 1_024;

  private final double weight;
  private final int obsSize;
  private final int actionSize;

  /** Hashes of the pairs, 0 where a slot is free, and how often each was met. */
  private long[] pairs = new long[FEWEST_SLOTS];

  private int[] counts = new int[FEWEST_SLOTS];
  private int size;

  /** For one seed; {@code weight} is β. */
  CountBonus(double weight, int obsSize, int actionSize) {
    this.weight = weight;
    this.obsSize = obsSize;
    this.actionSize = actionSize;
  }

  /**
   * Counts a pair, and gives its bonus.
   *
   * @param obs what was seen, {@code obs[obsAt .. obsAt + obsSize)}
   * @param action what is done, {@code action[actionAt .. actionAt + actionSize)}
   */
  double visit(float[] obs, int obsAt, float[] action, int actionAt) {
    long hash = hash(hash(GAMMA, obs, obsAt, obsSize), action, actionAt, actionSize);
    int slot = slot(hash);
    if (pairs[slot] == 0) {
      if (2 * size >= pairs.length) {
        grow();
        slot = slot(hash);
      }
      pairs[slot] = hash;
      size++;
    }
    return weight / Math.sqrt(++counts[slot]);
  }

  /** How many pairs have been met. */
  int size() {
    return size;
  }

  private static long hash(long from, float[] values, int at, int n) {
    long hash = from;
    for (int i = at; i < at + n; i++) {
      hash = (hash ^ Float.floatToIntBits(values[i] + 0f)) * GAMMA; // -0 is 0
      hash ^= hash >>> 29;
    }
    return hash == 0 ? 1 : hash;
  }

  private int slot(long hash) {
    int slot = (int) (hash >>> 20) & (pairs.length - 1);
    while (pairs[slot] != 0 && pairs[slot] != hash) {
      slot = (slot + 1) & (pairs.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] old = pairs;
    int[] oldCounts = counts;
    pairs = new long[2 * old.length];
    counts = new int[2 * old.length];
    for (int i = 0; i < old.length; i++) {
      if (old[i] != 0) {
        int slot = slot(old[i]);
        pairs[slot] = old[i];
        counts[slot] = oldCounts[i];
      }
    }
  }

  /** All slots as they are. */
  Tensors save() {
    return new Tensors().put("pairs", pairs.clone()).put("counts", counts.clone());
  }

  /** Goes on from what {@link #save()} gave. */
  void restore(Tensors saved) {
    pairs = saved.longs("pairs").clone();
    counts = saved.ints("counts").clone();
    size = (int) Arrays.stream(pairs).filter(pair -> pair != 0).count();
  }
}
