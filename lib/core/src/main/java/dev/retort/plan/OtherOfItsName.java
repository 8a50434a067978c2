package dev.retort.plan;

import dev.retort.RetortException;

/** An environment, or code of the user's own, that is known by the name of another one. */
final class OtherOfItsName extends RetortException {
  private static final long serialVersionUID = 1L;

  /** What to do about it. */
  static final String ADVICE = " Register the one that it was.";

  OtherOfItsName(String fault) {
    super(fault + ADVICE);
  }
}
