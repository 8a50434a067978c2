package dev.retort.run;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.store.AtomicFile;
import dev.retort.store.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The runs of one folder: starts them, finds them again, resumes them.
 *
 * <p>Several threads and processes may share the folder; numbers are given by making a folder,
 * which only one can. {@link Runs} is the registry of the folder that everybody uses.
 */
public final class Registry {
  private static final ConcurrentMap<Path, Run<?>> LIVE = new ConcurrentHashMap<>();
  private static final AtomicBoolean HOOKED = new AtomicBoolean();
  private static final int MOST_RUNS = 999_999_999;
  private static final Duration SHUTDOWN_LIMIT = Duration.ofMillis(1500);

  private final Path folder;
  private final Disk disk;
  private final RunClock clock;

  private Registry(Path folder, Disk disk, RunClock clock) {
    this.folder = folder.toAbsolutePath().normalize();
    this.disk = disk;
    this.clock = clock;
  }

  /** The runs of a folder, which need not exist yet. */
  public static Registry at(Path folder) {
    return at(folder, Disk.real(), RunClock.system());
  }

  /** The same on another disk, by another clock. */
  public static Registry at(Path folder, Disk disk, RunClock clock) {
    return new Registry(folder, disk, clock);
  }

  /**
   * The runs that everybody means: of the system property {@code retort.runs}, else of the
   * environment variable {@code RETORT_RUNS}, else of {@code runs} in the working directory. What
   * is empty is not set.
   */
  public static Registry standard() {
    return at(
        standard(
            Optional.ofNullable(System.getProperty("retort.runs")),
            Optional.ofNullable(System.getenv("RETORT_RUNS"))));
  }

  /** Where runs are kept if these are set; a name that is empty or blank counts as none. */
  static Path standard(Optional<String> property, Optional<String> variable) {
    String name =
        Stream.of(property, variable)
            .flatMap(Optional::stream)
            .filter(set -> !set.isBlank())
            .findFirst()
            .orElse("runs");
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new RetortException(
          "runs: expected the name of a folder, got '%s' (%s). Choose another with -Dretort.runs=FOLDER or RETORT_RUNS."
              .formatted(name, e.getReason()),
          e);
    }
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** A line for every run, oldest first. */
  public RunTable all() {
    return new RunTable(
        ids().stream()
            .map(id -> live(id).map(Run::summary).orElseGet(() -> stored(id).summary()))
            .toList());
  }

  /**
   * The files of a run.
   *
   * @throws RetortException if there is no such run; the message says which there are
   */
  public RunFolder open(int id) {
    if (id < 1) {
      throw new RetortException(
          "unknown run '%s': runs are numbered from 1. runs() lists them.".formatted(id));
    }
    List<Integer> ids = ids();
    if (!ids.contains(id)) {
      throw new RetortException(
          "unknown run '%s': %s in '%s'. runs() lists them."
              .formatted(
                  RunFolder.name(id),
                  ids.isEmpty() ? "there is none" : "expected one of " + ranges(ids),
                  folder));
    }
    return stored(id);
  }

