package dev.retort.plan;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.retort.code.Imprint;
import dev.retort.env.Env;
import dev.retort.env.Identity;
import dev.retort.guidance.Guidance;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Algorithms;
import java.util.Optional;
import java.util.Set;

/**
 * Algorithms in {@code spec.json}: the name to find them by, their settings, and a mark of what the
 * code of one of the user's own does.
 */
final class AlgorithmText {
  private static final String CODE = "code";
  private static final Set<String> FOR_PEOPLE = Set.of("name", "cautions", "budget", "set");

  private AlgorithmText() {}

  static void write(Algorithm algorithm, JsonObject spec) {
    spec.addProperty("algorithm", algorithm.name());
    spec.add("settings", algorithm.settings().json());
    if (!Algorithms.isSupplied(algorithm)) {
      spec.add(CODE, imprint(algorithm).json());
    }
  }

  /** What an algorithm of the user's own does; settings and guidance are told elsewhere. */
  private static Imprint imprint(Algorithm algorithm) {
    return Imprint.of(
        algorithm,
        Algorithm.class,
        method -> !FOR_PEOPLE.contains(method.getName()),
        AlgorithmText::told);
  }

  private static Optional<JsonElement> told(Object value) {
    if (value instanceof Option<?> option) {
      return Optional.of(new JsonPrimitive(option.name() + " " + option.standardText()));
    }
    if (value instanceof Schema schema) {
      return Optional.of(schema.standard().json());
    }
    return value instanceof Settings || value instanceof Guidance || value instanceof Env
        ? Optional.of(new JsonPrimitive(value.getClass().getSimpleName()))
        : Optional.empty();
  }

  /** The algorithm of that description, which does what it did then. */
  static Algorithm read(JsonObject spec) {
    Algorithm plain = Algorithm.of(spec.get("algorithm").getAsString());
    Algorithm algorithm =
        plain.with(Settings.of(plain.settings().schema(), spec.getAsJsonObject("settings")));
    difference(spec, algorithm)
        .ifPresent(
            difference -> {
              throw new OtherEnvironment(
                  "resume: expected algorithm '%s' as it was, but %s."
                      .formatted(algorithm.name(), difference));
            });
    return algorithm;
  }

  /** What tells an algorithm from the one that was described; empty where nothing does. */
  private static Optional<String> difference(JsonObject spec, Algorithm algorithm) {
    if (!spec.has(CODE) || Algorithms.isSupplied(algorithm)) {
      return Optional.empty();
    }
    Optional<String> unknown = unknown(algorithm);
    return unknown.isPresent()
        ? unknown
        : Identity.difference(spec.getAsJsonObject(CODE), imprint(algorithm).json());
  }

  /** A description without what would be compared. */
  static JsonObject uncompared(JsonObject spec) {
    JsonObject copy = spec.deepCopy();
    copy.remove(CODE);
    copy.remove(LossText.LOSSES);
    return copy;
  }

  /** Why an algorithm cannot be told from others; empty where it can. */
  static Optional<String> unknown(Algorithm algorithm) {
    return Algorithms.isSupplied(algorithm)
        ? Optional.empty()
        : imprint(algorithm).unknown().map("its code "::concat);
  }

  /** How people go on with a run, where its algorithm is one of their own too. */
  static String resuming(int run, Algorithm algorithm, String words) {
    if (Algorithms.isSupplied(algorithm)) {
      return words;
    }
    String own = "algorithm '%s'".formatted(algorithm.name());
    return Resumption.after(run, own, unknown(algorithm), words);
  }
}
