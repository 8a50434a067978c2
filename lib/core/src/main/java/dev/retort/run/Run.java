package dev.retort.run;

import dev.retort.RetortException;
import dev.retort.figure.Figure;
import dev.retort.figure.Numbers;
import dev.retort.store.Tensors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A job at work: its number, how far it is, how to stop it, and in the end its result.
 *
 * <p>One worker thread carries it, which nobody ever interrupts: to interrupt a thread that writes
 * or computes natively does harm. Whoever waits may be interrupted or even killed; the run is then
 * asked to stop, and does so by itself.
 *
 * <pre>{@code
 * Run<Policy> run = Runs.start(job, RunOptions.standard());
 * run.progress().step();
 * Policy policy = run.await();
 * }</pre>
 *
 * @param <R> what the job gives
 */
public final class Run<R> {
  private static final long STOP_NANOS = Duration.ofMillis(700).toNanos();
  private static final long STOPPING_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long DRAIN_NANOS = Duration.ofMillis(250).toNanos();

  /** How it ended. */
  private sealed interface Outcome<R> {
    record Finished<R>(R result) implements Outcome<R> {}

    record Halted<R>() implements Outcome<R> {}

    record Broken<R>(Throwable cause) implements Outcome<R> {}
  }

  private final Job<R> job;
  private final RunWriter writer;
  private final RunClock clock;
  private final Curve curve;
  private final StopToken stop;
  private final RunSession session;
  private final Instant started;
  private final double secondsBefore;
  private final long began;
  private final List<String> notes;
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private final RunLogs logs = new RunLogs(Runs.logs(), this::note);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Optional<Outcome<R>> outcome = Optional.empty();
  private volatile long endedAt;

  /**
   * A run that has not begun.
   *
   * @param job what to do
   * @param writer where it keeps its files
   * @param from the checkpoint to go on from
   * @param interval when it saves itself
   * @param clock the time
   * @param started when it was started first
   * @param secondsBefore how long it has worked in earlier lives
   * @param notes what happened on the way so far
   */
  Run(
      Job<R> job,
      RunWriter writer,
      Optional<Checkpoint> from,
      CheckpointInterval interval,
      RunClock clock,
      Instant started,
      double secondsBefore,
      List<String> notes) {
    this.job = job;
    this.writer = writer;
    this.clock = clock;
    this.curve = new Curve(writer.spec().columns().toArray(String[]::new));
    this.stop = new StopToken(clock);
    this.started = started;
    this.secondsBefore = secondsBefore;
    this.began = clock.nanos();
    this.notes = new CopyOnWriteArrayList<>(notes);
    this.session = new RunSession(from, curve, stop, interval, clock, this::save);
  }

  /** The run's number. */
  public int id() {
    return writer.folder().id();
  }

  /** Its folder, for reading. */
  public RunFolder folder() {
    return writer.folder();
  }

  /** How far it is, with a copy of the curve. */
  public RunEvent.Progress progress() {
    return new RunEvent.Progress(id(), session.step(), total(), seconds(), curve.copy());
  }

  /** Pictures of what it learns, as they were last drawn; none where it draws none. */
  public List<Figure> pictures() {
    return session.pictures();
  }

  /** How it is. */
  public RunState state() {
    return outcome.map(Run::state).orElse(RunState.RUNNING);
  }

