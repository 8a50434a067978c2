package dev.retort.option;

import dev.retort.RetortException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How an option's value is written and read.
 *
 * @param <T> the value's type; an immutable one
 * @param label what is expected, for help and error messages, such as {@code a whole number of at
 *     least 1}
 * @param reader reads a value, and throws {@link IllegalArgumentException} where it cannot
 * @param writer writes a value so that {@code reader} reads it again
 * @param choices values to suggest while one is typed: all that there are where they are few, else
 *     the usual ones
 */
public record Type<T>(
    String label, Function<String, T> reader, Function<T, String> writer, List<String> choices) {
  private static final int MOST_SHOWN = 100;
  private static final List<String> FLAGS = List.of("on", "off");

  /** Keeps a copy of the choices. */
  public Type {
    choices = List.copyOf(choices);
  }

  /** A type without choices. */
  public Type(String label, Function<String, T> reader, Function<T, String> writer) {
    this(label, reader, writer, List.of());
  }

  /** The same type with these choices. */
  public Type<T> suggesting(List<String> values) {
    return new Type<>(label, reader, writer, values);
  }

  /** Whole numbers between bounds; underscores may group digits. */
  public static Type<Long> whole(long low, long high) {
    return new Type<>(
        whole(low, high, Long.MAX_VALUE), text -> whole(text, low, high), String::valueOf);
  }

  /** Whole numbers between bounds, which arrays may be long; underscores may group digits. */
  public static Type<Integer> whole(int low, int high) {
    return new Type<>(
        whole(low, high, Integer.MAX_VALUE),
        text -> {
          if (whole(text, low, Long.MAX_VALUE) > Integer.MAX_VALUE) {
            throw new TooLarge();
          }
          return (int) whole(text, low, high);
        },
        String::valueOf);
  }

  private static String whole(long low, long high, long none) {
    if (high != none) {
      return "a whole number from " + low + " to " + high;
    }
    return low < -none ? "a whole number" : "a whole number of at least " + low;
  }

  private static long whole(String text, long low, long high) {
    long value = Long.parseLong(text.replace("_", ""));
    require(value >= low && value <= high);
    return value;
  }

  /** Numbers between bounds; without any bound, all that are finite. */
  public static Type<Double> real(double low, double high) {
    String least = low == -Double.MAX_VALUE ? "a number" : "a number of at least " + plain(low);
    return new Type<>(
        high == Double.MAX_VALUE ? least : "a number from " + plain(low) + " to " + plain(high),
        text -> {
          double value = Double.parseDouble(text);
          require(value >= low && value <= high);
          return value;
        },
        String::valueOf);
  }

  /** A number as a person writes it, 1 and not 1.0. */
  public static String plain(double number) {
    String text = String.valueOf(number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Any finite number. */
  public static Type<Double> real() {
    return real(-Double.MAX_VALUE, Double.MAX_VALUE);
  }

  /**
   * The values of a type, and one that is written as a word of its own.
   *
   * @param word such as {@code never}
   * @param value what it stands for
   */
  public static <T> Type<T> orWord(Type<T> type, String word, T value) {
    return new Type<>(
        type.label() + ", or " + word,
        text -> text.equals(word) ? value : type.reader().apply(text),
        written -> written.equals(value) ? word : type.writer().apply(written),
        List.of(word));
  }

  /** What is on or off. */
  public static Type<Boolean> flag() {
    return new Type<>(
        "one of on, off",
        text -> {
          String word = text.trim().toLowerCase(Locale.ROOT);
          require(FLAGS.contains(word));
          return word.equals("on");
        },
        on -> on ? "on" : "off",
        FLAGS);
  }

  /**
   * Values with blanks or commas between.
   *
   * @param none how the empty list is written
   * @param reader reads one value
   */
  public static <T> Type<List<T>> list(String label, String none, Function<String, T> reader) {
    return new Type<>(
        label,
        text ->
            text.trim().equals(none)
                ? List.of()
                : Arrays.stream(text.trim().split("[,\\s]+", -1)).map(reader).toList(),
        values ->
            values.isEmpty()
                ? none
                : values.stream().map(String::valueOf).collect(Collectors.joining(",")),
        List.of(none));
  }

  /** One of the constants of an enum, in lower case with hyphens. */
  public static <E extends Enum<E>> Type<E> choice(Class<E> constants) {
    List<String> names = Arrays.stream(constants.getEnumConstants()).map(Type::word).toList();
    return new Type<>(
        "one of " + String.join(", ", names),
        text -> {
          int index = names.indexOf(text.trim().toLowerCase(Locale.ROOT).replace('_', '-'));
          require(index >= 0);
          return constants.getEnumConstants()[index];
        },
        Type::word,
        names);
  }

  /** Whole numbers with blanks or commas between. */
  public static Type<List<Integer>> widths() {
    return new Type<>(
        "whole numbers of at least 1, such as 64,64",
        text ->
            Arrays.stream(text.trim().split("[,\\s]+", -1))
                .filter(word -> !word.isEmpty())
                .map(
                    word -> {
                      int width = Integer.parseInt(word);
                      require(width >= 1);
                      return width;
                    })
                .toList(),
        widths -> widths.stream().map(String::valueOf).collect(Collectors.joining(",")));
  }

  /** Any text. */
  public static Type<String> text(String label) {
    return new Type<>(label, text -> text, text -> text);
  }

  /** Refuses a value inside a reader. */
  public static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException();
    }
  }

  /**
   * Reads a value, or says what was expected.
   *
   * @param owner who reads, such as {@code ppo}
   * @param name of what is read
   * @param text what was written
   */
  public T read(String owner, String name, String text) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      String expected = e instanceof TooLarge ? TooLarge.EXPECTED : label;
      throw new RetortException(
          "%s: expected %s for '%s', got '%s'.".formatted(owner, expected, name, shown(text)), e);
    }
  }

  /** A text as a message shows it: one from a file may be as long as the file. */
  private static String shown(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A whole number that no array is as long as. */
  private static final class TooLarge extends IllegalArgumentException {
    static final String EXPECTED = "a whole number of at most " + Integer.MAX_VALUE;
  }
}
