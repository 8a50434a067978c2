package dev.retort.store;

import dev.retort.RetortException;

/** A disk that would not take what was to be saved; what was there before is untouched. */
public final class DiskException extends RetortException {
  private static final long serialVersionUID = 1L;

  /** Says what was being saved, and keeps what the system said. */
  public DiskException(String message, Throwable cause) {
    super(message, cause);
  }
}
