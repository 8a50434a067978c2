package dev.retort.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.store.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * What {@code status.json} holds: how a run was when it last said so.
 *
 * @param state how it was
 * @param step how many steps were done
 * @param message why it ended, or nothing
 * @param notes what happened on the way that a person may want to know
 * @param pid the process that carried it
 * @param process when that process began; with the pid it names a process for good
 * @param started when the run was started first
 * @param updated when this was written
 * @param seconds how long it had worked, over all its lives
 */
record Status(
    RunState state,
    long step,
    String message,
    List<String> notes,
    long pid,
    Instant process,
    Instant started,
    Instant updated,
    double seconds) {
  /** Clocks that are set while a process lives shift its beginning. */
  private static final Duration TOLERANCE = Duration.ofSeconds(10);

  static Status read(Path file) {
    JsonObject json = Json.read(file);
    try {
      Status status =
          new Status(
              RunState.valueOf(json.get("state").getAsString()),
              json.get("step").getAsLong(),
              json.get("message").getAsString(),
              json.getAsJsonArray("notes").asList().stream()
                  .map(note -> note.getAsString())
                  .toList(),
              json.get("pid").getAsLong(),
              Instant.parse(json.get("process").getAsString()),
              Instant.parse(json.get("started").getAsString()),
              Instant.parse(json.get("updated").getAsString()),
              json.get("seconds").getAsDouble());
      if (status.step < 0 || !(status.seconds >= 0 && Double.isFinite(status.seconds))) {
        throw new IllegalArgumentException("a step or a time that nothing has");
      }
      return status;
    } catch (IllegalArgumentException
        | IllegalStateException
        | NullPointerException
        | ClassCastException
        | UnsupportedOperationException
        | DateTimeParseException e) {
      throw new RetortException(
          "read '%s': expected the status of a run, got something else. Take another copy of the file."
              .formatted(file),
          e);
    }
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("format", Json.SEALED);
    json.addProperty("state", state.name());
    json.addProperty("step", step);
    json.addProperty("message", message);
    JsonArray lines = new JsonArray();
    notes.forEach(lines::add);
    json.add("notes", lines);
    json.addProperty("pid", pid);
    json.addProperty("process", process.toString());
    json.addProperty("started", started.toString());
    json.addProperty("updated", updated.toString());
    json.addProperty("seconds", seconds);
    return json;
  }

  /** When this process began. */
  static Instant thisProcess() {
    return ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH);
  }

  /** Whether the process that wrote this is this one. */
  boolean isOfThisProcess() {
    return pid == ProcessHandle.current().pid() && isNear(thisProcess());
  }

  /** Whether the process that wrote this still lives, as far as this machine can tell. */
  boolean isOfLivingProcess() {
    Optional<ProcessHandle> handle = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    return handle.isPresent()
        && !isUnreaped()
        && handle.get().info().startInstant().map(this::isNear).orElse(true);
  }

  /** Whether the process is dead and only its parent does not know yet, as Linux says. */
  private boolean isUnreaped() {
    try {
      String stat = TextFile.read(Path.of("/proc", String.valueOf(pid), "stat"), 1 << 12);
      int state = stat.lastIndexOf(')') + 2;
      return state < stat.length() && "ZX".indexOf(stat.charAt(state)) >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isNear(Instant beginning) {
    return Duration.between(process, beginning).abs().compareTo(TOLERANCE) < 0;
  }
}
