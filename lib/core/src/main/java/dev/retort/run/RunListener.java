package dev.retort.run;

/**
 * Someone who is told how a run goes.
 *
 * <p>Each listener has a thread of its own: what it throws is noted and forgotten, and if it blocks
 * it misses events and nothing else happens. It cannot change a number of the run.
 */
@FunctionalInterface
public interface RunListener {
  /** Takes an event. */
  void on(RunEvent event);
}
