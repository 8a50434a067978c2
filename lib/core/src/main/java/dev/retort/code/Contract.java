package dev.retort.code;

import java.lang.reflect.Method;
import java.util.function.Predicate;

/**
 * What objects are there for.
 *
 * @param type the interface that says it
 * @param decides which of its methods decide something; the others are for people
 */
record Contract(Class<?> type, Predicate<Method> decides) {
  private static final String TEXT = "toString";

  /** Whether it matters what stands in for a method. */
  boolean counts(Method method) {
    return method.getDeclaringClass() == type
        ? decides.test(method)
        : !method.getName().equals(TEXT);
  }
}
