package dev.retort;

/** Stands in for the library's exception, which the kernel knows by name only. */
public class RetortException extends RuntimeException {
  /** Makes the exception. */
  public RetortException(String message) {
    super(message);
  }

  /** Makes the exception with its cause. */
  public RetortException(String message, Throwable cause) {
    super(message, cause);
  }
}
