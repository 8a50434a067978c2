package dev.retort.figure;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Texts fitted into cells of a given width. */
public final class Cells {
  private Cells() {}

  /** One line without control characters. */
  public static String line(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints().forEach(c -> line.appendCodePoint(isControl(c) ? ' ' : c));
    return line.toString();
  }

  /** Whether a character does something to its neighbors or the line instead of being seen. */
  private static boolean isControl(int c) {
    int type = Character.getType(c);
    return Character.isISOControl(c)
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  /** How many characters wide a text is. */
  static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The text, shortened with an ellipsis where it is wider than the cell. */
  public static String shorten(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
  }

  /**
   * Texts of one column, shortened at the end; or in the middle, where different ones would look
   * alike otherwise; or up to where they begin to differ, where they would even so.
   */
  public static List<String> shorten(List<String> texts, int width) {
    int different = Set.copyOf(texts).size();
    List<String> ends = texts.stream().map(text -> shorten(text, width)).toList();
    if (Set.copyOf(ends).size() == different) {
      return ends;
    }
    List<String> middles = texts.stream().map(text -> middle(text, width)).toList();
    return Set.copyOf(middles).size() == different
        ? middles
        : texts.stream().map(text -> differing(text, texts, width)).toList();
  }

  /** The beginning of a text, and what of it differs from the texts that would look alike. */
  private static String differing(String text, List<String> texts, int width) {
    String middle = middle(text, width);
    int same =
        texts.stream()
            .filter(other -> !other.equals(text) && middle(other, width).equals(middle))
            .mapToInt(other -> common(text, other))
            .min()
            .orElse(-1);
    if (same < 0) {
      return middle;
    }
    int beginning = width / 3;
    int word = text.lastIndexOf(' ', same) + 1;
    int from = same - word < width / 4 ? word : same;
    return shorten(text, beginning) + shorten(text.substring(from), width - beginning);
  }

  /** How many characters two texts have in common before they differ. */
  private static int common(String one, String other) {
    int same = Arrays.mismatch(one.toCharArray(), other.toCharArray());
    return Character.isLowSurrogate(one.charAt(Math.min(same, one.length() - 1))) ? same - 1 : same;
  }

  /** The beginning and the end of a text, with an ellipsis for what is between. */
  private static String middle(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    int end = width / 2;
    return shorten(text, width - end)
        + text.substring(text.offsetByCodePoints(text.length(), -end));
  }

  /** The text at the left of a cell. */
  static String left(String text, int width) {
    String cell = shorten(text, width);
    return cell + " ".repeat(Math.max(0, width - width(cell)));
  }

  /** The text at the right of a cell. */
  static String right(String text, int width) {
    String cell = shorten(text, width);
    return " ".repeat(Math.max(0, width - width(cell))) + cell;
  }
}
