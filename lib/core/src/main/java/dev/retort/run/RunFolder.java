package dev.retort.run;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a run keeps on the disk, open for reading at any time, also while the run goes.
 *
 * <pre>
 * runs/0007/spec.json                     all that decides its numbers
 *           inputs.safetensors              data and policies that they depend on
 *           status.json                   how it is
 *           curve.csv                     its curve up to the last checkpoint or the end
 *           checkpoint-1200.safetensors   the last two
 *           result.safetensors            once it has finished
 * </pre>
 */
public final class RunFolder {
  private static final Pattern CHECKPOINT = Pattern.compile("checkpoint-(\\d{1,18})\\.safetensors");

  private final int id;
  private final Path path;

  RunFolder(int id, Path path) {
    this.id = id;
    this.path = path;
  }

  static String name(int id) {
    return String.format(Locale.ROOT, "%04d", id);
  }

  /** The run's number. */
  public int id() {
    return id;
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** A line for the table of runs; a folder that cannot be read gives a line that says so. */
  public RunSummary summary() {
    try {
      RunSpec spec = runSpec();
      Status status = status();
      boolean died =
          status.state() == RunState.RUNNING
              && (status.isOfThisProcess() ? !Registry.carries(path) : !status.isOfLivingProcess());
      return new RunSummary(
          id,
          spec.kind(),
          spec.title(),
          died ? RunState.INTERRUPTED : status.state(),
          status.step(),
          spec.total(),
          spec.unit(),
          status.started(),
          status.seconds(),
          died
              ? "it ended without a word, as when its process dies: resume it with resume("
                  + id
                  + ")"
              : status.message());
    } catch (RetortException e) {
      return new RunSummary(
          id, "?", "?", RunState.UNREADABLE, 0, 0, "", Instant.EPOCH, 0, e.getMessage());
    }
  }

  /** The job's spec, enough to build the job again. */
  public JsonObject spec() {
    return runSpec().spec();
  }

  /** The job's kind. */
  public String kind() {
    return runSpec().kind();
  }

  /** The job's title. */
  public String title() {
    return runSpec().title();
  }

  /** What happened on the way that a person may want to know. */
  public List<String> notes() {
    return status().notes();
  }

  /** The curve as it was at the last checkpoint or the end. */
  public Curve curve() {
    return CurveText.read(curveFile(), runSpec().columns());
  }

  /** What the numbers depend on beside the spec; nothing where there is nothing. */
  public Tensors inputs() {
    return Files.exists(inputsFile()) ? TensorFile.read(inputsFile()) : new Tensors();
  }

  /** The arrays of the result. */
  public Tensors result() {
    if (!Files.exists(resultFile())) {
      RunSummary summary = summary();
      throw new RetortException(
          "run %s: expected a result, got a run that is %s at step %s of %s. %s"
              .formatted(
                  name(id),
                  summary.state().name().toLowerCase(java.util.Locale.ROOT),
                  summary.step(),
                  summary.total(),
                  summary.state() == RunState.RUNNING
                      ? "Wait for it."
                      : "Resume it with resume(" + id + ")."));
    }
    return TensorFile.read(resultFile());
  }

  /** The checkpoints, newest first. */
  public List<Path> checkpoints() {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> CHECKPOINT.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparingLong(RunFolder::step).reversed())
          .toList();
    } catch (IOException e) {
      throw new RetortException(
          "run %s: expected a folder that can be read, got %s. Check whose '%s' is."
              .formatted(name(id), e, path),
          e);
    }
  }

  static long step(Path checkpoint) {
    Matcher matcher = CHECKPOINT.matcher(checkpoint.getFileName().toString());
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }

  RunSpec runSpec() {
    return RunSpec.read(specFile());
  }

  Status status() {
    return Status.read(statusFile());
  }

  Path specFile() {
    return path.resolve("spec.json");
  }

  Path statusFile() {
    return path.resolve("status.json");
  }

  Path curveFile() {
    return path.resolve("curve.csv");
  }

  Path inputsFile() {
    return path.resolve("inputs.safetensors");
  }

  Path resultFile() {
    return path.resolve("result.safetensors");
  }

  Path checkpointFile(long step) {
    return path.resolve("checkpoint-" + step + ".safetensors");
  }

  @Override
  public String toString() {
    return summary().toString();
  }
}
