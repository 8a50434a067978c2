package dev.retort.evaluate;

import dev.retort.RetortException;
import dev.retort.evaluate.Scores.Sampling;
import dev.retort.evaluate.Scores.Visits;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The form of scores in files; those of before tell less, and are read all the same. */
final class ScoresFile {
  private static final String MEASURE = "measure ";
  private static final String BY = "by";
  private static final String LOWER = "lower is better";

  private ScoresFile() {}

  static Tensors write(Scores scores) {
    Sampling sampling = scores.sampling();
    Measurements measured = scores.measured();
    Tensors tensors =
        new Tensors()
            .describe("policy", scores.name())
            .describe("environment", scores.env())
            .describe(BY, measured.by())
            .describe(LOWER, measured.lower().stream().sorted().collect(Collectors.joining("\n")))
            .put("episodes", new int[] {scores.episodes()})
            .put("contexts", new int[] {sampling.contexts()})
            .put("determined", new int[] {sampling.isDetermined() ? 1 : 0})
            .put("returns", Statistics.pooled(measured.returns()))
            .put("visits", scores.visits().numbers());
    measured
        .beside()
        .forEach(name -> tensors.put(MEASURE + name, Statistics.pooled(measured.all().get(name))));
    return tensors;
  }

  static Scores read(Tensors tensors) {
    long count = tensors.whole("episodes");
    Map<String, double[][]> measures = new LinkedHashMap<>();
    for (String entry : tensors.all().keySet()) {
      if (entry.startsWith(MEASURE)) {
        double[][] values = rows(entry, tensors.doubles(entry), count);
        measures.put(entry.substring(MEASURE.length()), values);
      }
    }
    Map<String, String> words = tensors.metadata();
    Set<String> lower =
        words.getOrDefault(LOWER, "").lines().collect(Collectors.toUnmodifiableSet());
    double[][] returns = rows("returns", tensors.doubles("returns"), count);
    return new Scores(
            tensors.described("policy"),
            tensors.described("environment"),
            Measurements.of(returns, measures, lower),
            sampling(tensors),
            Visits.of(tensors.longs("visits")))
        .by(words.getOrDefault(BY, Measurements.RETURN));
  }

  private static Sampling sampling(Tensors tensors) {
    if (!tensors.has("contexts")) {
      return Sampling.UNKNOWN; // files of before do not tell
    }
    long contexts = tensors.whole("contexts");
    if (contexts < 1 || contexts > Integer.MAX_VALUE) {
      throw new RetortException("scores: expected at least 1 context, got " + contexts + ".");
    }
    return new Sampling((int) contexts, tensors.whole("determined") == 1);
  }

  private static double[][] rows(String what, double[] all, long count) {
    if (count < 1 || all.length % count != 0) {
      throw new RetortException(
          "scores: expected %s of runs of %s episodes each, got %s numbers."
              .formatted(what, count, all.length));
    }
    int episodes = (int) count;
    double[][] rows = new double[all.length / episodes][];
    Arrays.setAll(rows, run -> Arrays.copyOfRange(all, run * episodes, (run + 1) * episodes));
    return rows;
  }
}
