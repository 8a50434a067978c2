package dev.retort.teach;

/** Which policy a training gives. */
public enum Keep {
  /** The one after the last step. */
  LAST,
  /** The one with the best evaluation, the first of equals. */
  BEST
}
