package dev.retort.run;

import dev.retort.figure.Numbers;
import dev.retort.option.Labels;
import dev.retort.option.Traits;
import java.time.Instant;

/**
 * A line of the table of runs.
 *
 * @param id the run's number
 * @param kind {@code train}, {@code collect} …
 * @param title what it does, in a line
 * @param traits what tells it from others of its kind
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
    Traits traits,
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

  /**
   * What the title does not say of it: the algorithm or the loss, the seeds, and the settings that
   * differ from the defaults.
   */
  public String details() {
    return traits.beyond(title);
  }

  @Override
  public String toString() {
    return "run %s %s: %s, step %s of %s %s%s"
        .formatted(
            name(),
            state.name().toLowerCase(java.util.Locale.ROOT),
            Labels.with(title, details()),
            Numbers.count(step),
            Numbers.count(total),
            unit,
            message.isEmpty() ? "" : " (" + message + ")");
  }
}
