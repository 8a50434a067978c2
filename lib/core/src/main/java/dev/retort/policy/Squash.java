package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.space.Box;
import java.util.List;

/**
 * The map from a network's numbers to bounded actions, {@code a = low + (tanh(z) + 1)/2 · (high −
 * low)}; nothing is changed for other heads.
 */
public final class Squash {
  private static final Squash NONE = new Squash(List.of(), List.of());

  private final float[] low;
  private final float[] high;

  private Squash(List<Float> low, List<Float> high) {
    this.low = new float[low.size()];
    this.high = new float[high.size()];
    for (int k = 0; k < low.size(); k++) {
      if (low.get(k).isInfinite() || high.get(k).isInfinite()) {
        throw new RetortException(
            "squash: expected bounded actions, got %s..%s.".formatted(low.get(k), high.get(k)));
      }
      this.low[k] = low.get(k);
      this.high[k] = high.get(k);
    }
  }

  /** What a policy's outputs need. */
  public static Squash of(Policy policy) {
    if (policy.head() != Head.ACTION) {
      return NONE;
    }
    if (policy.actions() instanceof Box box) {
      return new Squash(box.low(), box.high());
    }
    throw new RetortException(
        "policy '%s': expected continuous actions, got %s."
            .formatted(policy.name(), policy.actions().summary()));
  }

  /** Maps {@code count} rows in place. */
  public void apply(float[] values, int count) {
    int width = low.length;
    for (int i = 0; i < count * width; i++) {
      int k = i % width;
      values[i] = (float) (low[k] + (Math.tanh(values[i]) + 1) / 2 * (high[k] - low[k]));
    }
  }

  /**
   * The derivative of an action with respect to its number, from the action: {@code 2 u (1 − u)
   * (high − low)} with {@code u = (a − low)/(high − low)}.
   */
  public float slope(float action, int k) {
    if (low.length == 0) {
      return 1;
    }
    float range = high[k] - low[k];
    float u = (action - low[k]) / range;
    return 2 * u * (1 - u) * range;
  }
}
