package dev.retort.kernel.wire;

/** A message with a right signature that is not what the protocol says. */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String part;

  MalformedMessageException(String part, String words) {
    super(part + ": " + words);
    this.part = part;
  }

  /** The part of the message that is malformed. */
  String part() {
    return part;
  }
}
