package dev.retort.run;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a job is carried; nothing here changes a number of it.
 *
 * @param rhythm when it saves itself
 * @param facts what its numbers depend on beside its spec: engine, build, device, threads
 * @param listeners who is told how it goes
 */
public record RunOptions(CheckpointRhythm rhythm, JsonObject facts, List<RunListener> listeners) {
  /** Keeps copies. */
  public RunOptions {
    facts = facts.deepCopy();
    listeners = List.copyOf(listeners);
  }

  /** A checkpoint every ten seconds, no facts, no listeners. */
  public static RunOptions standard() {
    return new RunOptions(
        new CheckpointRhythm.Every(Duration.ofSeconds(10)), new JsonObject(), List.of());
  }

  /** What its numbers depend on beside its spec. */
  @Override
  public JsonObject facts() {
    return facts.deepCopy();
  }

  /** The same, saving in another rhythm. */
  public RunOptions saving(CheckpointRhythm other) {
    return new RunOptions(other, facts, listeners);
  }

  /** The same with other facts. */
  public RunOptions facts(JsonObject other) {
    return new RunOptions(rhythm, other, listeners);
  }

  /** The same with one more listener. */
  public RunOptions listening(RunListener listener) {
    List<RunListener> more = new ArrayList<>(listeners);
    more.add(listener);
    return new RunOptions(rhythm, facts, more);
  }
}
