package dev.retort.kernel.client;

/** How a cell ended. */
public enum CellStatus {
  /** It ran to its end. */
  OK,
  /** It failed, or was interrupted. */
  ERROR,
  /** It was not run because an earlier one failed. */
  ABORTED,
  /** It ran longer than it was allowed to, and was interrupted. */
  TIMED_OUT,
  /** The kernel ended while it ran. */
  KERNEL_GONE
}
