package dev.retort.kernel.zmtp;

/** A peer that broke the protocol or a bound; its connection is closed. */
final class Breach extends Exception {
  private static final long serialVersionUID = 1L;

  private final String expected;

  Breach(String expected, String got) {
    super("expected " + expected + ", got " + got, null, false, false);
    this.expected = expected;
  }

  /** What was expected: one of few texts, whatever peers send. */
  String expected() {
    return expected;
  }
}
