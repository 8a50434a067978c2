package dev.retort.plan;

import dev.retort.RetortException;

/** An environment that is known by the name of another one. */
final class OtherEnvironment extends RetortException {
  private static final long serialVersionUID = 1L;

  /** What to do about it. */
  static final String ADVICE = " Register the one that it was.";

  OtherEnvironment(String fault) {
    super(fault + ADVICE);
  }
}
