package dev.retort.kernel.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * An error as a notebook shows it.
 *
 * @param name the kind of error, mostly the name of an exception
 * @param message what went wrong, in one line or a few
 * @param lines the whole report, the message first, with light ANSI color
 */
public record Failure(String name, String message, List<String> lines) {

  /** The name of a failure that an interrupt caused. */
  public static final String INTERRUPTED = "Interrupted";

  /** Copies the lines. */
  public Failure {
    lines = List.copyOf(lines);
  }

  /** A failure of the kernel itself, that the user is told of and that it survives. */
  public static Failure ofKernel(String doing, Throwable thrown) {
    String name = thrown.getClass().getSimpleName();
    String said = Thrown.of(thrown).message();
    String message =
        doing + ": the kernel failed with " + name + (said.isEmpty() ? "" : ": " + said);
    return new Failure(name, message, List.of(message));
  }

  /** The same with one more line. */
  Failure with(String line) {
    List<String> more = new ArrayList<>(lines);
    more.add(line);
    return new Failure(name, message, more);
  }

  /** Whether somebody asked for this. */
  public boolean isInterrupt() {
    return name.equals(INTERRUPTED);
  }
}
