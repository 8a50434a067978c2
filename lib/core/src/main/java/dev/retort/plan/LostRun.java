package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.env.Identity;
import dev.retort.run.Job;
import dev.retort.run.RunFolder;
import dev.retort.run.RunSummary;
import dev.retort.run.Runs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a plan does not find its run again although nobody has changed it: the code of its
 * environment writes to a static field that it reads, so that every run leaves another environment
 * behind.
 */
final class LostRun {
  private static final String READS = "reads";

  private LostRun() {}

  /** What to say of the newest run that differs in such fields alone; empty where there is none. */
  static Optional<String> of(Job<?> job) {
    List<RunSummary> runs = new ArrayList<>(Runs.all());
    Collections.reverse(runs);
    return runs.stream()
        .filter(run -> run.kind().equals(job.kind()))
        .map(run -> changed(run.id(), job.spec()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> changed(int run, JsonObject now) {
    JsonObject then;
    try {
      RunFolder folder = Runs.open(run);
      then = folder.spec();
    } catch (RetortException e) {
      return Optional.empty(); // a damaged one, which others tell
    }
    if (then.equals(now) || !withoutReads(then).equals(withoutReads(now))) {
      return Optional.empty();
    }
    List<JsonObject> before = Resumption.environments(then).toList();
    List<JsonObject> after = Resumption.environments(now).toList();
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      JsonObject was = before.get(i).getAsJsonObject(EnvText.IDENTITY);
      JsonObject is = after.get(i).getAsJsonObject(EnvText.IDENTITY);
      if (!Objects.equals(was, is)) {
        new Identity(is, Optional.empty()).difference(was).ifPresent(differences::add);
      }
    }
    return Optional.of(
        "a new run: run %s is of this plan, but of its environment %s since. A static field that the environment's own code changes makes it another one with every run: keep in the state what it counts"
            .formatted(run, String.join("; ", differences)));
  }

  /** A spec without what the code of its environments reads. */
  private static JsonObject withoutReads(JsonObject spec) {
    JsonObject rest = spec.deepCopy();
    Resumption.environments(rest)
        .map(env -> env.getAsJsonObject(EnvText.IDENTITY))
        .filter(Objects::nonNull)
        .forEach(identity -> identity.remove(READS));
    return rest;
  }
}
