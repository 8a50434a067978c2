package dev.retort.env.normalize;

import dev.retort.RetortException;
import dev.retort.store.Tensors;
import java.util.Arrays;

/**
 * A fixed way to normalize rows, {@code clip((x − mean) / deviation, ±clip)}: what a policy carries
 * so that it sees the world as it did in training.
 */
public final class Normalization {
  private final double[] mean;
  private final double[] deviation;
  private final double clip;
  private final long count;
  private final double[] inverse;

  /** A normalization of which nobody knows how many rows it was made of. */
  public Normalization(double[] mean, double[] deviation, double clip) {
    this(mean, deviation, clip, 0);
  }

  /**
   * A normalization of given numbers.
   *
   * @param mean {@code (size)}
   * @param deviation {@code (size)}, all positive
   * @param clip how far a normalized number may be from 0
   * @param count how many rows mean and deviation were made of; 0 where nobody knows
   */
  public Normalization(double[] mean, double[] deviation, double clip, long count) {
    if (mean.length != deviation.length || mean.length == 0) {
      throw new RetortException(
          "normalization: expected a deviation for each of %s means, got %s."
              .formatted(mean.length, deviation.length));
    }
    for (int i = 0; i < mean.length; i++) {
      if (!(Double.isFinite(mean[i]) && Double.isFinite(deviation[i]) && deviation[i] > 0)) {
        throw new RetortException(
            "normalization: expected finite means and positive deviations, got %s and %s (number %s)."
                .formatted(mean[i], deviation[i], i));
      }
    }
    if (!(clip > 0)) {
      throw new RetortException(
          "normalization: expected to clip at a positive number, got %s.".formatted(clip));
    }
    this.mean = mean.clone();
    this.deviation = deviation.clone();
    this.clip = clip;
    this.count = count;
    this.inverse = Arrays.stream(deviation).map(d -> 1 / d).toArray();
  }

  /** How many numbers a row has. */
  public int size() {
    return mean.length;
  }

  /** How many rows it was made of; 0 where nobody knows, as in files of before. */
  public long count() {
    return count;
  }

  /** Mean of a number. */
  double mean(int i) {
    return mean[i];
  }

  /** Deviation of a number. */
  double deviation(int i) {
    return deviation[i];
  }

  /**
   * Normalizes rows; both arrays may be the same.
   *
   * @param rows {@code (…, size)}
   * @param from where the first row begins
   * @param count how many rows
   * @param normalized receives them, {@code (…, size)}
   * @param to where the first of them goes
   */
  public void apply(float[] rows, int from, int count, float[] normalized, int to) {
    int size = mean.length;
    for (int row = 0; row < count; row++) {
      for (int i = 0; i < size; i++) {
        double value = (rows[from + row * size + i] - mean[i]) * inverse[i];
        normalized[to + row * size + i] = (float) Math.max(-clip, Math.min(clip, value));
      }
    }
  }

  /** Means, deviations, the clip and the count, for the file of a policy. */
  public Tensors tensors() {
    return new Tensors()
        .put("mean", mean.clone())
        .put("deviation", deviation.clone())
        .put("clip", new double[] {clip})
        .put("count", new long[] {count});
  }

  /** Reads what {@link #tensors()} wrote. */
  public static Normalization of(Tensors tensors) {
    double[] clip = tensors.doubles("clip");
    if (clip.length != 1) {
      throw new RetortException("normalization: expected one clip, got %s.".formatted(clip.length));
    }
    // Files of before do not say it.
    long[] count = tensors.has("count") ? tensors.longs("count") : new long[1];
    if (count.length != 1 || count[0] < 0) {
      throw new RetortException(
          "normalization: expected one count of at least 0, got %s."
              .formatted(Arrays.toString(count)));
    }
    return new Normalization(
        tensors.doubles("mean"), tensors.doubles("deviation"), clip[0], count[0]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normalization that
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(deviation, that.deviation)
        && clip == that.clip
        && count == that.count;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(deviation);
  }

  @Override
  public String toString() {
    return "normalization of %s numbers, clipped at %s".formatted(mean.length, clip);
  }
}
