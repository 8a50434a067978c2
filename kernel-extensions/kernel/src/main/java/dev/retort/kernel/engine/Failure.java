package dev.retort.kernel.engine;

import java.util.List;

/**
 * An error as a notebook shows it.
 *
 * @param name the kind of error, mostly the name of an exception
 * @param message what went wrong, in one line or a few
 * @param lines the whole report, the message first, with light ANSI colour
 */
public record Failure(String name, String message, List<String> lines) {

  /** The name of a failure that an interrupt caused. */
  public static final String INTERRUPTED = "Interrupted";

  /** Copies the lines. */
  public Failure {
    lines = List.copyOf(lines);
  }

  /** Whether somebody asked for this. */
  public boolean isInterrupt() {
    return name.equals(INTERRUPTED);
  }
}
