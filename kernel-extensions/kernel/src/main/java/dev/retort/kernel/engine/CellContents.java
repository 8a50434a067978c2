package dev.retort.kernel.engine;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a variable holds: its value, the elements of it where it is a container of the JDK, and the
 * fields of it where its class is one of a cell.
 */
final class CellContents {
  private CellContents() {}

  /** A value and what it directly holds, without nulls. */
  static List<Object> of(Object value) {
    List<Object> all = new ArrayList<>(List.of(value));
    try {
      all.addAll(held(value));
    } catch (ConcurrentModificationException e) {
      return all; // a thread of an earlier cell is at work on it
    }
    all.removeIf(Objects::isNull);
    return all;
  }

  private static Collection<?> held(Object value) {
    if (value instanceof Object[] array) {
      return Arrays.asList(array);
    }
    String type = value.getClass().getName();
    if (!Succession.place(type).isEmpty()) {
      return fields(value);
    }
    if (!type.startsWith("java.")) {
      return List.of();
    }
    if (value instanceof Map<?, ?> map) {
      List<Object> both = new ArrayList<>(map.keySet());
      both.addAll(map.values());
      return both;
    }
    if (value instanceof Optional<?> optional) {
      return optional.stream().toList();
    }
    return value instanceof Collection<?> collection ? collection : List.of();
  }

  private static List<Object> fields(Object value) {
    List<Object> values = new ArrayList<>();
    for (Field field : value.getClass().getDeclaredFields()) {
      try {
        field.setAccessible(true);
        values.add(field.get(value));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("reading " + field, e); // it was made accessible
      }
    }
    return values;
  }
}