  private static RunState state(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Finished) {
      return RunState.FINISHED;
    }
    return outcome instanceof Outcome.Halted ? RunState.STOPPED : RunState.FAILED;
  }

  /** What happened on the way that a person may want to know; such as listeners that threw. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** A line for the table of runs. */
  public RunSummary summary() {
    RunSpec spec = writer.spec();
    return new RunSummary(
        id(),
        spec.kind(),
        spec.title(),
        spec.traits(),
        state(),
        reached(),
        total(),
        spec.unit(),
        started,
        seconds(),
        message());
  }

  /** Asks it to stop at its next boundary, or after 300 ms wherever it is; returns at once. */
  public void stop() {
    stop.request();
  }

  /**
   * Waits for the result.
   *
   * <p>If the waiting thread is interrupted, the run is asked to stop, and within about a second
   * {@link RunStopped} is thrown in place of the interrupt, which is then spent: a notebook's
   * thread has to go on and send messages.
   *
   * @throws RunStopped if the run was stopped; the message says how to resume it
   * @throws RetortException if the run failed
   */
  public R await() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      stop();
      awaitStopped();
      if (state() == RunState.FINISHED) {
        Thread.currentThread().interrupt(); // it finished all the same: what follows may stop
        return result();
      }
      if (state() == RunState.RUNNING) {
        throw new RunStopped(
            id(),
            "run %s is stopping at step %s of %s: %s when it has stopped"
                .formatted(
                    RunFolder.name(id()),
                    Numbers.count(reached()),
                    Numbers.count(total()),
                    resuming()));
      }
    } finally {
      if (ended.getCount() > 0) {
        stop(); // the waiting thread is being killed
      }
    }
    awaitDelivered();
    return result();
  }

  /** Waits until it has ended, but no longer than so; tells whether it has. */
  public boolean awaitEnd(long time, TimeUnit unit) throws InterruptedException {
    return ended.await(time, unit);
  }

  /**
   * Where it has been asked to stop, waits a while until it has: whoever resumes it may be quicker
   * than it.
   */
  void awaitStopping() {
    if (!stop.isRequested()) {
      return;
    }
    try {
      ended.await(STOPPING_NANOS, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits a short time for the worker to end, whatever interrupts come. */
  private void awaitStopped() {
    long until = clock.nanos() + STOP_NANOS;
    for (long left = STOP_NANOS; left > 0; left = until - clock.nanos()) {
      try {
        if (ended.await(left, TimeUnit.NANOSECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        // The run has been asked to stop already.
      }
    }
  }

  /** Lets listeners show the end before the one who waits goes on; those that block miss it. */
  private void awaitDelivered() {
    long until = clock.nanos() + DRAIN_NANOS;
    try {
      for (Delivery delivery : deliveries) {
        delivery.awaitDrained(until - clock.nanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The result, without waiting.
   *
   * @throws RunStopped if the run was stopped
   * @throws RetortException if the run failed, or is still at work
   */
  public R result() {
    Outcome<R> end =
        outcome.orElseThrow(
            () ->
                new RetortException(
                    "run %s: expected a run that has ended, got one at step %s of %s. Wait for it with await()."
                        .formatted(
                            RunFolder.name(id()),
                            Numbers.count(reached()),
                            Numbers.count(total()))));
    if (end instanceof Outcome.Finished<R> finished) {
      return finished.result();
    }
    if (end instanceof Outcome.Broken<R> broken) {
      if (broken.cause() instanceof RetortException told) {
        throw told;
      }
      throw new RunFailed(id(), message(), broken.cause());
    }
    throw new RunStopped(id(), message());
  }

  /** Why it ended: what a table, an exception and {@code status.json} say alike. */
  private String message() {
    return outcome.map(this::message).orElse("");
  }

  private String message(Outcome<R> end) {
    if (end instanceof Outcome.Finished) {
      return "";
    }
    if (end instanceof Outcome.Broken<R> broken) {
      return broken.cause() instanceof RetortException told
          ? String.valueOf(told.getMessage())
          : "run %s failed after step %s of %s: %s"
              .formatted(
                  RunFolder.name(id()),
                  Numbers.count(session.step()),
                  Numbers.count(total()),
                  broken.cause());
    }
    String begun = session.saved() > 0 ? "" : ", before anything of it could be saved";
    return "run %s stopped at step %s of %s%s: %s"
        .formatted(
            RunFolder.name(id()),
            Numbers.count(session.saved()),
            Numbers.count(total()),
            begun,
            resuming());
  }

  /**
   * How people go on with it once it has stopped: words such as {@code resume it with resume(3)}.
   */
  public String resuming() {
    try {
      return job.resuming(id());
    } catch (RuntimeException | LinkageError e) {
      return "what it needs to be resumed cannot be told (%s)".formatted(e);
    }
  }

  private long total() {
    return Math.max(writer.spec().total(), session.step()); // whole rollouts may go beyond
  }

  private long reached() {
    return outcome.map(this::reached).orElse(session.step());
  }

  private long reached(Outcome<R> end) {
    if (end instanceof Outcome.Finished) {
      return total();
    }
    return end instanceof Outcome.Halted ? session.saved() : session.step();
  }

  private double seconds() {
    long now = outcome.isPresent() ? endedAt : clock.nanos();
    return secondsBefore + (now - began) / 1e9;
  }

  /**
   * Sets the worker to work.
   *
   * @param listeners who is told
   * @param atEnd what to do when all files are written, before anybody is told
   */
  void begin(List<RunListener> listeners, Runnable atEnd) {
    RunSpec spec = writer.spec();
    RunEvent.Started event =
        new RunEvent.Started(
            id(), spec.kind(), spec.title(), session.step(), total(), spec.unit(), folder().path());
    for (RunListener listener : listeners) {
      deliveries.add(
          new Delivery(listener, event, session::step, this::progress, e -> note("listener", e)));
    }
    deliveries.forEach(Delivery::begin);
    RunThread.of("retort-run-" + RunFolder.name(id()), () -> work(atEnd)).start();
  }

  void note(String who, Throwable trouble) {
    String note = "%s: %s".formatted(who, trouble);
    if (!notes.contains(note) && notes.size() < 100) {
      notes.add(note);
    }
  }

  private void work(Runnable atEnd) {
    Outcome<R> end = new Outcome.Halted<>();
    logs.open(folder(), session.step(), curve, session.resumed());
    try {
      end = compute();
      settle(end);
      logs.end(state(end), curve);
    } catch (Throwable e) {
      note("end of the run", e);
    } finally {
      endedAt = clock.nanos();
      outcome = Optional.of(end);
      atEnd.run();
      ended.countDown();
    }
    RunEvent event = event(end);
    deliveries.forEach(delivery -> delivery.end(event));
  }

  private Outcome<R> compute() {
    try {
      R result = job.execute(session);
      Tensors kept = job.keep(result);
      writer.writeResult(kept);
      writer.writeCurve(curve);
      logs.save(total(), curve, kept);
      writer.writeStatus(status(RunState.FINISHED, total(), ""));
      return new Outcome.Finished<>(result);
    } catch (Stopped e) {
      return new Outcome.Halted<>();
    } catch (Throwable e) {
      return new Outcome.Broken<>(e);
    }
  }

  /** Says on the disk how it ended, as far as the disk allows. */
  private void settle(Outcome<R> end) {
    if (end instanceof Outcome.Finished) {
      return;
    }
    try {
      writer.writeCurve(curve);
    } catch (RetortException e) {
      note("curve.csv", e);
    }
    writer.writeStatus(status(state(end), reached(end), message(end)));
  }

  private RunEvent event(Outcome<R> end) {
    return switch (state(end)) {
      case FINISHED -> new RunEvent.Finished(id(), total(), seconds(), curve.copy());
      case STOPPED -> new RunEvent.Stopped(id(), session.saved(), total(), seconds(), curve.copy());
      default -> new RunEvent.Failed(id(), session.step(), total(), message(end), curve.copy());
    };
  }

  private void save(long step, Tensors state) {
    Path file = writer.writeCheckpoint(new Checkpoint(step, curve.values(), state));
    writer.writeCurve(curve);
    writer.writeStatus(status(RunState.RUNNING, step, ""));
    logs.save(step, curve, state);
    RunEvent.Checkpointed event = new RunEvent.Checkpointed(id(), step, file);
    deliveries.forEach(delivery -> delivery.checkpointed(event));
  }

  /** What {@code status.json} says now. */
  Status status(RunState state, long step, String message) {
    return new Status(
        state,
        step,
        state == RunState.RUNNING ? resuming() : message, // in case that its process dies
        notes(),
        ProcessHandle.current().pid(),
        Status.thisProcess(),
        started,
        clock.now(),
        seconds());
  }

  @Override
  public String toString() {
    return summary().toString();
  }
}
