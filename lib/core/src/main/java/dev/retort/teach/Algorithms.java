package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.option.Given;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The algorithms that are known by name: those of the library, and those that were registered. */
public final class Algorithms {
  private static final List<Algorithm> SUPPLIED =
      List.of(
          new Ppo(),
          new Dna(),
          new Iter(),
          new Dqn(),
          new Td3(),
          new Sac(),
          new QLearning(),
          new DelayedQ(),
          new RMax(),
          new Es());

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
