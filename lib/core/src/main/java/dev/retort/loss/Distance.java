package dev.retort.loss;

import dev.retort.RetortException;

/**
 * How far one row of outputs is from its targets: the loss, and its gradient by the outputs.
 *
 * <p>Targets are prepared once, {@link #prepare}, and compared as often as outputs come, {@link
 * #at}; the formula of a distance is the one after the other. A distance without preparation is one
 * method, and may be a lambda. Files have a distance's name, by which {@link Distances} finds it:
 * that of the library, that by which one of the user's own was registered, or that of its class.
 *
 * <p>Weights are the caller's: to weigh a row, multiply its loss and its gradient.
 */
@FunctionalInterface
public interface Distance {
  /** What outputs and targets are. */
  enum Compares {
    /** Plain numbers: actions, values, features. */
    NUMBERS,
    /** Logits of choices, and a teacher's logits or action values. */
    CHOICES,
    /** Means and log-deviations of normal distributions, both. */
    NORMALS,
    /** Logits of choices, and the choice that was taken. */
    TAKEN,
    /** Means and log-deviations, and the action that was taken. */
    TAKEN_NUMBERS
  }

  /** What it compares. */
  default Compares compares() {
    return Compares.NUMBERS;
  }

  /**
   * The loss of one row. Nothing is allocated, and nothing outside the row is written.
   *
   * @param z outputs, {@code z[i .. i + n)}
   * @param t prepared targets, {@code t[j .. j + prepared(n))}
   * @param n outputs a row
   * @param dz receives the derivative of the loss by the outputs in {@code dz[i .. i + n)}, in
   *     place of what was there; another array than {@code z}
   */
  double at(float[] z, int i, float[] t, int j, int n, float[] dz);

  /** Targets a row, where there are {@code n} outputs. */
  default int targets(int n) {
    return n;
  }

  /** Prepared targets a row, where there are {@code n} outputs. */
  default int prepared(int n) {
    return targets(n);
  }

  /**
   * Computes what depends on the targets of one row alone.
   *
   * @param t targets, {@code t[from .. from + targets(n))}
   * @param n outputs a row
   * @param prepared receives what {@link #at} reads, in {@code prepared[j .. j + prepared(n))}
   */
  default void prepareRow(float[] t, int from, int n, float[] prepared, int j) {
    System.arraycopy(t, from, prepared, j, targets(n));
  }

  /**
   * Computes what depends on the targets alone.
   *
   * @param t targets, {@code (rows, targets(n))}
   * @param n outputs a row
   * @return a new array, {@code (rows, prepared(n))}
   */
  default float[] prepare(float[] t, int rows, int n) {
    int width = targets(n);
    if (t.length != (long) rows * width) {
      throw new RetortException(
          "%s: expected %s rows of %s targets for %s outputs, got %s numbers."
              .formatted(this, rows, width, n, t.length));
    }
    int size = prepared(n);
    float[] prepared = new float[Math.multiplyExact(rows, size)];
    for (int row = 0; row < rows; row++) {
      prepareRow(t, row * width, n, prepared, row * size);
    }
    return prepared;
  }

  /** The loss of one row of outputs and its targets as they came. */
  default double of(float[] z, float[] t) {
    return at(z, 0, prepare(t, 1, z.length), 0, z.length, new float[z.length]);
  }

  /** The gradient of {@link #of} by the outputs. */
  default float[] gradient(float[] z, float[] t) {
    float[] dz = new float[z.length];
    at(z, 0, prepare(t, 1, z.length), 0, z.length, dz);
    return dz;
  }
}
