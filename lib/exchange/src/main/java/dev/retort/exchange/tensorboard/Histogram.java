package dev.retort.exchange.tensorboard;

import java.util.Arrays;

/**
 * How often numbers lie in each of the buckets between their least and their greatest.
 *
 * @param low the least number
 * @param high the greatest
 * @param sum of all
 * @param squares the sum of their squares
 * @param counts how many lie in each bucket, all of one width
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Histogram(double low, double high, double sum, double squares, double[] counts) {
  private static final int BUCKETS = 30;

  /** The histogram of {@code values[from .. to)}, of which there is at least one, all finite. */
  static Histogram of(float[] values, int from, int to) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    for (int i = from; i < to; i++) {
      double value = values[i];
      low = Math.min(low, value);
      high = Math.max(high, value);
      sum += value;
      squares += value * value;
    }
    double[] counts = new double[high > low ? BUCKETS : 1];
    for (int i = from; i < to; i++) {
      int bucket = high > low ? (int) ((values[i] - low) / (high - low) * BUCKETS) : 0;
      counts[Math.min(bucket, counts.length - 1)]++;
    }
    return new Histogram(low, high, sum, squares, counts);
  }

  /** {@code tensorflow.HistogramProto}. */
  Message message() {
    double[] limits = new double[counts.length];
    Arrays.setAll(limits, i -> low + (high - low) * (i + 1) / counts.length);
    return new Message()
        .put(1, low)
        .put(2, high)
        .put(3, Arrays.stream(counts).sum())
        .put(4, sum)
        .put(5, squares)
        .put(6, limits)
        .put(7, counts);
  }
}
