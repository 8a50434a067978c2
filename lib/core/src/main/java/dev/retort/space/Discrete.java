package dev.retort.space;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;

/**
 * One of {@code n} choices, stored as the float of its index.
 *
 * @param n how many choices, at least 1 and below 2^24, so that every index is an exact float
 */
public record Discrete(int n) implements Space {
  /** Refuses a count that floats could not index exactly. */
  public Discrete {
    if (n < 1 || n >= 1 << 24) {
      throw new RetortException("discrete space: expected 1 to 16777215 choices, got " + n + ".");
    }
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public boolean contains(float[] values, int at) {
    float value = values[at];
    return value >= 0 && value < n && value == Math.rint(value);
  }

  @Override
  public void sample(RandomStream random, float[] values, int at) {
    values[at] = random.nextInt(n);
  }

  @Override
  public String summary() {
    return n + " choices";
  }
}
