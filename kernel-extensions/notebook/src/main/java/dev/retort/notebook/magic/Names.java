package dev.retort.notebook.magic;

import dev.retort.option.Type;
import java.util.Arrays;
import java.util.List;

/** Several words as the value of one option, with blanks or commas between. */
final class Names {
  private Names() {}

  /** Variables, run numbers or environments. */
  static Type<List<String>> type(String label) {
    return new Type<>(
        label,
        text -> Arrays.stream(text.split("[,\\s]+", -1)).filter(word -> !word.isEmpty()).toList(),
        words -> String.join(" ", words));
  }
}
