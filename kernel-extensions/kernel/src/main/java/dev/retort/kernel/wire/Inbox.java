package dev.retort.kernel.wire;

import dev.retort.kernel.zmtp.Intake;
import dev.retort.kernel.zmtp.Notices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The messages of one channel that wait to be read.
 *
 * <p>Only what has the right signature, and was not there before, is kept.
 */
final class Inbox implements Intake {
  private static final int MOST_MESSAGES = 10_000;

  private final String name;
  private final Wire wire;
  private final Optional<Signatures> signatures;
  private final Notices notices;
  private final long mostBytes;
  private final BlockingQueue<Envelope> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * An empty inbox.
   *
   * @param signatures those seen on all channels; none where messages are not signed
   * @param mostBytes above which nothing more is read from the channel
   */
  Inbox(String name, Wire wire, Optional<Signatures> signatures, Notices notices, long mostBytes) {
    this.name = name;
    this.wire = wire;
    this.signatures = signatures;
    this.notices = notices;
    this.mostBytes = mostBytes;
  }

  @Override
  public boolean take(byte[] identity, List<byte[]> frames) {
    List<byte[]> addressed = new ArrayList<>(frames.size() + 1);
    addressed.add(identity);
    addressed.addAll(frames);
    Optional<Envelope> opened = wire.open(addressed);
    if (opened.isEmpty()) {
      say("signature", "without the right signature");
      return false;
    }
    Envelope envelope = opened.get();
    if (signatures.isPresent() && !signatures.get().add(envelope.signature())) {
      say("again", "that had come before");
      return false;
    }
    try {
      waiting.add(envelope);
    } catch (OutOfMemoryError e) {
      signatures.ifPresent(seen -> seen.remove(envelope.signature()));
      throw e;
    }
    bytes.addAndGet(envelope.size());
    return true;
  }

  private void say(String kind, String which) {
    notices.once(
        name + kind,
        "kernel: "
            + name
            + ": ignored a message "
            + which
            + ". Others like it are ignored without a word.");
  }

  @Override
  public boolean hasRoom() {
    return waiting.size() < MOST_MESSAGES && bytes.get() < mostBytes;
  }

  /** Waits for a message; none if none comes in time. */
  Optional<Envelope> poll(long millis) throws InterruptedException {
    Envelope next = waiting.poll(millis, TimeUnit.MILLISECONDS);
    if (next == null) {
      return Optional.empty();
    }
    bytes.addAndGet(-next.size());
    return Optional.of(next);
  }
}
