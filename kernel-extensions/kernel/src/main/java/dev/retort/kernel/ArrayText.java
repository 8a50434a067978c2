package dev.retort.kernel;

import java.util.Arrays;

/** Prints arrays by their elements, the first of them if there are many. */
final class ArrayText {
  private static final int MOST_ELEMENTS = 200;

  private ArrayText() {}

  static String of(Object array) {
    int length = java.lang.reflect.Array.getLength(array);
    Object[] head = new Object[Math.min(length, MOST_ELEMENTS)];
    for (int i = 0; i < head.length; i++) {
      head[i] = java.lang.reflect.Array.get(array, i);
    }
    String text = Arrays.deepToString(head);
    return length == head.length
        ? text
        : text.substring(0, text.length() - 1) + ", … " + (length - head.length) + " more]";
  }
}
