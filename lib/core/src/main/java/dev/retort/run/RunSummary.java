package dev.retort.run;

import java.time.Instant;

/**
 * A line of the table of runs.
 *
 * @param id the run's number
 * @param kind {@code train}, {@code collect} …
 * @param title what it does, in a line
 * @param state how it is
 * @param step how many steps are done
 * @param total how many steps it takes in all
 * @param unit what a step is
 * @param started when it was started first
 * @param seconds how long it has worked, over all its lives
 * @param message why it ended, or nothing
 */
public record RunSummary(
    int id,
    String kind,
    String title,
    RunState state,
    long step,
    long total,
    String unit,
    Instant started,
    double seconds,
    String message) {
  /** What works in whole rollouts may do more steps than it was asked for. */
  public RunSummary {
    total = Math.max(step, total);
  }

  /** The number as folders and messages show it. */
  public String name() {
    return RunFolder.name(id);
  }

  @Override
  public String toString() {
    return "run %s %s: %s, step %s of %s %s%s"
        .formatted(
            name(),
            state.name().toLowerCase(java.util.Locale.ROOT),
            title,
            step,
            total,
            unit,
            message.isEmpty() ? "" : " (" + message + ")");
  }
}
