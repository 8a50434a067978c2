package dev.retort.random;

import java.util.random.RandomGenerator;

/**
 * A stream of random numbers whose whole state is one {@code long}: SplitMix64.
 *
 * <p>State {@code s} advances by the golden gamma, {@code s ← s + 0x9E3779B97F4A7C15}, and each
 * output is a bijective mix of it. Streams are named by seed, purpose and any number of indices;
 * equal names give equal streams.
 *
 * <p>Guy L. Steele, Doug Lea, Christine H. Flood, "Fast splittable pseudorandom number generators",
 * 2014 (OOPSLA).
 */
public final class RandomStream implements RandomGenerator {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  private RandomStream(long state) {
    this.state = state;
  }

  /**
   * Names a stream.
   *
   * @param seed the user's seed
   * @param purpose what the numbers are for, such as {@code "rollout"}
   * @param indices which of its kind: member, copy, step …
   */
  public static RandomStream of(long seed, String purpose, long... indices) {
    long key = mix(seed + GAMMA);
    for (int i = 0; i < purpose.length(); i++) {
      key = mix(key ^ purpose.charAt(i)) + GAMMA;
    }
    for (long index : indices) {
      key = mix(key ^ mix(index + GAMMA)) + GAMMA;
    }
    return new RandomStream(mix(key));
  }

  /** Goes on from a state that {@link #state()} gave. */
  public static RandomStream at(long state) {
    return new RandomStream(state);
  }

  /** Everything that there is to save. */
  public long state() {
    return state;
  }

  /** Goes on from a saved state. */
  public void restore(long saved) {
    state = saved;
  }

  @Override
  public long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Fills {@code order[0..n)} with a random permutation of {@code 0..n-1} (Fisher and Yates). */
  public void permutation(int[] order, int n) {
    for (int i = 0; i < n; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }

  /**
   * Draws an index with the given probabilities, {@code probabilities[at .. at + n)}, which sum to
   * one up to rounding.
   */
  public int categorical(float[] probabilities, int at, int n) {
    double u = nextDouble();
    double sum = 0;
    int last = 0;
    for (int i = 0; i < n; i++) {
      float p = probabilities[at + i];
      if (p > 0) {
        last = i;
        sum += p;
        if (u < sum) {
          return i;
        }
      }
    }
    return last;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
