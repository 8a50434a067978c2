package dev.retort;

/**
 * A mistake that the user can mend, told in one sentence: what was being done, what was expected,
 * what came, and what to do.
 *
 * <p>Front ends print the message alone; there is one subtype for each kind of mistake.
 */
public class RetortException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was being done, what was expected, what came, and what to do. */
  public RetortException(String message) {
    super(message);
  }

  /** Says the same, and keeps the cause for those who want to dig. */
  public RetortException(String message, Throwable cause) {
    super(message, cause);
  }
}
