package dev.retort.run;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs that have finished before and are used again: whoever shows runs says so, since nothing else
 * tells that a result is not of now.
 */
public final class Reused {
  private static final List<Consumer<? super RunFolder>> FRONT_ENDS = new CopyOnWriteArrayList<>();
  private static final ThreadLocal<Optional<Set<Path>>> TOLD =
      ThreadLocal.withInitial(Optional::empty);

  private Reused() {}

  /**
   * Lets a front end see every run that is used again from now on, but those that are used quietly.
   * It is told on the thread that uses the run, and what it throws changes nothing.
   */
  public static Runs.Subscription onReuse(Consumer<? super RunFolder> frontEnd) {
    FRONT_ENDS.add(frontEnd);
    return () -> FRONT_ENDS.remove(frontEnd);
  }

  /** Tells all front ends that the result of a run is used again. */
  public static void tell(RunFolder run) {
    if (Quiet.isHere() || !isNews(run.path())) {
      return;
    }
    for (Consumer<? super RunFolder> frontEnd : FRONT_ENDS) {
      try {
        frontEnd.accept(run);
      } catch (RuntimeException | LinkageError e) {
        // Who cannot show it misses it.
      }
    }
  }

  /**
   * Does something of many runs, such as a study, in which this thread tells of each run once: when
   * it starts, or when it is used again first.
   */
  public static <T> T tellingOnce(Supplier<T> deed) {
    Optional<Set<Path>> before = TOLD.get();
    TOLD.set(Optional.of(new HashSet<>()));
    try {
      return deed.get();
    } finally {
      TOLD.set(before);
    }
  }

  /** Whether this thread has not told of the run yet, where it tells of each once. */
  static boolean isNews(Path run) {
    return TOLD.get().map(told -> told.add(run)).orElse(true);
  }
}
