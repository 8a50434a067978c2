package dev.retort.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.store.DiskException;
import dev.retort.store.FaultyDisk;
import dev.retort.store.FaultyDisk.Fault;
import dev.retort.store.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunRecoveryTest {
  private static final long STEPS = 6;
  private static final RunOptions OFTEN =
      RunOptions.standard().saving(new CheckpointInterval.EveryBoundaries(2));

  @TempDir Path scratch;
  private RunFolder whole;

  @BeforeEach
  void runUninterrupted() {
    Run<float[]> run = Registry.at(scratch.resolve("whole")).start(new ToyJob(3, STEPS), OFTEN);
    run.await();
    whole = run.folder();
  }

  private static Registry healthy(Path folder) {
    return Registry.at(folder, FaultyDisk.healthy(), RunClock.system());
  }

  private void assertWhole(RunFolder actual) throws IOException {
    for (String file : List.of("spec.json", "curve.csv", "result.safetensors")) {
      assertThat(Files.mismatch(whole.path().resolve(file), actual.path().resolve(file)))
          .as(file)
          .isEqualTo(-1);
    }
    assertNoTemporaryFile(actual.path());
  }

  private static void assertNoTemporaryFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(Path::toString)).noneMatch(file -> file.endsWith(".tmp"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"KILL", "POWER_CUT"})
  void deathAtAnyFileOperationOfARunLosesNothingThatResumingDoesNotRepeat(Fault fault)
      throws IOException {
    int resumed = 0;
    boolean passed = false;
    for (long k = 1; !passed; k++) {
      Path folder = scratch.resolve("death-" + k);
      FaultyDisk disk = FaultyDisk.failing(fault, k);
      Registry dying = Registry.at(folder, disk, RunClock.system());
      try {
        Run<float[]> run = dying.start(new ToyJob(3, STEPS), OFTEN);
        run.await();
        passed = disk.operations() < k;
      } catch (FaultyDisk.Death | RunFailed expected) {
        assertThat(disk.operations()).isEqualTo(k);
      }
      Registry healthy = healthy(folder);
      if (healthy.all().isEmpty()) {
        Run<float[]> run = healthy.start(new ToyJob(3, STEPS), OFTEN);
        run.await();
        assertWhole(run.folder());
      } else if (healthy.all().get(0).state() == RunState.FINISHED) {
        assertWhole(healthy.open(1));
      } else {
        assertThat(healthy.all().get(0).state()).isEqualTo(RunState.INTERRUPTED);
        healthy.resume(1, new ToyJob(3, STEPS), OFTEN).await();
        assertWhole(healthy.open(1));
        resumed++;
      }
    }
    assertThat(resumed).isGreaterThan(50);
  }

  @Test
  void aFullDiskStopsTheRunWithOneMessageAndItGoesOnOnceThereIsRoom() throws IOException {
    int refusedAtStart = 0;
    int failed = 0;
    boolean passed = false;
    for (int round = 0; !passed; round++) {
      Path folder = scratch.resolve("full-" + round);
      FaultyDisk disk = FaultyDisk.holding(300L * round);
      Registry full = Registry.at(folder, disk, RunClock.system());
      Registry roomy = healthy(folder);
      try {
        full.start(new ToyJob(3, STEPS), OFTEN).await();
        passed = true;
      } catch (DiskException e) {
        assertThat(e.getMessage())
            .startsWith("save '")
            .contains("expected room on the disk, got 'No space left on device' after");
        assertNoTemporaryFile(folder);
        if (roomy.all().isEmpty()) {
          assertThat(folder).isEmptyDirectory();
          refusedAtStart++;
        } else {
          roomy.open(1).checkpoints().forEach(TensorFile::read);
          roomy.resume(1, new ToyJob(3, STEPS), OFTEN).await();
          assertWhole(roomy.open(1));
          failed++;
        }
      }
    }
    assertThat(refusedAtStart).isGreaterThan(1);
    assertThat(failed).isGreaterThan(10);
  }

  @Test
  void aDamagedCheckpointIsNamedAndTheOneBeforeItTaken() throws IOException {
    RunFolder folder = stopped(Registry.at(scratch.resolve("damaged")), 5);
    Path newest = folder.checkpoints().get(0);
    damage(newest);
    Run<float[]> run =
        Registry.at(scratch.resolve("damaged")).resume(1, new ToyJob(3, STEPS), OFTEN);
    run.await();
    assertWhole(folder);
    assertThat(run.notes()).hasSize(1);
    assertThat(run.notes().get(0))
        .startsWith("read '" + newest + "': expected its SHA-256, got another (tensor '")
        .endsWith("Went on from 'checkpoint-4.safetensors'.");
    assertThat(folder.path().resolve("damaged-checkpoint-5.safetensors")).exists();
  }

  @Test
  void whereEveryCheckpointIsDamagedTheRunIsNotResumed() throws IOException {
    Registry runs = Registry.at(scratch.resolve("damaged"));
    RunFolder folder = stopped(runs, 5);
    for (Path file : folder.checkpoints()) {
      damage(file);
    }
    assertThatThrownBy(() -> runs.resume(1, new ToyJob(3, STEPS), OFTEN))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith(
            "resume 0001: expected a whole checkpoint, got only damaged ones: read '")
        .hasMessageContaining("checkpoint-5")
        .hasMessageContaining("checkpoint-4")
        .hasMessageEndingWith("Start the run anew.");
    assertThat(folder.checkpoints()).hasSize(2);
  }

  @Test
  void aCheckpointOfAnotherRunIsNotTaken() throws IOException {
    Registry runs = Registry.at(scratch.resolve("other"));
    RunFolder folder = stopped(runs, 5);
    Run<float[]> other = runs.start(new ToyJob(4, STEPS), OFTEN);
    other.await();
    Files.copy(
        other.folder().checkpoints().get(0), folder.path().resolve("checkpoint-6.safetensors"));
    Run<float[]> run = runs.resume(1, new ToyJob(3, STEPS), OFTEN);
    run.await();
    assertWhole(folder);
    assertThat(run.notes().get(0)).contains("expected a checkpoint of this run");
  }

  @Test
  void aResultIsNeverOverwrittenWhereTheStatusOfItsRunIsDamaged() throws IOException {
    Registry runs = healthy(scratch.resolve("finished"));
    runs.start(new ToyJob(3, STEPS), OFTEN).await();
    RunFolder finished = runs.open(1);
    damage(finished.statusFile());
    byte[] result = Files.readAllBytes(finished.resultFile());
    FileTime written = Files.getLastModifiedTime(finished.resultFile());
    assertThatThrownBy(() -> runs.resume(1, new ToyJob(3, STEPS), OFTEN))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith(
            "resume 0001: expected a run that has stopped, got one with a result in '%s', of which it cannot be told whether it has finished: read '%s': "
                .formatted(finished.resultFile(), finished.statusFile()))
        .hasMessageEndingWith(" Take the result; or move it elsewhere, and resume again.");
    assertThat(Files.readAllBytes(finished.resultFile())).isEqualTo(result);
    assertThat(Files.getLastModifiedTime(finished.resultFile())).isEqualTo(written);
    Files.move(finished.resultFile(), scratch.resolve("elsewhere"));
    runs.resume(1, new ToyJob(3, STEPS), OFTEN).await();
    assertThat(Files.readAllBytes(finished.resultFile())).isEqualTo(result);
  }

  private static RunFolder stopped(Registry runs, long stopAt) {
    Run<float[]> run =
        runs.start(
            new ToyJob(3, STEPS)
                .before(
                    step -> {
                      if (step == stopAt) {
                        runs.live(1).orElseThrow().stop();
                      }
                    }),
            OFTEN);
    assertThatThrownBy(run::await).isInstanceOf(RunStopped.class);
    return run.folder();
  }

  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 100] ^= 1;
    Files.write(file, bytes);
  }
}
