package dev.retort.policy;

import dev.retort.random.RandomStream;
import dev.retort.space.Box;

/**
 * From the numbers of a policy's network to its outputs: for choices the numbers themselves, for
 * continuous actions what lies within the bounds.
 */
final class ActionMap {
  private static final double LEAST = -20;
  private static final double MOST = 2;

  private final NetworkPolicy policy;
  private final int numbers;
  private final int width;
  private final Squash squash;

  ActionMap(NetworkPolicy policy) {
    this.policy = policy;
    this.numbers = policy.numbers();
    this.width = policy.width();
    this.squash =
        policy.head() == Head.ACTION && policy.spread() != Spread.CLIPPED
            ? Squash.into(policy.actions())
            : Squash.none();
  }

  /**
   * The outputs: preferred actions, where they are continuous.
   *
   * @param z {@code (count, numbers)}
   * @param outputs receives {@code (count, width)}
   */
  void prefer(float[] z, int count, float[] outputs) {
    for (int row = 0; row < count; row++) {
      System.arraycopy(z, row * numbers, outputs, row * width, width);
    }
    bound(outputs, count);
  }

  /**
   * Actions {@code μ + σ ε}, squashed or clipped, where the policy has a spread; nothing otherwise.
   *
   * @param z {@code (count, numbers)}, means and then logarithms of standard deviations
   * @param actions receives {@code (count, width)}
   */
  void sample(float[] z, int count, RandomStream[] streams, float[] actions) {
    if (policy.spread() == Spread.NONE) {
      return;
    }
    for (int row = 0; row < count; row++) {
      for (int i = 0; i < width; i++) {
        int at = row * numbers + i;
        double deviation = Math.exp(Math.min(MOST, Math.max(LEAST, z[at + width])));
        actions[row * width + i] = (float) (z[at] + deviation * streams[row].nextGaussian());
      }
    }
    bound(actions, count);
  }

  private void bound(float[] actions, int count) {
    if (policy.spread() == Spread.CLIPPED && policy.actions() instanceof Box box) {
      box.clip(actions, count);
    } else {
      squash.apply(actions, count);
    }
  }
}
