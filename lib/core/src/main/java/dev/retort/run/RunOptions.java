package dev.retort.run;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a job is carried; nothing here changes a number of it.
 *
 * @param interval when it saves itself
 * @param facts what its numbers depend on beside its spec: engine, build, device, threads
 * @param listeners who is told how it goes
 * @param notes what a person may want to know of how it began
 */
public record RunOptions(
    CheckpointInterval interval,
    JsonObject facts,
    List<RunListener> listeners,
    List<String> notes) {
  /** Keeps copies. */
  public RunOptions {
    facts = facts.deepCopy();
    listeners = List.copyOf(listeners);
    notes = List.copyOf(notes);
  }

  /** A checkpoint every ten seconds, no facts, no listeners. */
  public static RunOptions standard() {
    return new RunOptions(
        new CheckpointInterval.Every(Duration.ofSeconds(10)),
        new JsonObject(),
        List.of(),
        List.of());
  }

  /** What its numbers depend on beside its spec. */
  @Override
  public JsonObject facts() {
    return facts.deepCopy();
  }

  /** The same, saving at another interval. */
  public RunOptions saving(CheckpointInterval other) {
    return new RunOptions(other, facts, listeners, notes);
  }

  /** The same with other facts. */
  public RunOptions facts(JsonObject other) {
    return new RunOptions(interval, other, listeners, notes);
  }

  /** The same with one more listener. */
  public RunOptions listening(RunListener listener) {
    List<RunListener> more = new ArrayList<>(listeners);
    more.add(listener);
    return new RunOptions(interval, facts, more, notes);
  }

  /** The same with one more note. */
  public RunOptions noting(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new RunOptions(interval, facts, listeners, more);
  }
}
