package dev.retort.run;

import java.time.Duration;

/** A request to stop, and when it was made; reading it costs one volatile read. */
final class StopToken {
  static final long GRACE_NANOS = Duration.ofMillis(300).toNanos();

  private final RunClock clock;
  private volatile boolean requested;
  private long requestedAt;

  StopToken(RunClock clock) {
    this.clock = clock;
  }

  synchronized void request() {
    if (!requested) {
      requestedAt = clock.nanos();
      requested = true;
    }
  }

  boolean isRequested() {
    return requested;
  }

  /** Whether so much time has passed since the request that nobody may wait for a boundary. */
  boolean isOverdue() {
    return requested && clock.nanos() - requestedAt >= GRACE_NANOS;
  }
}
