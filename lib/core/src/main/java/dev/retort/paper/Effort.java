package dev.retort.paper;

import dev.retort.figure.Numbers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How long a study takes about, as estimated from the speeds of its parts: processor minutes, which
 * are spread over as many cores as there are.
 *
 * @param words what is said of them, with a gap for all minutes and one for what they go to
 * @param minutes by what they go to, such as {@code of students}, in the order of the study
 */
public record Effort(String words, Map<String, Double> minutes) {
  /** Keeps a copy. */
  public Effort {
    minutes = Collections.unmodifiableMap(new LinkedHashMap<>(minutes));
  }

  /** No minutes yet, of which that will be said. */
  public static Effort of(String words) {
    return new Effort(words, Map.of());
  }

  /** The same with minutes that go to something else. */
  public Effort and(String to, double more) {
    Map<String, Double> all = new LinkedHashMap<>(minutes);
    all.put(to, more);
    return new Effort(words, all);
  }

  /** Processor minutes of all. */
  public double all() {
    return minutes.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** All minutes and what they go to, whole ones, and one at least of each. */
  @Override
  public String toString() {
    return words.formatted(
        whole(all()),
        minutes.entrySet().stream()
            .map(each -> whole(each.getValue()) + " " + each.getKey())
            .collect(Collectors.joining(", ")));
  }

  private static String whole(double minutes) {
    return Numbers.of(Math.max(1, Math.rint(minutes)));
  }
}
