package dev.retort.code;

/** Code or a value that cannot be told from another one of its kind; the message says why. */
final class UnknownCode extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownCode(String message) {
    super(message, null, false, false);
  }
}
