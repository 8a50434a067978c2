package dev.retort.kernel.engine;

/**
 * The text of a cell and the number that errors call it by.
 *
 * @param number the execution count that the user sees in brackets; 0 for text that is no cell
 * @param source the text as it was typed
 */
public record Cell(int number, String source) {}
