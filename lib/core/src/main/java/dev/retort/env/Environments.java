package dev.retort.env;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environments that are known by name: the built-in ones, and those that a user has registered.
 *
 * <p>A built-in one is a line in {@code META-INF/services/dev.retort.env.Env}; so is one that comes
 * in another jar. Sizes and other options are set with {@link Env#with}.
 */
public final class Environments {
  private static final Pattern NARROWED =
      Pattern.compile("(.+)/(train|validation|test)-(\\d{1,9})", Pattern.CASE_INSENSITIVE);
  private static final Pattern VERSIONED = Pattern.compile("(.+)-v\\d+");
  private static final Map<String, Env> KNOWN = new TreeMap<>();

  static {
    ServiceLoader.load(Env.class, Environments.class.getClassLoader())
        .forEach(env -> KNOWN.put(env.name(), env));
  }

  private Environments() {}

  /**
   * The environment of that name, upper and lower case alike.
   *
   * @param name a name such as {@code CartPole}, also with the version that Gymnasium gives it,
   *     {@code CartPole-v1}, or with a part of the family, {@code FourRooms/train-200}
   */
  public static synchronized Env get(String name) {
    Optional<Env> known = find(name);
    if (known.isPresent()) {
      return known.get();
    }
    Matcher narrowed = NARROWED.matcher(name);
    if (narrowed.matches()) {
      return part(get(narrowed.group(1)), narrowed.group(2), narrowed.group(3));
    }
    Matcher versioned = VERSIONED.matcher(name);
    if (versioned.matches()) {
      Optional<Env> plain = find(versioned.group(1));
      if (plain.isPresent()) {
        return plain.get();
      }
    }
    throw new UnknownNameException("environment", name, KNOWN.keySet());
  }

  /** The part of a family that a name says behind its slash, such as {@code train-200}. */
  public static Env part(Env family, String part) {
    Matcher narrowed = NARROWED.matcher(family.name() + "/" + part);
    if (!narrowed.matches()) {
      throw new RetortException(
          "%s: expected a part such as train-200, validation-40 or test-200, got '%s'."
              .formatted(family.name(), part));
    }
    return part(family, narrowed.group(2), narrowed.group(3));
  }

  private static Env part(Env family, String split, String count) {
    return family.split(Split.valueOf(split.toUpperCase(Locale.ROOT)), Integer.parseInt(count));
  }

  private static Optional<Env> find(String name) {
    if (KNOWN.containsKey(name)) {
      return Optional.of(KNOWN.get(name));
    }
    return KNOWN.entrySet().stream()
        .filter(known -> known.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Makes an environment known by its name; a cell that is run again replaces it. */
  public static synchronized Env register(Env env) {
    if (env.name().isBlank()) {
      throw new RetortException(
          "register environment: expected a name, got none. Override name().");
    }
    KNOWN.put(env.name(), env);
    return env;
  }

  /** All that are known, by name. */
  public static synchronized List<Env> all() {
    return new ArrayList<>(KNOWN.values());
  }

  /** The names of those that are families of tasks, from which contexts can be taken. */
  public static synchronized List<String> families() {
    return KNOWN.values().stream().filter(env -> env.contexts() > 1).map(Env::name).toList();
  }
}
