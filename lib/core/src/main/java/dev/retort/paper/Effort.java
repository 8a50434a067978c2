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
 * @param minutes by what they go to, such as {@code of students}, in the order of the study
 * @param remark what else a run takes, a sentence; empty where there is nothing to say
 */
public record Effort(Map<String, Double> minutes, String remark) {
  /** Keeps a copy. */
  public Effort {
    minutes = Collections.unmodifiableMap(new LinkedHashMap<>(minutes));
  }

  /** No minutes yet. */
  public static Effort none() {
    return new Effort(Map.of(), "");
  }

  /** The same with minutes that go to something else. */
  public Effort and(String to, double more) {
    Map<String, Double> all = new LinkedHashMap<>(minutes);
    all.put(to, more);
    return new Effort(all, remark);
  }

  /** The same with a sentence on what else a run takes. */
  public Effort remarking(String sentence) {
    return new Effort(minutes, sentence);
  }

  /** Processor minutes of all. */
  public double all() {
    return minutes.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** All minutes and what they go to, whole ones, and one at least of each. */
  @Override
  public String toString() {
    String parts =
        minutes.entrySet().stream()
            .map(each -> whole(each.getValue()) + " " + each.getKey())
            .collect(Collectors.joining(", "));
    return "About %s processor minutes by speeds of parts that the registration has: %s. On two cores it takes little more than half of that; each training goes on where it was stopped. %s"
        .formatted(whole(all()), parts, remark)
        .strip();
  }

  private static String whole(double minutes) {
    return Numbers.of(Math.max(1, Math.rint(minutes)));
  }
}
