package dev.retort.figure;

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

  /** Whether a character does something to its neighbours or the line instead of being seen. */
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
   * alike otherwise.
   */
  public static List<String> shorten(List<String> texts, int width) {
    List<String> ends = texts.stream().map(text -> shorten(text, width)).toList();
    return Set.copyOf(ends).size() == Set.copyOf(texts).size()
        ? ends
        : texts.stream().map(text -> middle(text, width)).toList();
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
