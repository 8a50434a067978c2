package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.distill.Loss;
import dev.retort.env.Identity;
import dev.retort.loss.Distance;
import dev.retort.loss.Distances;
import dev.retort.loss.OwnDistance;
import dev.retort.option.Settings;
import java.util.Optional;

/**
 * Losses in {@code spec.json}: settings have their text, and beside them stands a mark of what the
 * code of each distance of the user's own does.
 */
final class LossText {
  /** Where a spec has the marks, by the names of distances. */
  static final String LOSSES = "losses";

  private LossText() {}

  /** Settings, and what tells the distances of the user's own from others of their names. */
  static void write(Settings settings, Loss loss, JsonObject spec) {
    spec.add("settings", settings.json());
    JsonObject losses = new JsonObject();
    loss.own().forEach(own -> losses.add(own.name(), own.imprint().json()));
    if (losses.size() > 0) {
      spec.add(LOSSES, losses);
    }
  }

  /** Refuses a run whose distances are not known, or do not do what they did then. */
  static void require(int run, JsonObject spec) {
    JsonObject losses = spec.has(LOSSES) ? spec.getAsJsonObject(LOSSES) : new JsonObject();
    for (String name : losses.keySet()) {
      difference(losses.getAsJsonObject(name), known(run, name))
          .ifPresent(
              difference -> {
                throw new OtherEnvironment(
                    "resume: expected loss '%s' as it was, but %s.".formatted(name, difference));
              });
    }
  }

  private static Distance known(int run, String name) {
    if (Distances.isKnown(name)) {
      return Distances.type().read("resume", "minimizing", name);
    }
    throw new RetortException(
        "resume run %s: expected loss '%s', one of your own, got none of that name. Say register(\"%s\", ..) and resume again."
            .formatted(run, name, name));
  }

  private static Optional<String> difference(JsonObject stored, Distance distance) {
    if (!(distance instanceof OwnDistance own)) {
      return Optional.empty();
    }
    Optional<String> unknown = own.imprint().unknown().map("its code "::concat);
    return unknown.isPresent() ? unknown : Identity.difference(stored, own.imprint().json());
  }

  /** Why a loss cannot be told from others; empty where it can. */
  static Optional<String> unknown(Loss loss) {
    return loss.own().stream()
        .map(own -> own.imprint().unknown())
        .flatMap(Optional::stream)
        .findFirst()
        .map("its code "::concat);
  }

  /** How people go on with a run, where its loss has distances of their own. */
  static String resuming(int run, Loss loss, String words) {
    String said = words;
    for (OwnDistance own : loss.own()) {
      said =
          Resumption.after(
              run,
              "loss '%s'".formatted(own.name()),
              own.imprint().unknown().map("its code "::concat),
              said);
    }
    return said;
  }
}
