package dev.retort.run;

import dev.retort.RetortException;

/** What the one who waits for a run gets when its computation broke; the cause tells where. */
public final class RunFailed extends RetortException {
  private static final long serialVersionUID = 1L;

  private final int run;

  RunFailed(int run, String message, Throwable cause) {
    super(message, cause);
    this.run = run;
  }

  /** The run's number. */
  public int run() {
    return run;
  }
}
