package dev.retort.kernel.wire;

/** A message with a right signature that is not what the protocol says. */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedMessageException(String message) {
    super(message);
  }
}
