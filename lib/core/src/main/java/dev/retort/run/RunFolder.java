package dev.retort.run;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.figure.Numbers;
import dev.retort.option.Traits;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
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
  private static final Set<String> AFTER_THE_SPEC =
      Set.of("spec.json", "curve.csv", "result.safetensors");
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
      boolean died = status.state() == RunState.RUNNING && !isCarried(status);
      return new RunSummary(
          id,
          spec.kind(),
          spec.title(),
          spec.traits(),
          died ? RunState.INTERRUPTED : status.state(),
          status.step(),
          spec.total(),
          spec.unit(),
          status.started(),
          status.seconds(),
          died
              ? "it ended without a word, as when its process dies: "
                  + (status.message().isBlank()
                      ? "resume it with resume(%s)".formatted(id)
                      : status.message())
              : status.state() == RunState.RUNNING ? "" : status.message());
    } catch (RetortException e) {
      return unreadable(e.getMessage());
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      return unreadable(
          "read '%s': expected the files of a run, got %s. Take another copy of the folder."
              .formatted(path, e));
    }
  }

  private RunSummary unreadable(String fault) {
    return new RunSummary(
        id, "?", "?", Traits.none(), RunState.UNREADABLE, 0, 0, "", Instant.EPOCH, 0, fault);
  }

  /** Whether somebody is at work in it: the lock tells, and where there is none the pid. */
  private boolean isCarried(Status status) {
    return Registry.carries(path)
        || RunLock.isHeld(path)
            .orElseGet(() -> !status.isOfThisProcess() && status.isOfLivingProcess());
  }

  /**
   * Whether this is a run, perhaps a damaged one: a folder that has a spec, or what is written
   * after it, or one that cannot be looked into.
   */
  boolean isRun() {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> file.getFileName().toString())
          .anyMatch(name -> AFTER_THE_SPEC.contains(name) || CHECKPOINT.matcher(name).matches());
    } catch (NotDirectoryException | NoSuchFileException e) {
      return false;
    } catch (IOException | UncheckedIOException e) {
      return true;
    }
  }

  /** The job's spec, enough to build the job again. */
  public JsonObject spec() {
    return runSpec().spec();
  }

  /** What the numbers depend on beside the spec: engine, device, threads, Java. */
  public JsonObject facts() {
    return runSpec().facts().deepCopy();
  }

  /**
   * What somebody makes of the spec and the inputs.
   *
   * @param reader makes it, and may trust that all is there that it looks for
   * @throws RetortException in words where something is not
   */
  public <T> T understood(Supplier<T> reader) {
    try {
      return reader.get();
    } catch (RetortException e) {
      if (!e.getMessage().startsWith("tensors:")) {
        throw e;
      }
      throw unfit(inputsFile(), e);
    } catch (RuntimeException e) {
      throw unfit(specFile(), e);
    }
  }

  private static RetortException unfit(Path file, RuntimeException e) {
    String got = Files.exists(file) ? "something else (" + e.getMessage() + ")" : "nothing";
    return new RetortException(
        "read '%s': expected what a plan was written as, got %s. Take another copy of the folder."
            .formatted(file, got),
        e);
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
    return CurveText.read(curveFile(), runSpec());
  }

  /** What the numbers depend on beside the spec; nothing where there is nothing. */
  public Tensors inputs() {
    return Files.exists(inputsFile()) ? TensorFile.read(inputsFile()) : new Tensors();
  }

  /** The arrays of the result. */
  public Tensors result() {
    if (!Files.exists(resultFile())) {
      RunSummary summary = summary();
      if (summary.state() == RunState.FINISHED) {
        throw new RetortException(
            "read '%s': expected the result of a run that has finished, got nothing. Take another copy of the folder, or start the run anew."
                .formatted(resultFile()));
      }
      throw new RetortException(
          "run %s: expected a result, got a run that is %s at step %s of %s. %s"
              .formatted(
                  name(id),
                  summary.state().name().toLowerCase(java.util.Locale.ROOT),
                  Numbers.count(summary.step()),
                  Numbers.count(summary.total()),
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
    } catch (IOException | UncheckedIOException e) {
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