  /** Numbers in ascending order, neighbors joined: {@code 1 to 7, 9}. */
  private static String ranges(List<Integer> ids) {
    List<String> ranges = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= ids.size(); i++) {
      if (i == ids.size() || ids.get(i) != ids.get(i - 1) + 1) {
        int last = i - 1;
        ranges.add(first == last ? "" + ids.get(last) : ids.get(first) + " to " + ids.get(last));
        first = i;
      }
    }
    return String.join(", ", ranges);
  }

  /**
   * The newest run of exactly this job that has finished, or else the newest that can be resumed;
   * none that is at work, or failed, and none where the job's numbers depend on more than its spec.
   */
  public Optional<RunFolder> find(Job<?> job) {
    String hash = RunSpec.of(job, new JsonObject()).hash();
    List<Integer> ids = new ArrayList<>(job.undetermined().isEmpty() ? ids() : List.of());
    Collections.reverse(ids);
    return finishedFirst(
        ids.stream()
            .map(this::stored)
            .filter(found -> isUsable(found.summary().state()))
            .filter(found -> found.runSpec().hash().equals(hash)));
  }

  private static boolean isUsable(RunState state) {
    return switch (state) {
      case FINISHED, STOPPED, INTERRUPTED -> true;
      default -> false;
    };
  }

  /** The first run that has finished, or else the first of all. */
  public static Optional<RunFolder> finishedFirst(Stream<RunFolder> runs) {
    Optional<RunFolder> other = Optional.empty();
    for (Iterator<RunFolder> each = runs.iterator(); each.hasNext(); ) {
      RunFolder run = each.next();
      if (run.summary().state() == RunState.FINISHED) {
        return Optional.of(run);
      }
      other = other.or(() -> Optional.of(run));
    }
    return other;
  }

  /** A run that this JVM carries. */
  public Optional<Run<?>> live(int id) {
    return Optional.ofNullable(LIVE.get(path(id)));
  }

  /** Whether this JVM carries the run of a folder. */
  static boolean carries(Path run) {
    return LIVE.containsKey(run);
  }

  /** All runs of the folder that this JVM carries. */
  public List<Run<?>> live() {
    return LIVE.values().stream()
        .filter(run -> folder.equals(run.folder().path().getParent()))
        .sorted(Comparator.comparingInt(Run::id))
        .toList();
  }

  private RunFolder stored(int id) {
    return new RunFolder(id, path(id));
  }

  private Path path(int id) {
    return folder.resolve(RunFolder.name(id));
  }

  private List<Integer> ids() {
    if (!Files.exists(folder)) {
      return List.of();
    }
    return numbers().stream().filter(id -> stored(id).isRun()).toList();
  }

  private List<Integer> numbers() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("[0-9]{4,9}"))
          .filter(name -> RunFolder.name(Integer.parseInt(name)).equals(name))
          .map(Integer::valueOf)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unusable(e);
    } catch (UncheckedIOException e) {
      throw unusable(e.getCause());
    }
  }

  private RetortException unusable(IOException e) {
    return new RetortException(
        "runs: expected a folder that can be written, got '%s' (%s). Choose another with -Dretort.runs=FOLDER or RETORT_RUNS."
            .formatted(folder, e),
        e);
  }

  /** Starts a job on a worker of its own; returns at once. */
  public <R> Run<R> start(Job<R> job, RunOptions options) {
    RunSpec spec = RunSpec.of(job, options.facts());
    return begin(job, spec, Optional.empty(), options, options.notes());
  }

  /** Sets a new run to work; its spec is written last and makes it one. */
  private <R> Run<R> begin(
      Job<R> job, RunSpec spec, Optional<Checkpoint> from, RunOptions options, List<String> notes) {
    RunFolder made = create();
    return carry(
        made,
        () -> {
          RunWriter writer = new RunWriter(disk, made, spec);
          Run<R> run =
              new Run<>(job, writer, from, options.interval(), clock, clock.now(), 0, notes);
          try {
            long step = from.map(Checkpoint::step).orElse(0L);
            writer.writeStatus(run.status(RunState.RUNNING, step, ""));
            writer.writeInputs(job.inputs());
            from.ifPresent(writer::writeCheckpoint);
            writer.writeSpec();
          } catch (RetortException e) {
            remove(made);
            throw e;
          }
          return run;
        },
        options);
  }

  /**
   * Goes on with a run from its last good checkpoint; what comes is what would have come without
   * the interruption, bit for bit.
   *
   * @param id the run's number
   * @param job the job, built again from {@link RunFolder#spec()}
   * @param options how it is carried from now on
   * @throws RetortException if the job is not the one that was started; the message names the first
   *     difference
   */
  public <R> Run<R> resume(int id, Job<R> job, RunOptions options) {
    RunFolder found = open(id);
    live(id).ifPresent(Run::awaitStopping);
    refuseUnlessResumable(found);
    return carry(found, () -> resumed(found, job, options), options);
  }

  /**
   * A new run that goes on from the last good checkpoint of another one, whose job is not the same;
   * the other one stays as it is.
   *
   * @param id the number of the other run
   * @param job what goes on
   * @param options how it is carried
   */
  public <R> Run<R> branch(int id, Job<R> job, RunOptions options) {
    RunFolder other = open(id);
    live(id).ifPresent(Run::awaitStopping);
    refuseUnlessResumable(other);
    RunSpec spec = RunSpec.of(job, options.facts());
    Set<String> notes = new LinkedHashSet<>(options.notes());
    RunSpec others = other.runSpec().with(spec.facts());
    Optional<Checkpoint> from = new RunWriter(disk, other, others).newestCheckpoint(notes);
    return begin(job, spec, from, options, List.copyOf(notes));
  }

  private static void refuseUnlessResumable(RunFolder found) {
    RunSummary summary = found.summary();
    boolean live = carries(found.path());
    if (live || summary.state() == RunState.RUNNING) {
      throw new RetortException(
          "resume %s: expected a run that has stopped, got one at work in %s. Stop it there first."
              .formatted(
                  summary.name(), live ? "this process" : "process " + found.status().pid()));
    }
    if (summary.state() == RunState.FINISHED) {
      throw new RetortException(
          "resume %s: expected a run that has stopped, got one that has finished. Its result is in '%s'; policy(%s), curves(%3$s) and their like open it."
              .formatted(summary.name(), found.resultFile(), summary.id()));
    }
    if (summary.state() == RunState.UNREADABLE && Files.exists(found.resultFile())) {
      throw new RetortException(
          "resume %s: expected a run that has stopped, got one with a result in '%s', of which it cannot be told whether it has finished: %s Take the result; or move it elsewhere, and resume again."
              .formatted(summary.name(), found.resultFile(), summary.message()));
    }
  }

  private <R> Run<R> resumed(RunFolder found, Job<R> job, RunOptions options) {
    RunSpec stored = found.runSpec();
    RunSpec given = RunSpec.of(job, options.facts());
    stored
        .difference(given)
        .ifPresent(
            difference -> {
              throw new RetortException(
                  "resume %s: expected the plan that was started: %s. Resume with the same plan, or start a new run."
                      .formatted(RunFolder.name(found.id()), difference));
            });
    RunWriter writer = new RunWriter(disk, found, stored.with(given.facts()));
    writer.sweep();
    Set<String> notes = new LinkedHashSet<>();
    Instant started = clock.now();
    double seconds = 0;
    try {
      Status status = found.status();
      notes.addAll(status.notes());
      started = status.started();
      seconds = status.seconds();
    } catch (RetortException e) {
      notes.add(e.getMessage()); // what counts is in the checkpoint
    }
    notes.addAll(options.notes());
    Optional<Checkpoint> from = writer.newestCheckpoint(notes);
    Run<R> run =
        new Run<>(
            job, writer, from, options.interval(), clock, started, seconds, List.copyOf(notes));
    writer.writeCurve(run.progress().curve()); // cut back to where it goes on
    writer.writeStatus(run.status(RunState.RUNNING, from.map(Checkpoint::step).orElse(0L), ""));
    return run;
  }

  /** Sets a run to work under a lock on its folder. */
  private <R> Run<R> carry(RunFolder where, Supplier<Run<R>> make, RunOptions options) {
    RunLock lock = RunLock.take(where.path(), where.id());
    boolean begun = false;
    try {
      Run<R> run = make.get();
      LIVE.put(where.path(), run);
      List<RunListener> listeners = new ArrayList<>(options.listeners());
      listeners.addAll(Runs.listenersOf(run));
      hookShutdown();
      run.begin(
          listeners,
          () -> {
            LIVE.remove(where.path());
            lock.release();
          });
      begun = true;
      return run;
    } finally {
      if (!begun) {
        LIVE.remove(where.path());
        lock.release();
      }
    }
  }

  /** Writes a text beside the runs, complete or not at all. */
  public void note(String name, String text) {
    try {
      prepare();
    } catch (IOException e) {
      throw unusable(e);
    }
    AtomicFile.writeText(disk, folder.resolve(name), text);
  }

  private void prepare() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      disk.forceFolder(folder.getParent());
    }
  }

  private RunFolder create() {
    try {
      prepare();
      List<Integer> taken = numbers();
      for (int id = taken.isEmpty() ? 1 : taken.get(taken.size() - 1) + 1; ; id++) {
        if (id > MOST_RUNS) {
          throw new RetortException(
              "runs: expected a number up to %s for a new run, got '%s' in use. Choose another folder with -Dretort.runs=FOLDER or RETORT_RUNS."
                  .formatted(MOST_RUNS, path(MOST_RUNS)));
        }
        try {
          disk.createFolder(path(id));
          disk.forceFolder(folder);
          return stored(id);
        } catch (FileAlreadyExistsException e) {
          // Another process was faster.
        }
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Removes the folder of a run that could not begin. */
  private void remove(RunFolder made) {
    try (Stream<Path> files = Files.list(made.path())) {
      for (Path file : files.toList()) {
        disk.delete(file);
      }
      disk.delete(made.path());
    } catch (IOException e) {
      // The reason why it could not begin is on its way; a folder without a spec is no run.
    }
  }

  /** At an orderly exit of the JVM, runs get a moment to save themselves. */
  private static void hookShutdown() {
    if (HOOKED.compareAndSet(false, true)) {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(Registry::stopAllAtShutdown, "retort-shutdown"));
    }
  }

  private static void stopAllAtShutdown() {
    List<Run<?>> runs = List.copyOf(LIVE.values());
    runs.forEach(Run::stop);
    long until = RunClock.system().nanos() + SHUTDOWN_LIMIT.toNanos();
    try {
      for (Run<?> run : runs) {
        run.awaitEnd(until - RunClock.system().nanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
