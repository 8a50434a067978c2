package dev.retort.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How one sample compares to another.
 *
 * @param probability that a value of it is better; see {@link Intervals#improvement}
 * @param chance how probable a difference as large is where there is none, after Holm's correction
 *     for all comparisons of a table; empty without an interval
 */
public record Improvement(Estimate probability, OptionalDouble chance) {
  /**
   * What is compared.
   *
   * @param better the sample that is to be the larger, {@code (n)}
   * @param other the sample that it is held against, {@code (m)}
   * @param isExact whether both are all there is, so that nothing is uncertain
   */
  @SuppressWarnings("ArrayRecordComponent") // two samples on their way, compared by nobody
  record Pair(double[] better, double[] other, boolean isExact) {}

  /** All comparisons of a table, in the order of the pairs. */
  static List<Improvement> all(List<Pair> pairs) {
    List<Estimate> estimates = new ArrayList<>();
    for (Pair pair : pairs) {
      Estimate found = Intervals.improvement(pair.better, pair.other);
      estimates.add(pair.isExact ? new Estimate(found.value(), Interval.NONE) : found);
    }
    double[] corrected =
        Intervals.holm(
            IntStream.range(0, pairs.size())
                .filter(i -> estimates.get(i).interval().isKnown())
                .mapToDouble(i -> Intervals.chance(pairs.get(i).better, pairs.get(i).other))
                .toArray());
    List<Improvement> improvements = new ArrayList<>();
    int next = 0;
    for (Estimate estimate : estimates) {
      boolean known = estimate.interval().isKnown();
      improvements.add(
          new Improvement(
              estimate, known ? OptionalDouble.of(corrected[next++]) : OptionalDouble.empty()));
    }
    return improvements;
  }
}
