package dev.retort.kernel.engine;

/**
 * The text of a cell, or of a script, and what errors call it.
 *
 * @param number the execution count that the user sees in brackets; 0 for text that is no cell
 * @param name what errors call it
 * @param source the text as it was typed, its lines ended by {@code \n} alone
 */
public record Cell(int number, String name, String source) {
  /** Drops a byte-order mark, and the carriage returns of other systems' lines. */
  public Cell {
    source = (source.startsWith("\ufeff") ? source.substring(1) : source).replaceAll("\r\n?", "\n");
  }

  /** A cell of a notebook, {@code cell [3]} in errors. */
  public Cell(int number, String source) {
    this(number, called(number), source);
  }

  private static String called(int number) {
    return "cell [" + number + "]";
  }

  /** Whether it is a cell of a notebook, which others may follow; a script is all there is. */
  boolean isOfNotebook() {
    return name.equals(called(number));
  }
}
