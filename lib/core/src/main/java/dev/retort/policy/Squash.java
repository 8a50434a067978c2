package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.space.Box;
import dev.retort.space.Space;
import java.util.List;

/**
 * The map from a network's numbers to bounded actions, {@code a = low + (tanh(z) + 1)/2 · (high −
 * low)}; nothing is changed for other heads.
 */
public final class Squash {
  private static final Squash NONE = new Squash(List.of(), List.of());

  private final float[] low;
  private final float[] high;

  private Squash(Box box) {
    this(box.low(), box.high());
    box.unbounded()
        .ifPresent(
            k -> {
              throw new RetortException(
                  "squash: expected bounded actions, got %s..%s."
                      .formatted(box.low().get(k), box.high().get(k)));
            });
  }

  private Squash(List<Float> low, List<Float> high) {
    this.low = new float[low.size()];
    this.high = new float[high.size()];
    for (int k = 0; k < low.size(); k++) {
      this.low[k] = low.get(k);
      this.high[k] = high.get(k);
    }
  }

  /** The map that changes nothing. */
  public static Squash none() {
    return NONE;
  }

  /** The map into the bounds of continuous actions. */
  public static Squash into(Space actions) {
    if (actions instanceof Box box) {
      return new Squash(box);
    }
    throw new RetortException(
        "squash: expected continuous actions, got " + actions.summary() + ".");
  }

  /** Lower bounds and ranges, one number an action each; none where nothing is changed. */
  public List<float[]> bounds() {
    if (low.length == 0) {
      return List.of();
    }
    float[] range = new float[low.length];
    for (int k = 0; k < range.length; k++) {
      range[k] = high[k] - low[k];
    }
    return List.of(low.clone(), range);
  }

  /** Maps {@code count} rows in place. */
  public void apply(float[] values, int count) {
    int width = low.length;
    for (int i = 0; i < count * width; i++) {
      int k = i % width;
      double action = low[k] + (Math.tanh(values[i]) + 1) / 2 * ((double) high[k] - low[k]);
      // Rounding must not lead out of the bounds, or the action would be refused.
      values[i] = Math.min(high[k], Math.max(low[k], (float) action));
    }
  }

  /**
   * Turns derivatives with respect to actions into derivatives with respect to the network's
   * numbers, in place, times a weight: {@code da/dz = 2 u (1 − u) (high − low)} with {@code u = (a
   * − low)/(high − low)}.
   *
   * @param actions what {@link #apply} gave
   * @param derivatives with respect to the actions, of the same rows
   * @param weight multiplies all
   */
  public void chain(float[] actions, float[] derivatives, double weight) {
    int width = low.length;
    for (int i = 0; i < derivatives.length; i++) {
      double slope = weight;
      if (width > 0) {
        int k = i % width;
        double range = (double) high[k] - low[k];
        double u = range > 0 ? (actions[i] - low[k]) / range : 0;
        slope *= 2 * u * (1 - u) * range;
      }
      derivatives[i] *= (float) slope;
    }
  }
}
