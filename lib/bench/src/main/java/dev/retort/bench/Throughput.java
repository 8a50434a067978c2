package dev.retort.bench;

import dev.retort.evaluate.Statistics;
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
    double[] all = values.mapToDouble(each -> each).toArray();
    return new Throughput(
        name,
        unit,
        Statistics.median(all),
        Statistics.quantile(all, 0),
        Statistics.quantile(all, 1),
        all.length);
  }
}
