package dev.retort.run;

import dev.retort.figure.Numbers;
import java.nio.file.Path;

/**
 * What a run tells its listeners.
 *
 * <p>A listener gets one {@link Started}, then at most five {@link Progress} a second and the
 * latest {@link Checkpointed}, and at the end exactly one of {@link Finished}, {@link Stopped} and
 * {@link Failed}. One that is slow misses what lies between, never the end.
 */
public sealed interface RunEvent {
  /** The run's number. */
  int run();

  /**
   * The run goes.
   *
   * @param run its number
   * @param kind its job's kind
   * @param title its job's title
   * @param step where it goes on from; 0 for a new run
   * @param total how many steps it takes in all
   * @param unit what a step is
   * @param folder where it keeps its files
   */
  record Started(
      int run, String kind, String title, long step, long total, String unit, Path folder)
      implements RunEvent {}

  /**
   * The run has come further.
   *
   * @param run its number
   * @param step how many steps are done
   * @param total how many steps it takes in all
   * @param seconds how long it has worked
   * @param curve a copy of the rows so far
   */
  record Progress(int run, long step, long total, double seconds, Curve curve) implements RunEvent {
    /** Such as {@code run 0007 at step 256 of 60,000 after 0.4 s}. */
    @Override
    public String toString() {
      return "run %s at step %s of %s after %s"
          .formatted(
              RunFolder.name(run),
              Numbers.count(step),
              Numbers.count(total),
              Numbers.duration(seconds));
    }
  }

  /**
   * The run has saved itself.
   *
   * @param run its number
   * @param step how many steps are saved
   * @param file the checkpoint
   */
  record Checkpointed(int run, long step, Path file) implements RunEvent {}

  /**
   * The run has its result.
   *
   * @param run its number
   * @param total how many steps it took
   * @param seconds how long it worked
   * @param curve a copy of all rows
   */
  record Finished(int run, long total, double seconds, Curve curve) implements RunEvent {}

  /**
   * The run stopped because it was asked to.
   *
   * @param run its number
   * @param step where it will go on from
   * @param total how many steps it takes in all
   * @param seconds how long it worked
   * @param curve a copy of the rows so far
   */
  record Stopped(int run, long step, long total, double seconds, Curve curve) implements RunEvent {}

  /**
   * The run ended with an error.
   *
   * @param run its number
   * @param step how many steps were done
   * @param total how many steps it takes in all
   * @param message what went wrong
   * @param curve a copy of the rows so far
   */
  record Failed(int run, long step, long total, String message, Curve curve) implements RunEvent {}
}
