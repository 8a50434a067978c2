package dev.retort.notebook;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where a value waits for the piece of Java that puts it into a variable.
 *
 * <p>Kernels evaluate text and take no objects, so {@code Ensemble students =
 * dev.retort.notebook.Handover.take("students");} is how a magic declares one.
 */
public final class Handover {
  private static final Map<String, Object> WAITING = new ConcurrentHashMap<>();

  private Handover() {}

  /** Lets a value wait under a key. */
  public static void put(String key, Object value) {
    WAITING.put(key, value);
  }

  /** Takes the value that waits under a key; it waits no more. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the declaration says the type
  public static <T> T take(String key) {
    Object value = WAITING.remove(key);
    if (value == null) {
      throw new IllegalStateException("nothing waits under '" + key + "'.");
    }
    return (T) value;
  }
}
