package dev.retort.option;

import dev.retort.RetortException;
import java.util.Arrays;
import java.util.List;

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
