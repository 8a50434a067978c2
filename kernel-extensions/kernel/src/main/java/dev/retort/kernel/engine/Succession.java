package dev.retort.kernel.engine;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hands the variables of cells on, from a class to the one that takes its place.
 *
 * <p>JShell keeps a variable in a static field of a class {@code $JShell$12}. Where that class
 * cannot be redefined it makes {@code $JShell$12B}, whose fields are empty.
 */
final class Succession {
  private static final Pattern NAME = Pattern.compile("(.*\\$JShell\\$\\d+)[A-Z]*(\\$.*)?");

  private final Map<String, Class<?>> living = new HashMap<>();
  private Takeover takeover = new Takeover();

  /** The name that a class has in common with those that it replaces and is replaced by. */
  static String place(String className) {
    Matcher name = NAME.matcher(className);
    return name.matches() ? name.group(1) + Optional.ofNullable(name.group(2)).orElse("") : "";
  }

  /** Begins an evaluation; what it takes over, and what not, will be told by the result. */
  Takeover begin() {
    takeover = new Takeover();
    return takeover;
  }

  /** Tells that code is about to run: from now on variables have other values. */
  void settle() {
    takeover.estate.clear();
  }

  /** Puts a class in the place of the one before, and gives it what that one had. */
  void enter(Class<?> heir) {
    String place = place(heir.getName());
    Class<?> before = place.isEmpty() ? heir : living.put(place, heir);
    if (before == null || before == heir) {
      return;
    }
    boolean holdsVariables = place.lastIndexOf('$') == place.indexOf("$JShell$") + 7;
    if (holdsVariables) {
      takeover.variables(before, heir);
    } else {
      takeover.types(before);
    }
  }

  /** What one evaluation could hand on, and what it could not. */
  static final class Takeover {
    private final Map<String, Object> estate = new LinkedHashMap<>();
    private final Set<String> lost = new LinkedHashSet<>();
    private final Set<Class<?>> replaced = new LinkedHashSet<>();

    private void variables(Class<?> before, Class<?> heir) {
      for (Field field : before.getDeclaredFields()) {
        String name = field.getName();
        if (!isState(field)) {
          continue;
        }
        estate.computeIfAbsent(name, any -> read(field));
        Object value = estate.get(name);
        if (value != null && !write(heir, name, value)) {
          lost.add(name);
        } else {
          lost.remove(name);
        }
      }
    }

    private void types(Class<?> before) {
      replaced.add(before);
    }

    /** The variables whose values did not fit their new types. */
    Set<String> lost() {
      return Set.copyOf(lost);
    }

    /** The simple names of the classes of cells that others have taken the place of. */
    Set<String> replaced() {
      Set<String> names = new TreeSet<>();
      replaced.forEach(type -> names.add(type.getSimpleName()));
      return names;
    }

    /** Those of the replaced classes that had static fields; these begin anew. */
    Set<String> withState() {
      Set<String> names = new TreeSet<>();
      for (Class<?> type : replaced) {
        if (Arrays.stream(type.getDeclaredFields()).anyMatch(Takeover::isVariable)) {
          names.add(type.getSimpleName());
        }
      }
      return names;
    }

    /** The class that was replaced and that a value is of, or an element of it, if one is. */
    Optional<String> heldBy(Object value) {
      return replaced.isEmpty()
          ? Optional.empty()
          : CellContents.of(value).stream()
              .filter(one -> replaced.stream().anyMatch(type -> type.isInstance(one)))
              .map(one -> one.getClass().getSimpleName())
              .findFirst();
    }

    private static boolean isState(Field field) {
      return Modifier.isStatic(field.getModifiers()) && !field.isSynthetic();
    }

    private static boolean isVariable(Field field) {
      return isState(field) && !Modifier.isFinal(field.getModifiers());
    }
  }

  private static Object read(Field field) {
    try {
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static boolean write(Class<?> owner, String name, Object value) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      field.set(null, value); // widens numbers as an assignment does
      return true;
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return false;
    }
  }
}
