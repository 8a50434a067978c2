package dev.retort.figure;

/** Texts fitted into cells of a given width. */
final class Cells {
  private Cells() {}

  /** One line without control characters. */
  static String line(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return line.toString();
  }

  /** How many characters wide a text is. */
  static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The text, shortened with an ellipsis where it is wider than the cell. */
  static String shorten(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
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
