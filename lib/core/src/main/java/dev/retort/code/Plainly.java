package dev.retort.code;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
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

  /** What a container holds that is no collection. */
  static Optional<Object> inside(Object value) {
    if (value instanceof Optional<?> optional) {
      return Optional.of(optional.stream().toList());
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
