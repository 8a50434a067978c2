package dev.retort.paper;

import dev.retort.figure.Numbers;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A number that was tuned.
 *
 * @param name what it is, as the registration calls it
 * @param scores what each value reached on the tuning tasks, those by which the grid was widened
 *     too
 * @param added the values by which the grid was widened, in the order in which they were
 * @param isAtEdge whether the best is still at an edge beyond which it might go on
 */
public record Tuned(
    String name, SortedMap<Double, Double> scores, List<Double> added, boolean isAtEdge) {
  /** Keeps copies. */
  public Tuned {
    scores = Collections.unmodifiableSortedMap(new TreeMap<>(scores));
    added = List.copyOf(added);
  }

  /** The value with the highest score. */
  public double best() {
    return best(scores);
  }

  static double best(Map<Double, Double> scores) {
    return Collections.max(scores.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  /** What a summary says of a grid that was widened, or whose edge was the best all the same. */
  public Optional<String> note() {
    if (added.isEmpty() && !isAtEdge) {
      return Optional.empty();
    }
    String widened =
        added.isEmpty()
            ? "not widened"
            : "widened by " + String.join(", ", added.stream().map(Numbers::of).toList());
    return Optional.of(
        "%s %s, best at %s%s"
            .formatted(
                name,
                widened,
                Numbers.of(best()),
                isAtEdge ? ", which is the edge still: a better one may lie beyond" : ""));
  }
}
