package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.run.Job;
import dev.retort.run.Registry;
import dev.retort.run.RunFolder;
import dev.retort.run.RunState;
import dev.retort.run.RunSummary;
import dev.retort.run.Runs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The run of a plan that was done before, though an option may have had another name then. */
final class Earlier {
  private static final String SETTINGS = "settings";
  private static final Set<RunState> USABLE =
      EnumSet.of(RunState.FINISHED, RunState.STOPPED, RunState.INTERRUPTED);

  private Earlier() {}

  /**
   * The newest run of exactly this job, by the names of today or else by those of before: one that
   * has finished, or else one that can be resumed.
   */
  static Optional<RunFolder> find(Job<?> job) {
    Optional<RunFolder> today = Registry.standard().find(job);
    if (job.undetermined().isPresent() || today.filter(Earlier::isFinished).isPresent()) {
      return today;
    }
    Optional<RunFolder> before = renamed(job);
    return before.filter(Earlier::isFinished).or(() -> today).or(() -> before);
  }

  private static boolean isFinished(RunFolder run) {
    return run.summary().state() == RunState.FINISHED;
  }

  private static Optional<RunFolder> renamed(Job<?> job) {
    JsonObject now = job.spec();
    List<RunSummary> runs = new ArrayList<>(Runs.all());
    Collections.reverse(runs);
    return Registry.finishedFirst(
        runs.stream()
            .filter(run -> run.kind().equals(job.kind()) && USABLE.contains(run.state()))
            .map(run -> Runs.open(run.id()))
            .filter(folder -> isSame(folder, now)));
  }

  private static boolean isSame(RunFolder folder, JsonObject now) {
    try {
      JsonObject then = folder.spec();
      return without(then).equals(without(now))
          && Resuming.plan(folder.id()).job().spec().equals(now);
    } catch (RetortException e) {
      return false; // a damaged one, which others tell
    }
  }

  /** A spec without its settings, whose names may differ. */
  private static JsonObject without(JsonObject spec) {
    JsonObject rest = spec.deepCopy();
    rest.remove(SETTINGS);
    return rest;
  }
}
