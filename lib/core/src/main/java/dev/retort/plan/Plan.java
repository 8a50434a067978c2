package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.nn.Engine;
import dev.retort.run.Job;
import dev.retort.run.Run;
import dev.retort.run.RunOptions;
import dev.retort.run.Runs;

/**
 * Something to be done, as an immutable value.
 *
 * @param <R> what it gives
 */
public interface Plan<R> {
  /** The computation; checks everything that can be checked before anything is started. */
  Job<R> job();

  /** What would happen: sizes, updates, memory, files, time. */
  String explain();

  /** Starts a run in the background. */
  default Run<R> start() {
    return Runs.start(job(), options());
  }

  /** Runs to the end, and gives the result. */
  default R run() {
    return start().await();
  }

  /** How runs of plans are carried: with the engine's facts written down beside them. */
  static RunOptions options() {
    Engine.awaitReady();
    JsonObject facts = new JsonObject();
    Engine.facts().forEach(facts::addProperty);
    return RunOptions.standard().facts(facts);
  }
}
