package dev.retort.loss;

import com.google.gson.JsonElement;
import dev.retort.RetortException;
import dev.retort.code.Imprint;
import dev.retort.option.Given;
import dev.retort.option.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Distances of the user's own by their names: those that were registered, and those in use. */
final class OwnDistances {
  private static final Pattern NAME = Pattern.compile("\\p{L}[^\\s,+]*");
  private static final String NAMELESS = "own";

  private static final Map<String, OwnDistance> REGISTERED = new LinkedHashMap<>();
  private static final Map<String, DoubleFunction<? extends Distance>> FAMILIES =
      new LinkedHashMap<>();
  private static final Map<String, OwnDistance> IN_USE = new LinkedHashMap<>();

  private OwnDistances() {}

  static synchronized Distance register(String name, Distance distance) {
    OwnDistance own = new OwnDistance(free(name), Given.given("register", "a distance", distance));
    REGISTERED.put(key(name), own);
    return own;
  }

  static synchronized void register(String name, DoubleFunction<? extends Distance> family) {
    FAMILIES.put(key(free(name)), Given.given("register", "a family of distances", family));
  }

  private static String free(String name) {
    Given.given("register", "the name of a distance", name);
    if (!NAME.matcher(name).matches()) {
      throw new RetortException(
          "register: expected the name of a distance in one word that begins with a letter, such as \"pinball\", got '%s'."
              .formatted(name));
    }
    if (Distances.isSupplied(name)) {
      throw new RetortException(
          "register: expected a name of its own, got '%s', which is one of the library's. Say another."
              .formatted(name));
    }
    return name;
  }

  /** What was registered, or is in use, under that text. */
  static synchronized Optional<Distance> find(String text) {
    String key = key(text);
    int colon = key.lastIndexOf(':');
    String family = colon < 0 ? key : key.substring(0, colon);
    if (REGISTERED.containsKey(key)) {
      return Optional.of(REGISTERED.get(key));
    }
    return FAMILIES.containsKey(family)
        ? Optional.of(member(text, family, colon < 0 ? "1" : key.substring(colon + 1)))
        : Optional.ofNullable(IN_USE.get(key));
  }

  private static OwnDistance member(String text, String family, String parameter) {
    double value = Double.parseDouble(parameter);
    Type.require(Double.isFinite(value));
    return new OwnDistance(text, FAMILIES.get(family).apply(value));
  }

  /** A distance under its name, which it is given where it has none yet. */
  static synchronized OwnDistance known(Distance distance) {
    if (distance instanceof OwnDistance own) {
      IN_USE.put(key(own.name()), own);
      return own;
    }
    return REGISTERED.values().stream()
        .filter(own -> own.distance().equals(distance))
        .findFirst()
        .orElseGet(
            () -> {
              OwnDistance own = new OwnDistance(name(distance), distance);
              IN_USE.put(key(own.name()), own);
              return own;
            });
  }

  /**
   * The name of a distance that nobody has named: its class and the numbers that it holds, such as
   * {@code pinball:0.9}, or a mark of its code where these do not tell it.
   */
  private static String name(Distance distance) {
    Class<?> type = distance.getClass();
    String simple = type.isHidden() ? "" : Imprint.nameOf(type);
    String word = simple.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    boolean isNameless = simple.equals("Distance") || !NAME.matcher(word).matches();
    Imprint imprint = OwnDistance.imprint(distance);
    if (imprint.unknown().isPresent()) {
      return isNameless ? NAMELESS : word;
    }
    Collection<JsonElement> holds =
        imprint.json().has("holds")
            ? imprint.json().getAsJsonObject("holds").asMap().values()
            : List.of();
    if (isNameless
        || Distances.isSupplied(word)
        || !holds.stream().allMatch(OwnDistances::isNumber)) {
      return (isNameless ? NAMELESS : word) + "-" + imprint.mark();
    }
    return holds.stream()
        .map(number -> ":" + number.getAsString())
        .collect(Collectors.joining("", word, ""));
  }

  private static boolean isNumber(JsonElement held) {
    return held.isJsonPrimitive() && held.getAsJsonPrimitive().isNumber();
  }

  /** Names of all that were registered, such as {@code pinball}. */
  static synchronized List<String> names() {
    List<String> names = new ArrayList<>(FAMILIES.keySet());
    REGISTERED.values().forEach(own -> names.add(own.name()));
    return names;
  }

  private static String key(String name) {
    return name.trim().toLowerCase(Locale.ROOT);
  }
}
