package dev.retort.distribution;

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

  /** An action of number {@code k} from {@code t} between −1 and 1. */
  public static float stretch(double t, Box box, int k) {
    return within(t, box.low().get(k), box.high().get(k));
  }

  /** The {@code t} between −1 and 1 of which an action of number {@code k} is made. */
  public static double shrink(double action, Box box, int k) {
    double low = box.low().get(k);
    return 2 * (action - low) / (box.high().get(k) - low) - 1;
  }

  /**
   * {@code 1 − t²}, the derivative of {@code t = tanh(z)}, in the form that stays exact near ±1.
   */
  public static double slope(double t) {
    return (1 - t) * (1 + t);
  }

  /** Rounding must not lead out of the bounds, or the action would be refused. */
  private static float within(double t, float low, float high) {
    double action = low + (t + 1) / 2 * ((double) high - low);
    return Math.min(high, Math.max(low, (float) action));
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

  /** Maps one row in place. */
  public void applyRow(float[] values, int at) {
    for (int k = 0; k < low.length; k++) {
      values[at + k] = within(Math.tanh(values[at + k]), low[k], high[k]);
    }
  }

  /**
   * Turns the gradient by one row of actions into that by the network's numbers, in place, times a
   * weight: {@code da/dz = 2 u (1 − u) (high − low)} with {@code u = (a − low)/(high − low)}.
   *
   * @param actions what {@link #applyRow} gave
   * @param d gradient by the actions, of the same row
   * @param weight multiplies all
   */
  public void chainRow(float[] actions, float[] d, int at, double weight) {
    for (int k = 0; k < low.length; k++) {
      double range = (double) high[k] - low[k];
      double u = range > 0 ? (actions[at + k] - low[k]) / range : 0;
      d[at + k] *= (float) (weight * slope(2 * u - 1) * range / 2);
    }
  }
}
