package dev.retort.code;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A class and all that it is: its superclasses, nearest first, then all interfaces. */
final class Supertypes {
  private Supertypes() {}

  static Set<Class<?>> of(Class<?> type) {
    Set<Class<?>> all = new LinkedHashSet<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      all.add(each);
    }
    for (Class<?> each : List.copyOf(all)) {
      interfaces(each, all);
    }
    return all;
  }

  private static void interfaces(Class<?> type, Set<Class<?>> all) {
    for (Class<?> each : new ArrayList<>(List.of(type.getInterfaces()))) {
      if (all.add(each)) {
        interfaces(each, all);
      }
    }
  }
}
