package dev.retort.teach;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.code.Imprint;
import dev.retort.env.Env;
import dev.retort.guidance.Guidance;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The algorithms that are known by name: those of the library, and those that were registered. */
public final class Algorithms {
  private static final List<Algorithm> SUPPLIED =
      List.of(
          new Ppo(),
          new Dna(),
          new Iter(),
          new Dqn(),
          new DecisionTransformer(),
          new Td3(),
          new Sac(),
          new QLearning(),
          new DelayedQ(),
          new RMax(),
          new Es());

  private static final Set<String> FOR_PEOPLE = Set.of("name", "cautions", "budget", "set");

  private static final Map<String, Algorithm> OWN = new LinkedHashMap<>();

  private Algorithms() {}

  /** Those of the library at their defaults. */
  public static List<Algorithm> supplied() {
    return SUPPLIED;
  }

  /**
   * All that are known: those of the library at their defaults, then those that were registered.
   */
  public static synchronized List<Algorithm> all() {
    List<Algorithm> all = new ArrayList<>(SUPPLIED);
    all.addAll(OWN.values());
    return all;
  }

  /** The algorithm of that name, with or without hyphens, in any case. */
  static Algorithm of(String name) {
    Given.given("algorithm", "a name such as PPO", name);
    return all().stream()
        .filter(known -> key(known.name()).equals(key(name)))
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownNameException(
                    "algorithm", name, all().stream().map(Algorithm::name).toList()));
  }

  private static String key(String name) {
    return name.replace("-", "").toLowerCase(Locale.ROOT);
  }

  /** Whether an algorithm is one of the library's. */
  public static boolean isSupplied(Algorithm algorithm) {
    return SUPPLIED.stream().anyMatch(known -> known.getClass().equals(algorithm.getClass()));
  }

  /**
   * Imprint of what an algorithm of the user's own does; its settings and guidance tell themselves.
   */
  public static Imprint imprint(Algorithm algorithm) {
    return Imprint.of(
        algorithm,
        Algorithm.class,
        method -> !FOR_PEOPLE.contains(method.getName()),
        Algorithms::told);
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

  /**
   * Makes an algorithm of your own known by its name, so that magics and {@code resume} find it; a
   * cell that is run again replaces it.
   *
   * @throws RetortException if it has no name, or that of one of the library's
   */
  public static synchronized <A extends Algorithm> A register(A algorithm) {
    String name = Given.given("register", "an algorithm", algorithm).name();
    if (name == null || name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
      throw new RetortException(
          "register algorithm: expected a name on one line, got %s. Override name()."
              .formatted(name == null ? "null" : "'" + name + "'"));
    }
    if (SUPPLIED.stream().anyMatch(known -> key(known.name()).equals(key(name)))) {
      throw new RetortException(
          "register: expected a name of its own, got '%s', which is one of the library's. Override name()."
              .formatted(name));
    }
    OWN.put(key(name), algorithm);
    return algorithm;
  }
}
