package dev.retort.kernel.engine;

/** Says that work on the thread of cells ended with an exception. */
final class CellFailed extends Exception {
  private final transient Thrown thrown;

  CellFailed(Thrown thrown) {
    super(null, null, false, false);
    this.thrown = thrown;
  }

  /** What it ended with. */
  Thrown thrown() {
    return thrown;
  }
}
