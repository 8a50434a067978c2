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

  /** An interrupt that found nothing to stop; a signal comes from no session. */
  private record Early(String session, Instant asked) {
    boolean stops(WireMessage request) {
      Optional<Instant> sent = date(request);
      return (session.isEmpty() || session.equals(sender(request)))
          && sent.isPresent()
          && !sent.get().isAfter(asked)
          && sent.get().isAfter(asked.minus(LONGEST_WAY));
    }
  }

  private boolean taken;
  private boolean stopped;
  private Early early;

  /** A cell has been taken from its socket; from now on interrupts are meant for it. */
  synchronized void take(WireMessage request) {
    taken = true;
    stopped = early != null && early.stops(request);
  }

  /** The cell has been answered. */
  synchronized void release() {
    taken = false;
  }

  /** Whether the cell that was taken is not to run, or to run no further. */
  synchronized boolean stopped() {
    return stopped;
  }

  /** An interrupt has come as a message. */
  synchronized void asked(WireMessage request) {
    stop(new Early(sender(request), date(request).orElse(Instant.EPOCH)));
  }

  /** An interrupt has come as a signal of this machine. */
  synchronized void signalled() {
    stop(new Early("", Instant.now()));
  }

  private void stop(Early interrupt) {
    stopped = taken;
    if (!taken) {
      early = interrupt;
    }
  }

  private static String sender(WireMessage message) {
    return message.headerText("session");
  }

  private static Optional<Instant> date(WireMessage message) {
    try {
      return Optional.of(OffsetDateTime.parse(message.headerText("date")).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
