package dev.retort.run;

/** Thrown out of a computation whose run was asked to stop; only the run's worker catches it. */
public final class Stopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Carries no stack trace: it is no error. */
  public Stopped() {
    super("stopped", null, false, false);
  }
}
