package dev.retort.kernel.engine;

/** Tells code that evaluated text through the kernel that the text did not run to its end. */
public final class CellException extends RuntimeException {
  private final transient Failure failure;

  CellException(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  /** The report of what went wrong. */
  public Failure failure() {
    return failure;
  }
}
