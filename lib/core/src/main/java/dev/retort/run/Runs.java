package dev.retort.run;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.option.Given;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * All runs of the folder {@code runs}: the verbs that people use.
 *
 * <pre>{@code
 * Run<Policy> run = Runs.start(job, RunOptions.standard());
 * Policy policy = run.await();
 * Runs.all().forEach(line -> show(line));
 * }</pre>
 *
 * <p>The folder is that of {@link Registry#standard()}, looked up at each call.
 */
public final class Runs {
  private static final List<Function<? super Run<?>, Optional<RunListener>>> FRONT_ENDS =
      new CopyOnWriteArrayList<>();

  private static volatile Optional<List<LogFormat>> formats = Optional.empty();

  private Runs() {}

  /** Ends a subscription. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** A line for every run, oldest first. */
  public static RunTable all() {
    return Registry.standard().all();
  }

  /** The files of a run. */
  public static RunFolder open(int id) {
    return Registry.standard().open(id);
  }

  /** A run that this JVM carries. */
  public static Optional<Run<?>> live(int id) {
    return Registry.standard().live(id);
  }

  /** Starts a job on a worker of its own; returns at once. */
  public static <R> Run<R> start(Job<R> job, RunOptions options) {
    return Registry.standard().start(job, options);
  }

  /** Goes on with a run from its last good checkpoint. */
  public static <R> Run<R> resume(int id, Job<R> job, RunOptions options) {
    return Registry.standard().resume(id, job, options);
  }

  /** Goes on from the last good checkpoint of a run with another job, as a new run. */
  public static <R> Run<R> branch(int id, Job<R> job, RunOptions options) {
    return Registry.standard().branch(id, job, options);
  }

  /**
   * Lets a front end see every run of this JVM, of whatever folder, that starts from now on, but
   * those that start quietly.
   *
   * <p>The factory is called on the thread that starts the run, before the run begins, so that it
   * can find out where that thread shows things; it should be quick. The listener that it gives has
   * a thread of its own.
   */
  public static Subscription onStart(Function<? super Run<?>, Optional<RunListener>> frontEnd) {
    FRONT_ENDS.add(frontEnd);
    return () -> FRONT_ENDS.remove(frontEnd);
  }

  /**
   * Lets every run of this JVM that starts from now on be written down in these formats too, and in
   * no others, without names in none. Until this is said, the system property {@code retort.log}
   * names them, or else the environment variable {@code RETORT_LOG}, with commas between.
   *
   * @param names such as {@code tensorboard}
   * @throws RetortException if a format is not on the class path; the message has those that are
   */
  public static void logging(String... names) {
    formats = Optional.of(Arrays.stream(names).map(Runs::formatNamed).toList());
  }

  /** The formats that a run which starts now is to be written in. */
  static List<LogFormat> logs() {
    return formats.orElseGet(
        () ->
            Optional.ofNullable(System.getProperty("retort.log"))
                .or(() -> Optional.ofNullable(System.getenv("RETORT_LOG")))
                .stream()
                .flatMap(set -> Arrays.stream(set.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(Runs::formatNamed)
                .toList());
  }

  private static LogFormat formatNamed(String name) {
    Given.given("logging", "the name of a format such as tensorboard", name);
    List<LogFormat> known = new ArrayList<>();
    ServiceLoader.load(LogFormat.class, Runs.class.getClassLoader()).forEach(known::add);
    return known.stream()
        .filter(format -> format.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                known.isEmpty()
                    ? new RetortException(
                        "logging '%s': expected a format of the class path, got none. Add retort-exchange to it."
                            .formatted(name))
                    : new UnknownNameException(
                        "log format", name, known.stream().map(LogFormat::name).toList()));
  }

  static List<RunListener> listenersOf(Run<?> run) {
    List<RunListener> listeners = new ArrayList<>();
    Reused.isNews(run.folder().path());
    if (Quiet.isHere()) {
      return listeners;
    }
    for (Function<? super Run<?>, Optional<RunListener>> frontEnd : FRONT_ENDS) {
      try {
        frontEnd.apply(run).ifPresent(listeners::add);
      } catch (RuntimeException | LinkageError e) {
        run.note("front end", e);
      }
    }
    return listeners;
  }
}
