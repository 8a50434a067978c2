package dev.retort.kernel.engine;

/**
 * The text of a cell, or of a script, and what errors call it.
 *
 * @param number the execution count that the user sees in brackets; 0 for text that is no cell
 * @param name what errors call it
 * @param source the text as it was typed
 */
public record Cell(int number, String name, String source) {
  /** A cell of a notebook, {@code cell [3]} in errors. */
  public Cell(int number, String source) {
    this(number, "cell [" + number + "]", source);
  }
}
