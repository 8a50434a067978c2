package dev.retort.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How one sample compares to another.
 *
 * @param probability that a value of it is better; see {@link Intervals#improvement}, of two shares
 *     half of one more than the better one has over the other
 * @param chance how probable a difference as large is where there is none, after Holm's correction
 *     for all comparisons of a table; empty without an interval
 * @param difference what its share is larger than the other's, of a measure of two values; see
 *     {@link Shares#difference}
 */
public record Improvement(
    Estimate probability, OptionalDouble chance, Optional<Estimate> difference) {
  /**
   * What is compared.
   *
   * @param own the sample that is asked about, {@code (n)}
   * @param other the sample that it is held against, {@code (m)}
   * @param better which way is better
   * @param isShare whether both are of a measure of two values
   * @param isExact whether both are all there is, so that nothing is uncertain
   */
  @SuppressWarnings("ArrayRecordComponent") // two samples on their way, compared by nobody
  record Pair(
      double[] own, double[] other, Metric.Better better, boolean isShare, boolean isExact) {
    private double[] larger() {
      return better == Metric.Better.HIGHER ? own : other;
    }

    private double[] smaller() {
      return better == Metric.Better.HIGHER ? other : own;
    }

    private boolean isEmpty() {
      return own.length == 0 || other.length == 0;
    }

    private Estimate probability() {
      if (isEmpty()) {
        return Estimate.NONE;
      }
      if (!isShare) {
        return known(Intervals.improvement(larger(), smaller()));
      }
      Estimate more = Shares.difference(larger(), smaller());
      return known(
          new Estimate(
              (1 + more.value()) / 2,
              new Interval((1 + more.interval().low()) / 2, (1 + more.interval().high()) / 2)));
    }

    private double chance() {
      return isShare ? Shares.chance(own, other) : Intervals.chance(own, other);
    }

    private Optional<Estimate> difference() {
      return isShare && !isEmpty()
          ? Optional.of(known(Shares.difference(own, other)))
          : Optional.empty();
    }

    private Estimate known(Estimate found) {
      return isExact ? new Estimate(found.value(), Interval.NONE) : found;
    }
  }

  /** All comparisons of a table, in the order of the pairs. */
  static List<Improvement> all(List<Pair> pairs) {
    List<Estimate> estimates = pairs.stream().map(Pair::probability).toList();
    double[] corrected =
        Intervals.holm(
            IntStream.range(0, pairs.size())
                .filter(i -> estimates.get(i).interval().isKnown())
                .mapToDouble(i -> pairs.get(i).chance())
                .toArray());
    List<Improvement> improvements = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < pairs.size(); i++) {
      boolean known = estimates.get(i).interval().isKnown();
      improvements.add(
          new Improvement(
              estimates.get(i),
              known ? OptionalDouble.of(corrected[next++]) : OptionalDouble.empty(),
              pairs.get(i).difference()));
    }
    return improvements;
  }
}
