package dev.retort.kernel.install;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * What tells the C library of Linux to keep the memory of the engine between two calls, in place of
 * giving it back to the system and asking for it again; other systems do not know these names.
 */
public final class EngineMemory {
  private static final Map<String, String> VARIABLES =
      Map.of("MALLOC_MMAP_THRESHOLD_", "33554432", "MALLOC_TRIM_THRESHOLD_", "536870912");

  private EngineMemory() {}

  /** Adds to the environment of a kernel what it does not say of its own. */
  public static void keep(JsonObject environment) {
    new TreeMap<>(VARIABLES)
        .forEach(
            (name, value) -> {
              if (!environment.has(name)) {
                environment.addProperty(name, value);
              }
            });
  }
}
