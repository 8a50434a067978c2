package dev.retort.kernel.engine;

import java.util.Locale;

/** Cuts what is too long to be shown, and says how much there is. */
final class Cut {
  private Cut() {}

  /** The beginning of a text, with the number of characters that are left out. */
  static String text(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + " … " + count(text.length() - end) + " more characters";
  }

  /** A whole number with its thousands marked. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
