package dev.retort.run;

import java.time.Instant;

/** The one place where a run asks for the time; no computation ever does. */
public interface RunClock {
  /** The time of day, for people. */
  Instant now();

  /** Nanoseconds since some moment, for differences. */
  long nanos();

  /** The clock of this machine. */
  static RunClock system() {
    return new RunClock() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }
    };
  }
}
