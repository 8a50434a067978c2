package dev.retort.run;

/** How a run is. */
public enum RunState {
  /** Its worker is at work. */
  RUNNING,
  /** It was asked to stop, saved itself, and can be resumed. */
  STOPPED,
  /** Its result is there. */
  FINISHED,
  /** It ended with an error; its last good checkpoint is there. */
  FAILED,
  /** Its process died before it could say so; it can be resumed from its last checkpoint. */
  INTERRUPTED,
  /** Its folder cannot be read. */
  UNREADABLE
}
