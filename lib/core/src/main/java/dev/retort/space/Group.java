package dev.retort.space;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Several spaces under names, stored one behind the other in the order in which they were named.
 *
 * @param parts the named spaces, at least one
 */
public record Group(Map<String, Space> parts) implements Space {
  /** Keeps the order of the parts. */
  public Group {
    if (parts.isEmpty()) {
      throw new RetortException("group: expected at least one named space, got none.");
    }
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** A group of one. */
  public static Group of(String name, Space space) {
    return new Group(Map.of(name, space));
  }

  /** The same group with one part more. */
  public Group and(String name, Space space) {
    Map<String, Space> more = new LinkedHashMap<>(parts);
    if (more.put(name, space) != null) {
      throw new RetortException("group: expected a new name, got '" + name + "' twice.");
    }
    return new Group(more);
  }

  /** Where a part begins in the flat value. */
  public int offset(String name) {
    int offset = 0;
    for (Map.Entry<String, Space> part : parts.entrySet()) {
      if (part.getKey().equals(name)) {
        return offset;
      }
      offset += part.getValue().size();
    }
    throw new RetortException(
        "group: expected one of %s, got '%s'.".formatted(parts.keySet(), name));
  }

  @Override
  public int size() {
    return parts.values().stream().mapToInt(Space::size).sum();
  }

  @Override
  public boolean contains(float[] values, int at) {
    int offset = at;
    for (Space part : parts.values()) {
      if (!part.contains(values, offset)) {
        return false;
      }
      offset += part.size();
    }
    return true;
  }

  @Override
  public void sample(RandomStream random, float[] values, int at) {
    int offset = at;
    for (Space part : parts.values()) {
      part.sample(random, values, offset);
      offset += part.size();
    }
  }

  /**
   * Whether the other has the same parts in the same order; the order decides what numbers mean.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Group that
        && List.copyOf(parts.entrySet()).equals(List.copyOf(that.parts.entrySet()));
  }

  @Override
  public int hashCode() {
    return List.copyOf(parts.entrySet()).hashCode();
  }

  @Override
  public String summary() {
    return parts.entrySet().stream()
        .map(part -> part.getKey() + ": " + part.getValue().summary())
        .collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return "Group[" + summary() + "]";
  }
}
