package dev.retort.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AtomicFileTest {
  @TempDir Path folder;

  private static Tensors state(int version) {
    return new Tensors()
        .put("weights", new float[] {version, version + 0.5f, -version}, 3, 1)
        .put("step", new long[] {version})
        .describe("version", "" + version);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultyDisk.Fault.class,
      names = {"KILL", "POWER_CUT"})
  void deathAtAnyOperationLeavesTheOldFileOrTheNew(FaultyDisk.Fault fault) {
    Path file = folder.resolve("checkpoint.safetensors");
    List<Long> seen = new ArrayList<>();
    boolean passed = false;
    for (long k = 1; !passed; k++) {
      TensorFile.write(file, state(1));
      FaultyDisk disk = FaultyDisk.failing(fault, k);
      try {
        TensorFile.write(disk, file, state(2));
        passed = true;
      } catch (FaultyDisk.Death expected) {
        assertThat(disk.operations()).isEqualTo(k);
      }
      seen.add(TensorFile.read(file).longs("step")[0]);
    }
    assertThat(seen).hasSizeGreaterThan(6).containsOnly(1L, 2L).endsWith(2L).isSorted();
  }

  @Test
  void deathAtAnyOperationOfAFirstSaveLeavesNoFileOrAWholeOne() throws IOException {
    boolean passed = false;
    for (long k = 1; !passed; k++) {
      Path file = folder.resolve("first-" + k + ".safetensors");
      try {
        TensorFile.write(FaultyDisk.failing(FaultyDisk.Fault.POWER_CUT, k), file, state(2));
        passed = true;
      } catch (FaultyDisk.Death expected) {
        // the process is gone
      }
      if (Files.exists(file)) {
        assertThat(TensorFile.read(file).longs("step")).containsExactly(2);
      }
    }
  }

  @Test
  void refusedOperationsLeaveNoTemporaryFileAndTheOldFileOrTheNew() throws IOException {
    Path file = folder.resolve("checkpoint.safetensors");
    int refused = 0;
    boolean passed = false;
    for (long k = 1; !passed; k++) {
      TensorFile.write(file, state(1));
      FaultyDisk disk = FaultyDisk.failing(FaultyDisk.Fault.REFUSAL, k);
      try {
        TensorFile.write(disk, file, state(2));
        passed = true;
      } catch (DiskException e) {
        refused++;
        assertThat(e).hasMessageContaining(file.toString()).hasMessageContaining("Input/output");
      }
      assertThat(files()).containsExactly(file);
      assertThat(TensorFile.read(file).longs("step")[0]).isIn(1L, 2L);
    }
    assertThat(refused).isGreaterThan(5);
  }

  @Test
  void aDiskThatIsFullKeepsTheOldFileAndSaysSoOnce() throws IOException {
    Path file = folder.resolve("checkpoint.safetensors");
    TensorFile.write(file, state(1));
    long size = Files.size(file);
    for (long budget = 0; budget < size; budget++) {
      FaultyDisk disk = FaultyDisk.holding(budget);
      assertThatThrownBy(() -> TensorFile.write(disk, file, state(2)))
          .isInstanceOf(RetortException.class)
          .hasMessageMatching(
              "save '.*checkpoint\\.safetensors': expected room on the disk, got 'No space left on"
                  + " device' after \\d+ bytes\\. Free some space; what was there before is"
                  + " untouched\\.");
      assertThat(files()).containsExactly(file);
      assertThat(TensorFile.read(file).longs("step")).containsExactly(1);
    }
    TensorFile.write(FaultyDisk.holding(size), file, state(2));
    assertThat(TensorFile.read(file).longs("step")).containsExactly(2);
  }

  @Test
  void anInterruptedThreadSavesAllTheSameAndStaysInterrupted() {
    Path file = folder.resolve("checkpoint.safetensors");
    Thread.currentThread().interrupt();
    TensorFile.write(file, state(7));
    assertThat(TensorFile.read(file).longs("step")).containsExactly(7);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aFailureOfTheWriterItselfLeavesNothing() throws IOException {
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    folder.resolve("text"),
                    output -> {
                      throw new IllegalStateException("half way");
                    }))
        .hasMessage("half way");
    assertThat(files()).isEmpty();
  }

  @Test
  void aMissingFolderIsNamed() {
    Path file = folder.resolve("nowhere").resolve("a.txt");
    assertThatThrownBy(() -> AtomicFile.writeText(file, "text"))
        .hasMessage(
            "save '%s': expected a folder that exists, got none at '%s'. Make it, or save elsewhere."
                .formatted(file, file.getParent()));
    assertThatThrownBy(() -> AtomicFile.writeText(folder, "text"))
        .hasMessage(
            "save '" + folder + "': expected the name of a file, got a folder. Give a file name.");
  }

  @Test
  void sweepingRemovesWhatKilledProcessesLeft() throws IOException {
    Path file = folder.resolve("a.txt");
    try {
      AtomicFile.writeText(FaultyDisk.failing(FaultyDisk.Fault.KILL, 3), file, "text");
    } catch (FaultyDisk.Death expected) {
      assertThat(files()).hasSize(1);
    }
    AtomicFile.writeText(file, "text");
    AtomicFile.sweep(Disk.real(), folder);
    assertThat(files()).containsExactly(file);
  }
}
