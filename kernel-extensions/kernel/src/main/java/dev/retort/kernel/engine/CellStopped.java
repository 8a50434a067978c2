package dev.retort.kernel.engine;

/** Ends a cell that did not answer to an interrupt; thrown by the checks in its loops. */
final class CellStopped extends Error {
  CellStopped() {
    super("the cell was stopped");
  }
}
