package dev.retort.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Brings events to one listener, on a thread of its own.
 *
 * <p>It looks for news five times a second, so the worker never waits, never wakes anybody and
 * keeps no queue: of what a slow listener misses, only the latest is left.
 */
final class Delivery {
  private static final Duration PERIOD = Duration.ofMillis(200);

  private final RunListener listener;
  private final RunEvent.Started started;
  private final LongSupplier version;
  private final Supplier<RunEvent.Progress> progress;
  private final Consumer<Throwable> trouble;
  private final AtomicReference<RunEvent> checkpoint = new AtomicReference<>();
  private final AtomicReference<RunEvent> end = new AtomicReference<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch drained = new CountDownLatch(1);

  /**
   * A delivery; {@link #begin()} starts it.
   *
   * @param listener who is told
   * @param started the first event
   * @param version a number that grows when there is something to tell
   * @param progress what there is to tell
   * @param trouble takes what the listener throws
   */
  Delivery(
      RunListener listener,
      RunEvent.Started started,
      LongSupplier version,
      Supplier<RunEvent.Progress> progress,
      Consumer<Throwable> trouble) {
    this.listener = listener;
    this.started = started;
    this.version = version;
    this.progress = progress;
    this.trouble = trouble;
  }

  void begin() {
    RunThread.of("retort-listener-" + RunFolder.name(started.run()), this::deliver).start();
  }

  void checkpointed(RunEvent.Checkpointed event) {
    checkpoint.set(event);
  }

  void end(RunEvent event) {
    end.set(event);
    ended.countDown();
  }

  /** Waits until the listener has had the last event, but no longer than {@code nanos}. */
  void awaitDrained(long nanos) throws InterruptedException {
    boolean ignored = drained.await(nanos, TimeUnit.NANOSECONDS);
  }

  private void deliver() {
    hand(started);
    long seen = version.getAsLong();
    while (!ended()) {
      long latest = version.getAsLong();
      if (latest != seen) {
        seen = latest;
        hand(progress.get());
      }
      handCheckpoint();
    }
    handCheckpoint();
    hand(end.get());
    drained.countDown();
  }

  private boolean ended() {
    try {
      return ended.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false; // a listener interrupted its own thread; there is nothing to end
    }
  }

  private void handCheckpoint() {
    RunEvent event = checkpoint.getAndSet(null);
    if (event != null) {
      hand(event);
    }
  }

  private void hand(RunEvent event) {
    try {
      listener.on(event);
    } catch (Throwable e) {
      trouble.accept(e);
    }
  }
}
