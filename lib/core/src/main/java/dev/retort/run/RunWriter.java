package dev.retort.run;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.store.AtomicFile;
import dev.retort.store.Disk;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The one who writes in a run's folder: every file whole, and never less than one to go on from.
 */
final class RunWriter {
  private static final int KEPT = 2;

  private final Disk disk;
  private final RunFolder folder;
  private final RunSpec spec;

  RunWriter(Disk disk, RunFolder folder, RunSpec spec) {
    this.disk = disk;
    this.folder = folder;
    this.spec = spec;
  }

  RunFolder folder() {
    return folder;
  }

  RunSpec spec() {
    return spec;
  }

  void writeSpec() {
    AtomicFile.writeText(disk, folder.specFile(), Json.sealed(spec.json()));
  }

  void writeInputs(Tensors inputs) {
    if (!inputs.all().isEmpty() || !inputs.metadata().isEmpty()) {
      TensorFile.write(disk, folder.inputsFile(), inputs);
    }
  }

  void writeStatus(Status status) {
    AtomicFile.writeText(disk, folder.statusFile(), Json.sealed(status.json()));
  }

  void writeCurve(Curve curve) {
    AtomicFile.writeText(disk, folder.curveFile(), CurveText.of(curve, spec));
  }

  void writeResult(Tensors result) {
    TensorFile.write(disk, folder.resultFile(), result);
  }

  /** Saves a checkpoint, then lets go of all but the newest two. */
  Path writeCheckpoint(Checkpoint checkpoint) {
    Path file = folder.checkpointFile(checkpoint.step());
    TensorFile.write(disk, file, checkpoint.tensors(spec));
    List<Path> all = folder.checkpoints();
    for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      delete(old);
    }
    return file;
  }

  /**
   * The newest checkpoint that is whole. Damaged ones before it are set aside under another name,
   * so that they never count among the newest two, and the notes name them.
   */
  Optional<Checkpoint> newestCheckpoint(Set<String> notes) {
    List<Path> files = folder.checkpoints();
    List<Path> damaged = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (Path file : files) {
      try {
        Tensors tensors = TensorFile.read(file);
        Checkpoint checkpoint = Checkpoint.of(file, tensors, spec);
        if (checkpoint.isWithoutState()) {
          files.forEach(this::delete);
          notes.add(
              "'%s' holds no state to go on from, as some did before: begun anew."
                  .formatted(file.getFileName()));
          return Optional.empty();
        }
        for (int i = 0; i < damaged.size(); i++) {
          setAside(damaged.get(i));
          notes.add("%s Went on from '%s'.".formatted(faults.get(i), file.getFileName()));
        }
        notes.addAll(facts(Checkpoint.facts(tensors)));
        return Optional.of(checkpoint);
      } catch (RetortException e) {
        damaged.add(file);
        faults.add(e.getMessage());
      }
    }
    if (!files.isEmpty()) {
      throw new RetortException(
          "resume %s: expected a whole checkpoint, got only damaged ones: %s Start the run anew."
              .formatted(RunFolder.name(folder.id()), String.join(" ", faults)));
    }
    return Optional.empty();
  }

  /**
   * How what the numbers depend on differs from what it was, and what of it cannot be compared,
   * since another version wrote down other facts.
   */
  private List<String> facts(JsonObject before) {
    JsonObject now = spec.facts().deepCopy();
    List<String> alone = new ArrayList<>();
    for (String key : List.copyOf(before.keySet())) {
      if (!now.has(key)) {
        alone.add("%s (was %s)".formatted(key, before.remove(key)));
      }
    }
    for (String key : List.copyOf(now.keySet())) {
      if (!before.has(key)) {
        alone.add("%s (is %s)".formatted(key, now.remove(key)));
      }
    }
    List<String> notes = new ArrayList<>();
    Json.difference("facts", before, now)
        .ifPresent(
            difference ->
                notes.add("bits may differ from those of an uninterrupted run: " + difference));
    if (!alone.isEmpty()) {
      notes.add(
          "not written down by another version, and so not compared: " + String.join(", ", alone));
    }
    return notes;
  }

  private void setAside(Path damaged) {
    try {
      disk.move(damaged, damaged.resolveSibling("damaged-" + damaged.getFileName()));
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private void delete(Path file) {
    try {
      disk.delete(file);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private RetortException refused(IOException e) {
    return new RetortException(
        "run %s: expected a folder that can be written, got %s. Check whose '%s' is."
            .formatted(RunFolder.name(folder.id()), e, folder.path()),
        e);
  }

  void sweep() {
    AtomicFile.sweep(disk, folder.path());
  }
}
