package dev.retort.option;

import dev.retort.RetortException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What somebody has to give. */
public final class Given {
  private Given() {}

  /**
   * Refuses null, which in a notebook is mostly a variable whose cell failed.
   *
   * @param verb who asks, such as {@code train}
   * @param what is expected, such as {@code an environment}
   * @param value what came
   */
  public static <T> T given(String verb, String what, T value) {
    if (value == null) {
      throw new RetortException(
          "%s: expected %s, got null. Did its cell fail?".formatted(verb, what));
    }
    return value;
  }

  /**
   * Refuses null, and files whose names promise something else than they would hold.
   *
   * @param verb who asks, such as {@code save film}
   * @param file where it goes
   * @param ending of the names of such files, with its dot
   */
  public static Path file(String verb, Path file, String ending) {
    given(verb, "a file", file);
    String name = String.valueOf(file.getFileName());
    if (!name.toLowerCase(Locale.ROOT).endsWith(ending)) {
      int dot = name.lastIndexOf('.');
      throw new RetortException(
          "%s: expected a file that ends in %s, got '%s'. Name it '%s'."
              .formatted(verb, ending, file, (dot > 0 ? name.substring(0, dot) : name) + ending));
    }
    return file;
  }

  /** Refuses null in the place of numbers. */
  public static List<Integer> given(String verb, String what, int[] values) {
    given(verb, what, (Object) values);
    return Arrays.stream(values).boxed().toList();
  }

  /** Refuses null in the place of numbers. */
  public static List<Double> given(String verb, String what, double[] values) {
    given(verb, what, (Object) values);
    return Arrays.stream(values).boxed().toList();
  }

  /** Refuses none, and null among several. */
  public static <T> List<T> given(String verb, String what, T[] values) {
    given(verb, what, (Object) values);
    if (values.length == 0) {
      throw new RetortException("%s: expected %s, got none.".formatted(verb, what));
    }
    for (T value : values) {
      given(verb, what, value);
    }
    return List.of(values);
  }
}
