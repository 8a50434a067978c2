package dev.retort.code;

import com.google.gson.JsonElement;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Of which type values are where what was declared leaves it open: in a component of the type
 * {@code Object}, {@code 1}, {@code 1L}, {@code '1'} and {@code "1"} are written alike, and do
 * different things.
 */
final class Kind {
  private static final int LONGEST = 160;
  private static final String AS_SAID = "other";

  private final Set<Object> within = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Function<Object, JsonElement> text;

  /**
   * Kinds of values.
   *
   * @param text how a value is written without them
   */
  Kind(Function<Object, JsonElement> text) {
    this.text = text;
  }

  /**
   * The type of what a field holds, such as {@code Integer} or {@code List of Integer, Double};
   * empty where the declared one says it.
   */
  Optional<String> of(Object value, Field field) {
    return of(value, declared(field));
  }

  private static Type declared(Field field) {
    try {
      return field.getGenericType();
    } catch (RuntimeException | LinkageError e) { // of classes that are there no more
      return field.getType();
    }
  }

  private Optional<String> of(Object value, Type declared) {
    if (value == null || !within.add(value)) {
      return Optional.empty();
    }
    try {
      Optional<Class<?>> known = Plainly.known(value);
      if (known.isEmpty()) {
        return Optional.empty(); // it tells its type itself
      }
      boolean said = known.get().isAssignableFrom(raw(declared));
      Optional<String> parts = parts(value, declared, said);
      return said && parts.isEmpty()
          ? Optional.empty()
          : Optional.of(known.get().getSimpleName() + parts.map(" of "::concat).orElse(""));
    } finally {
      within.remove(value);
    }
  }

  /** The types of all that a container holds; empty where what was declared says them. */
  private Optional<String> parts(Object value, Type declared, boolean said) {
    List<String> kinds = new ArrayList<>();
    Type first = part(declared, 0);
    if (value.getClass().isArray()) {
      Type part = said ? first : value.getClass().getComponentType();
      for (int i = 0; i < Array.getLength(value) && !isPrimitive(part); i++) {
        kinds.add(word(Array.get(value, i), part));
      }
    } else if (value instanceof Collection<?> many) {
      many.forEach(each -> kinds.add(word(each, first)));
    } else if (value instanceof Map<?, ?> map) {
      Type second = part(declared, 1);
      map.forEach((key, each) -> kinds.add(pair(word(key, first), word(each, second))));
    } else {
      Plainly.inside(value)
          .ifPresent(inside -> inside.forEach(each -> kinds.add(word(each, first))));
    }
    List<String> different = kinds.stream().distinct().toList();
    if (different.isEmpty() || different.equals(List.of(AS_SAID))) {
      return Optional.empty();
    }
    return Optional.of(different.size() == 1 ? different.get(0) : inShort(all(value, kinds)));
  }

  private String word(Object value, Type declared) {
    return of(value, declared).orElse(AS_SAID);
  }

  private static String pair(String key, String held) {
    return key.equals(AS_SAID) ? held : key + " to " + held;
  }

  /** The types in the order in which values are written: where it is not theirs, by their texts. */
  private List<String> all(Object value, List<String> kinds) {
    if (Plainly.isOrdered(value)) {
      return kinds;
    }
    Iterator<String> next = kinds.iterator();
    List<String> all = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> all.add(text.apply(key) + " to " + text.apply(each)));
    } else {
      ((Collection<?>) value).forEach(each -> all.add(text.apply(each).toString()));
    }
    all.replaceAll(each -> each + " as " + next.next());
    return all.stream().sorted().toList();
  }

  private static String inShort(List<String> kinds) {
    String all = String.join(", ", kinds);
    return all.length() <= LONGEST ? all : "%s types, %s".formatted(kinds.size(), Digest.of(all));
  }

  private static boolean isPrimitive(Type type) {
    return type instanceof Class<?> known && known.isPrimitive();
  }

  /** What was declared for the parts of a container; everything where nothing was. */
  private static Type part(Type declared, int which) {
    if (declared instanceof GenericArrayType array) {
      return array.getGenericComponentType();
    }
    if (declared instanceof ParameterizedType type
        && which < type.getActualTypeArguments().length) {
      return type.getActualTypeArguments()[which];
    }
    return declared instanceof Class<?> type && type.isArray()
        ? type.getComponentType()
        : Object.class;
  }

  /** The class that a declared type comes to; that of the box for a number. */
  private static Class<?> raw(Type declared) {
    if (declared instanceof ParameterizedType type) {
      return raw(type.getRawType());
    }
    if (declared instanceof TypeVariable<?> variable) {
      return raw(variable.getBounds()[0]);
    }
    if (declared instanceof WildcardType wild) {
      return raw(wild.getUpperBounds()[0]);
    }
    if (declared instanceof GenericArrayType array) {
      return raw(array.getGenericComponentType()).arrayType();
    }
    Class<?> type = (Class<?>) declared;
    return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0).getClass() : type;
  }
}
