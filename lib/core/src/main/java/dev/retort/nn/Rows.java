package dev.retort.nn;

/** Whose rows a batch of inputs holds. */
public enum Rows {
  /** The same rows for every member, {@code (batch, in)}. */
  SHARED,
  /** Rows of each member's own, {@code (members, batch, in)}. */
  PER_MEMBER
}
