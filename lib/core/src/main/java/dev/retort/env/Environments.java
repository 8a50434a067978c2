package dev.retort.env;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The environments that are known by name: the built-in ones, and those that a user has registered.
 */
public final class Environments {
  private static final Map<String, Env> KNOWN = new TreeMap<>();

  private Environments() {}

  /** The environment of that name, upper and lower case alike. */
  public static synchronized Env get(String name) {
    for (Map.Entry<String, Env> known : KNOWN.entrySet()) {
      if (known.getKey().equalsIgnoreCase(name)) {
        return known.getValue();
      }
    }
    throw new UnknownNameException("environment", name, KNOWN.keySet());
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
}
