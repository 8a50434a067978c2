package dev.retort.kernel;

import dev.retort.kernel.wire.WireMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Which cells an interrupt stops: the one that runs, or the one that waits for its turn; and where
 * there is none, those that were sent before it and are still on their way.
 *
 * <p>Requests and interrupts come over different sockets, so that one may overtake the other; the
 * sender's dates tell their order. A cell that is sent later is not stopped.
 */
final class Interrupts {
  private static final Duration LONGEST_WAY = Duration.ofSeconds(30);
  private static final Duration LONGEST_OVERTAKING = Duration.ofSeconds(2);

  /** What was sent by whom and when; a signal comes from no session. */
  private record Sent(String session, Instant at) {
    static Optional<Sent> of(WireMessage message) {
      try {
        Instant at = OffsetDateTime.parse(message.headerText("date")).toInstant();
        return Optional.of(new Sent(message.headerText("session"), at));
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }

    /** Whether another was sent after this, but not so long after; clocks are set at times. */
    boolean isBefore(Sent other, Duration most) {
      boolean sameClock =
          session.isEmpty() || other.session.isEmpty() || session.equals(other.session);
      return sameClock && at.isBefore(other.at) && at.plus(most).isAfter(other.at);
    }
  }

  private WireMessage taken;
  private boolean stopped;
  private Optional<Sent> early = Optional.empty();

  /** A cell has been taken from its socket; from now on interrupts are meant for it. */
  synchronized void take(WireMessage request) {
    taken = request;
    Optional<Sent> sent = Sent.of(request);
    stopped =
        early.isPresent() && sent.isPresent() && sent.get().isBefore(early.get(), LONGEST_WAY);
  }

  /** The cell has been answered. */
  synchronized void release() {
    taken = null;
  }

  /** Whether the cell that was taken is not to run, or to run no further. */
  synchronized boolean stopped() {
    return stopped;
  }

  /** An interrupt has come as a message; tells whether it is meant for the cell that was taken. */
  synchronized boolean asked(WireMessage request) {
    return stop(Sent.of(request));
  }

  /** An interrupt has come as a signal of this machine. */
  synchronized boolean signalled() {
    return stop(Optional.of(new Sent("", Instant.now())));
  }

  private boolean stop(Optional<Sent> interrupt) {
    Optional<Sent> cell = Optional.ofNullable(taken).flatMap(Sent::of);
    boolean overtaken =
        interrupt.isPresent()
            && cell.isPresent()
            && interrupt.get().isBefore(cell.get(), LONGEST_OVERTAKING);
    if (taken == null) {
      early = interrupt;
    } else if (!overtaken) {
      stopped = true;
    }
    return taken != null && !overtaken;
  }
}
