package dev.retort.code;

import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** Which classes of the JDK show all that they hold, and how. */
final class Plainly {
  private static final List<Class<?>> TOLD =
      List.of(
          UUID.class,
          java.net.URI.class,
          java.io.File.class,
          Path.class,
          Locale.class,
          Currency.class,
          BitSet.class,
          AtomicBoolean.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class);
  private static final List<Class<?>> KNOWN =
      List.of(
          List.class,
          SortedSet.class,
          LinkedHashSet.class,
          Set.class,
          SortedMap.class,
          LinkedHashMap.class,
          Map.class,
          Path.class);
  private static final List<Class<?>> MUTE =
      List.of(
          java.io.PrintStream.class,
          java.util.logging.Logger.class,
          System.Logger.class,
          java.util.concurrent.locks.Lock.class);

  private Plainly() {}

  /** Whether a number's text says all of it. */
  static boolean isNumber(Number number) {
    return number instanceof Integer
        || number instanceof Long
        || number instanceof Short
        || number instanceof Byte
        || number instanceof BigInteger
        || number instanceof BigDecimal;
  }

  /** The text of a value that says all of it. */
  static Optional<String> text(Object value) {
    Class<?> type = value.getClass();
    if (Origin.of(type) != Origin.PLATFORM) {
      return Optional.empty();
    }
    if (value instanceof Pattern pattern) {
      return Optional.of("/" + pattern + "/" + pattern.flags());
    }
    if (value instanceof Enum<?> constant) {
      return Optional.of(constant.name());
    }
    if (type == Object.class || MUTE.stream().anyMatch(each -> each.isInstance(value))) {
      return Optional.of("a " + type.getSimpleName());
    }
    boolean told =
        value instanceof Number
            || type.getPackageName().startsWith("java.time")
            || TOLD.stream().anyMatch(each -> each.isInstance(value));
    return told ? Optional.of(value.toString()) : Optional.empty();
  }

  /**
   * The class by which people know a value of the JDK; empty for what tells its class itself, and
   * for what does nothing that counts.
   */
  static Optional<Class<?>> known(Object value) {
    Class<?> type = value.getClass();
    boolean container = type.isArray() || value instanceof Collection || value instanceof Map;
    if ((Origin.of(type) != Origin.PLATFORM && !container)
        || Proxy.isProxyClass(type)
        || type.isHidden()
        || MUTE.stream().anyMatch(each -> each.isInstance(value))) {
      return Optional.empty();
    }
    return KNOWN.stream()
        .filter(each -> each.isInstance(value))
        .findFirst()
        .or(() -> Optional.of(value instanceof Enum<?> one ? one.getDeclaringClass() : type));
  }

  /** Whether the order in which a collection or a map gives what it holds is its own. */
  static boolean isOrdered(Object value) {
    return value instanceof SortedSet
        || value instanceof LinkedHashSet
        || value instanceof SortedMap
        || value instanceof LinkedHashMap
        || !(value instanceof Set || value instanceof Map);
  }

  /** What a container holds that is no collection. */
  static Optional<List<Object>> inside(Object value) {
    if (value instanceof Optional<?> optional) {
      return Optional.of(List.copyOf(optional.stream().toList()));
    }
    if (value instanceof AtomicReference<?> reference) {
      return Optional.of(new ArrayList<>(Arrays.asList(reference.get())));
    }
    return Optional.empty();
  }

  /** Whether a class of the JDK adds nothing that its subclasses would have to tell. */
  static boolean isStateless(Class<?> type) {
    return type == Enum.class || type.getDeclaredFields().length == 0;
  }

  static String withArticle(Class<?> type) {
    return "a %s, whose content cannot be compared".formatted(type.getName());
  }
}
