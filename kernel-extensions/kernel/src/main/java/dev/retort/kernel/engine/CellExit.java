package dev.retort.kernel.engine;

/** Ends a cell that called {@code System.exit}. */
final class CellExit extends Error {
  private final int status;

  CellExit(int status) {
    super("System.exit(" + status + ")");
    this.status = status;
  }

  int status() {
    return status;
  }
}
