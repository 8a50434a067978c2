package dev.retort.run;

import dev.retort.RetortException;

/** What the one who waits for a run gets when the run was stopped: how to go on. */
public final class RunStopped extends RetortException {
  private static final long serialVersionUID = 1L;

  private final int run;

  RunStopped(int run, String message) {
    super(message);
    this.run = run;
  }

  /** The run's number. */
  public int run() {
    return run;
  }
}
