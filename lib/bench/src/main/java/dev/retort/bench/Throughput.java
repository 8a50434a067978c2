package dev.retort.bench;

import java.util.stream.Stream;

/**
 * One measured quantity.
 *
 * @param name what was measured
 * @param unit of the numbers
 * @param median of the runs
 * @param least of the runs
 * @param largest of the runs
 * @param runs how many there were
 */
public record Throughput(
    String name, String unit, double median, double least, double largest, int runs) {
  /** The figure of several measurements. */
  static Throughput of(String name, String unit, Stream<Double> values) {
    double[] sorted = values.mapToDouble(each -> each).sorted().toArray();
    int n = sorted.length;
    double median = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    return new Throughput(name, unit, median, sorted[0], sorted[n - 1], n);
  }
}
