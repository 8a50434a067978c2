package dev.retort.plan;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.retort.code.Imprint;
import dev.retort.env.Identity;
import dev.retort.nn.Architecture;
import dev.retort.nn.Architectures;
import dev.retort.option.Option;
import dev.retort.option.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A mark in {@code spec.json} of what the networks of the user's own do that settings name. */
final class OwnNetworks {
  private static final String NETWORKS = "networks";

  private OwnNetworks() {}

  static void write(Settings settings, JsonObject spec) {
    JsonObject marks = new JsonObject();
    of(settings).forEach(each -> marks.add(text(each), imprint(each).json()));
    if (marks.size() > 0) {
      spec.add(NETWORKS, marks);
    }
  }

  private static Stream<Architecture> of(Settings settings) {
    return settings.schema().options().stream()
        .map(option -> (Object) settings.get((Option<?>) option))
        .filter(Architecture.class::isInstance)
        .map(Architecture.class::cast)
        .filter(each -> !Architectures.isSupplied(each));
  }

  private static String text(Architecture network) {
    return Architecture.type().writer().apply(network);
  }

  private static Imprint imprint(Architecture network) {
    return Imprint.of(
        network,
        Architecture.class,
        method -> method.getName().equals("write"),
        value -> Optional.empty());
  }

  /** Refuses a description whose networks are known by name and do something else now. */
  static void require(JsonObject spec) {
    if (!spec.has(NETWORKS)) {
      return;
    }
    for (Map.Entry<String, JsonElement> mark : spec.getAsJsonObject(NETWORKS).entrySet()) {
      Architecture now = Architecture.type().read("resume", "network", mark.getKey());
      Identity.difference(mark.getValue().getAsJsonObject(), imprint(now).json())
          .ifPresent(
              difference -> {
                throw new OtherEnvironment(
                    "resume: expected network '%s' as it was, but %s."
                        .formatted(mark.getKey(), difference));
              });
    }
  }

  /** Removes from a description what would be compared. */
  static JsonObject uncompared(JsonObject spec) {
    JsonObject copy = spec.deepCopy();
    copy.remove(NETWORKS);
    return copy;
  }

  /** Whether the code of all networks can be told from others. */
  static boolean areKnown(Settings settings) {
    return of(settings).allMatch(each -> imprint(each).unknown().isEmpty());
  }

  /** How people go on with a run, where networks are their own. */
  static String resuming(Settings settings, String words) {
    List<String> names = of(settings).map(OwnNetworks::text).toList();
    return names.isEmpty()
        ? words
        : words
            + (words.contains("register(..)") ? " and" : ", after register(..)")
            + " of its network '%s'".formatted(String.join("' and '", names));
  }
}
