package dev.retort.kernel.engine;

/** A mistake whose message says all there is to say; it is shown without a stack trace. */
public final class ExplainedException extends RuntimeException {
  /** Makes the exception; the message says what, expected, got, and what to do. */
  public ExplainedException(String message) {
    super(message);
  }
}
