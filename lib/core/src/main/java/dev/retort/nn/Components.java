package dev.retort.nn;

import dev.retort.RetortException;
import dev.retort.option.Type;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The components of a record as text, with colons between, and lists with commas. */
final class Components {
  private static final String NONE = "none";

  private Components() {}

  /** All components of a record. */
  static String text(Object record) {
    return values(record).stream().map(Components::written).collect(Collectors.joining(":"));
  }

  private static List<Object> values(Object record) {
    if (!record.getClass().isRecord()) {
      throw new RetortException(
          "network: expected a record, whose components are its options, got %s."
              .formatted(record.getClass().getSimpleName()));
    }
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      try {
        values.add(accessor.invoke(record));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("reading " + component, e);
      }
    }
    return values;
  }

  private static String written(Object value) {
    if (value instanceof Integer || value instanceof Double || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof Enum<?> choice) {
      return choice.name().toLowerCase(Locale.ROOT);
    }
    if (value instanceof List<?> list && list.stream().allMatch(Integer.class::isInstance)) {
      return list.isEmpty()
          ? NONE
          : list.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    throw new RetortException(
        "network: expected components that are whole numbers, numbers, flags, choices or lists of whole numbers, got '%s'."
            .formatted(value));
  }

  /** A record like another one, with its first components replaced by those of a text. */
  static <R> R read(R like, String text) {
    List<Object> values = values(like);
    String[] words = text.split(":", -1);
    Type.require(words.length <= values.size());
    for (int i = 0; i < words.length; i++) {
      values.set(i, component(values.get(i), words[i].trim()));
    }
    @SuppressWarnings("unchecked") // it is the class of the record itself
    Class<R> type = (Class<R>) like.getClass();
    try {
      Constructor<R> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException refusal
          ? refusal
          : new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("making " + type, e);
    }
  }

  private static Object component(Object like, String word) {
    if (like instanceof Integer) {
      return Integer.valueOf(word);
    }
    if (like instanceof Double) {
      return Double.valueOf(word);
    }
    if (like instanceof Boolean) {
      Type.require(word.equals("true") || word.equals("false"));
      return Boolean.valueOf(word);
    }
    if (like instanceof Enum<?> choice) {
      return Arrays.stream(choice.getDeclaringClass().getEnumConstants())
          .filter(each -> each.name().equalsIgnoreCase(word))
          .findFirst()
          .orElseThrow(IllegalArgumentException::new);
    }
    return word.equals(NONE)
        ? List.of()
        : Arrays.stream(word.split(",", -1)).map(String::trim).map(Integer::valueOf).toList();
  }
}
