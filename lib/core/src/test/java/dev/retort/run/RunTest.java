package dev.retort.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.figure.Numbers;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
  private static final RunOptions OFTEN =
      RunOptions.standard().saving(new CheckpointInterval.EveryBoundaries(4));

  @TempDir Path scratch;
  private Registry runs;

  @BeforeEach
  void useAFolderOfItsOwn() {
    runs = Registry.at(scratch.resolve("runs"));
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private static void assertSameBytes(RunFolder expected, RunFolder actual) throws IOException {
    for (String file : List.of("spec.json", "curve.csv", "result.safetensors")) {
      assertThat(Files.mismatch(expected.path().resolve(file), actual.path().resolve(file)))
          .as(file)
          .isEqualTo(-1);
    }
  }

  @Test
  void aFinishedRunLeavesItsSpecStatusCurveResultAndLastTwoCheckpoints() throws IOException {
    Run<float[]> run = runs.start(new ToyJob(3, 30), OFTEN);
    float[] weights = run.await();
    assertThat(run.state()).isEqualTo(RunState.FINISHED);
    assertThat(run.result()).isSameAs(weights);
    assertThat(names(run.folder().path()))
        .containsExactlyInAnyOrder(
            ".lock",
            "spec.json",
            "status.json",
            "curve.csv",
            "checkpoint-24.safetensors",
            "checkpoint-28.safetensors",
            "result.safetensors");
    RunFolder stored = runs.open(1);
    assertThat(stored.result().floats("weights")).isEqualTo(weights);
    assertThat(stored.spec()).isEqualTo(new ToyJob(3, 30).spec());
    assertThat(stored.curve().values()).isEqualTo(run.progress().curve().values());
    assertThat(stored.curve().columns())
        .containsExactly("step", "member", "position", "norm", "spread");
    assertThat(stored.checkpoints())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("checkpoint-28.safetensors", "checkpoint-24.safetensors");
    assertThat(Files.readString(stored.path().resolve("curve.csv")))
        .startsWith("step,member,position,norm,spread,crc32c\n3,0,");
    RunSummary summary = runs.all().get(0);
    assertThat(summary.seconds()).isPositive();
    assertThat(summary)
        .hasToString("run 0001 finished: toy, seed 3, step 30 of 30 steps")
        .hasToString(run.toString());
  }

  @Test
  void theRhythmOfCheckpointsChangesNoBit() throws IOException {
    Run<float[]> rarely = runs.start(new ToyJob(3, 30), RunOptions.standard());
    rarely.await();
    Run<float[]> always =
        runs.start(
            new ToyJob(3, 30),
            RunOptions.standard().saving(new CheckpointInterval.EveryBoundaries(1)));
    always.await();
    assertThat(rarely.folder().checkpoints()).isEmpty();
    assertSameBytes(rarely.folder(), always.folder());
  }

  @Test
  void interleavedRunsGiveWhatEachGivesAlone() throws Exception {
    Run<float[]> firstAlone = runs.start(new ToyJob(1, 30), OFTEN);
    firstAlone.await();
    Run<float[]> secondAlone = runs.start(new ToyJob(2, 30), OFTEN);
    secondAlone.await();
    CyclicBarrier turn = new CyclicBarrier(2);
    Run<float[]> first = runs.start(new ToyJob(1, 30).before(step -> meet(turn)), OFTEN);
    Run<float[]> second = runs.start(new ToyJob(2, 30).before(step -> meet(turn)), OFTEN);
    first.await();
    second.await();
    assertSameBytes(firstAlone.folder(), first.folder());
    assertSameBytes(secondAlone.folder(), second.folder());
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void startsFromManyThreadsGetNumbersOfTheirOwn() throws IOException {
    List<Integer> ids =
        IntStream.range(0, 24)
            .parallel()
            .mapToObj(
                i -> {
                  Run<float[]> run =
                      Registry.at(runs.folder()).start(new ToyJob(i, 2), RunOptions.standard());
                  run.await();
                  return run.id();
                })
            .sorted()
            .toList();
    assertThat(ids).isEqualTo(IntStream.rangeClosed(1, 24).boxed().toList());
    assertThat(runs.all()).allMatch(line -> line.state() == RunState.FINISHED).hasSize(24);
  }

  @Test
  void aFailedComputationSaysWhatAndKeepsItsLastCheckpoint() {
    Run<float[]> run =
        runs.start(
            new ToyJob(3, 30)
                .at(11, () -> Finite.require(new float[] {1, Float.NaN}, 0, 2, "gradient", 11)),
            OFTEN);
    String message =
        "step 11: expected finite numbers in 'gradient', got NaN at index 1. Lower the learning rate or look at the data; the last checkpoint is from before.";
    assertThatThrownBy(run::await).isInstanceOf(DivergedException.class).hasMessage(message);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(runs.all().get(0).message()).isEqualTo(message);
    assertThat(runs.open(1).checkpoints().get(0)).hasFileName("checkpoint-8.safetensors");
    assertThat(TensorFile.read(runs.open(1).checkpoints().get(0)).has("state.weights")).isTrue();
    assertThatThrownBy(() -> runs.open(1).result())
        .hasMessage(
            "run 0001: expected a result, got a run that is failed at step 10 of 30. Resume it with resume(1).");
  }

  @Test
  void aBrokenComputationKeepsItsCause() {
    Run<float[]> run =
        runs.start(
            new ToyJob(3, 30)
                .at(
                    5,
                    () -> {
                      throw new StackOverflowError("too deep");
                    }),
            OFTEN);
    assertThatThrownBy(run::await)
        .isInstanceOf(RunFailed.class)
        .hasMessage("run 0001 failed after step 4 of 30: java.lang.StackOverflowError: too deep")
        .hasCauseInstanceOf(StackOverflowError.class);
  }

  @Test
  void aRunThatFailedGoesOnExactlyOnceTheCauseIsMended() throws IOException {
    Run<float[]> whole = runs.start(new ToyJob(3, 30), OFTEN);
    whole.await();
    Run<float[]> failing =
        runs.start(
            new ToyJob(3, 30)
                .at(
                    11,
                    () -> {
                      throw new IllegalStateException("out of luck");
                    }),
            OFTEN);
    assertThatThrownBy(failing::await).hasMessageContaining("out of luck");
    runs.resume(2, new ToyJob(3, 30), OFTEN).await();
    assertSameBytes(whole.folder(), runs.open(2));
  }

  @Test
  void anUnknownNumberNamesTheChoices() throws IOException {
    assertThatThrownBy(() -> runs.open(7))
        .hasMessage("unknown run '0007': there is none in '%s'. runs() lists them.", runs.folder());
    for (int id : new int[] {0, -1}) {
      assertThatThrownBy(() -> runs.open(id))
          .isInstanceOf(RetortException.class)
          .hasMessage("unknown run '%s': runs are numbered from 1. runs() lists them.", id);
    }
    for (int run = 1; run <= 4; run++) {
      runs.start(new ToyJob(run, 2), OFTEN).await();
    }
    for (String file : names(runs.open(3).path())) {
      Files.delete(runs.open(3).path().resolve(file));
    }
    assertThatThrownBy(() -> runs.open(999))
        .hasMessage(
            "unknown run '0999': expected one of 1 to 2, 4 in '%s'. runs() lists them.",
            runs.folder());
    assertThat(runs.live(1)).isEmpty();
  }

  @Test
  void anotherPlanIsRefusedWithTheFirstDifference() {
    stopAt(3, 30, 5);
    assertThatThrownBy(() -> runs.resume(1, new ToyJob(4, 30), OFTEN))
        .hasMessage(
            "resume 0001: expected the plan that was started: spec.seed = 3 as it was stored, got 4. Resume with the same plan, or start a new run.");
    assertThatThrownBy(() -> runs.resume(1, new ToyJob(3, 31), OFTEN))
        .hasMessageContaining("spec.steps = 30 as it was stored, got 31");
    runs.resume(1, new ToyJob(3, 30), OFTEN).await();
    assertThatThrownBy(() -> runs.resume(1, new ToyJob(3, 30), OFTEN))
        .hasMessageStartingWith(
            "resume 0001: expected a run that has stopped, got one that has finished.");
  }

  private void stopAt(long seed, long steps, long stopAt) {
    Run<float[]> run =
        runs.start(
            new ToyJob(seed, steps).at(stopAt, () -> runs.live(1).orElseThrow().stop()), OFTEN);
    assertThatThrownBy(run::await)
        .isInstanceOf(RunStopped.class)
        .hasMessage(
            "run 0001 stopped at step %s of %s: resume it with resume(1)"
                .formatted(Numbers.count(stopAt), Numbers.count(steps)));
  }

  @Test
  void aRunAtWorkCannotBeResumed() throws Exception {
    CyclicBarrier turn = new CyclicBarrier(2);
    Run<float[]> run = runs.start(new ToyJob(3, 2).at(2, () -> meet(turn)), OFTEN);
    assertThat(run.state()).isEqualTo(RunState.RUNNING);
    assertThat(runs.all().get(0).state()).isEqualTo(RunState.RUNNING);
    assertThat(run.folder().summary().state()).isEqualTo(RunState.RUNNING);
    assertThatThrownBy(run::result).hasMessageContaining("expected a run that has ended");
    assertThatThrownBy(() -> runs.resume(1, new ToyJob(3, 2), OFTEN))
        .hasMessage(
            "resume 0001: expected a run that has stopped, got one at work in this process. Stop it there first.");
    meet(turn);
    run.await();
  }

  @Test
  void aRunWhoseProcessDiedIsShownAsInterrupted() throws IOException {
    stopAt(3, 30, 5);
    RunFolder folder = runs.open(1);
    Status status = folder.status();
    Files.delete(folder.path().resolve(".lock")); // then the process has to do
    ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
    Instant parentStarted = parent.info().startInstant().orElseThrow();
    assertThat(shown(status, Integer.MAX_VALUE, parentStarted)).isEqualTo(RunState.INTERRUPTED);
    assertThat(shown(status, parent.pid(), parentStarted)).isEqualTo(RunState.RUNNING);
    assertThat(shown(status, parent.pid(), parentStarted.minusSeconds(60)))
        .isEqualTo(RunState.INTERRUPTED);
    assertThat(shown(status, status.pid(), status.process())).isEqualTo(RunState.INTERRUPTED);
    runs.resume(1, new ToyJob(3, 30), OFTEN).await();
  }

  private RunState shown(Status status, long pid, Instant process) throws IOException {
    Status other =
        new Status(
            RunState.RUNNING,
            5,
            "",
            List.of(),
            pid,
            process,
            status.started(),
            status.updated(),
            1);
    Files.writeString(runs.open(1).statusFile(), Json.sealed(other.json()));
    return runs.all().get(0).state();
  }

  @Test
  void aFolderThatCannotBeReadTakesALineOfTheTableAndNoMore() throws IOException {
    runs.start(new ToyJob(1, 2), OFTEN).await();
    runs.start(new ToyJob(2, 2), OFTEN).await();
    for (String text : List.of("", "null", "[]", "{\"state\":3}", "[".repeat(100_000))) {
      Files.writeString(runs.open(1).statusFile(), text);
      assertThat(runs.all())
          .extracting(RunSummary::state)
          .containsExactly(RunState.UNREADABLE, RunState.FINISHED);
      Files.writeString(runs.open(1).specFile(), text);
      assertThat(runs.all().get(0).message()).startsWith("read '");
    }
  }

  @Test
  void aFolderThatCannotBeMadeSaysHowToChooseAnother() throws IOException {
    Path file = Files.writeString(scratch.resolve("file"), "");
    assertThatThrownBy(() -> Registry.at(file).start(new ToyJob(1, 2), OFTEN))
        .hasMessageStartingWith("runs: expected a folder that can be written, got '" + file + "' (")
        .hasMessageEndingWith("Choose another with -Dretort.runs=FOLDER or RETORT_RUNS.");
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefusedByThoseWhoOnlyLookToo() throws IOException {
    Path file = Files.writeString(scratch.resolve("file"), "");
    for (ThrowingCallable look :
        List.<ThrowingCallable>of(
            () -> Registry.at(file).all(),
            () -> Registry.at(file).open(1),
            () -> Registry.at(file).find(new ToyJob(1, 2)))) {
      assertThatThrownBy(look)
          .isInstanceOf(RetortException.class)
          .hasMessageStartingWith("runs: expected a folder that can be written, got '" + file);
    }
    assertThat(Registry.at(file).live()).isEmpty();
    assertThat(Registry.at(scratch.resolve("none")).all()).isEmpty();
  }

  @Test
  void whatIsEmptyOrBlankIsNotSet() {
    Path usual = Path.of("runs");
    for (String nothing : List.of("", " ", "\t")) {
      assertThat(Registry.standard(Optional.of(nothing), Optional.empty())).isEqualTo(usual);
      assertThat(Registry.standard(Optional.empty(), Optional.of(nothing))).isEqualTo(usual);
      assertThat(Registry.standard(Optional.of(nothing), Optional.of("mine")))
          .isEqualTo(Path.of("mine"));
    }
    assertThat(Registry.standard(Optional.of("first"), Optional.of("second")))
        .isEqualTo(Path.of("first"));
    assertThatThrownBy(() -> Registry.standard(Optional.of("a\0b"), Optional.empty()))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("runs: expected the name of a folder, got 'a\0b'");
  }

  @Test
  void theLockSaysWhoIsAliveAndNotTheProcess() throws Exception {
    stopAt(3, 30, 5);
    Status status = runs.open(1).status();
    ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
    Instant parentStarted = parent.info().startInstant().orElseThrow();
    assertThat(shown(status, parent.pid(), parentStarted)).isEqualTo(RunState.INTERRUPTED);
    RunLock claim = RunLock.take(runs.open(1).path(), 1);
    assertThat(shown(status, Integer.MAX_VALUE, parentStarted)).isEqualTo(RunState.RUNNING);
    Path other = Files.createSymbolicLink(scratch.resolve("other"), runs.folder());
    assertThat(Registry.at(other).all().get(0).state()).isEqualTo(RunState.RUNNING);
    assertThatThrownBy(() -> RunLock.take(other.resolve("0001"), 1))
        .hasMessageStartingWith("run 0001: expected a run that nobody carries, got one at work.");
    claim.release();
    assertThat(runs.all().get(0).state()).isEqualTo(RunState.INTERRUPTED);
    runs.resume(1, new ToyJob(3, 30), OFTEN).await();
  }

  @Test
  void aProcessThatDiedAndThatNobodyBuriedIsDead() throws Exception {
    stopAt(3, 30, 5);
    Files.delete(runs.open(1).path().resolve(".lock"));
    Process undertaker = new ProcessBuilder("sh", "-c", "sh -c 'echo $$' & exec sleep 60").start();
    try (BufferedReader said = undertaker.inputReader()) {
      long pid = Long.parseLong(said.readLine());
      Path stat = Path.of("/proc", String.valueOf(pid), "stat");
      while (!Files.readString(stat).contains(") Z ")) {
        Thread.onSpinWait();
      }
      assertThat(shown(runs.open(1).status(), pid, Instant.now())).isEqualTo(RunState.INTERRUPTED);
    } finally {
      undertaker.destroyForcibly();
    }
  }

  @Test
  void onlyTheNumbersOfRunsAreRuns() throws IOException {
    runs.start(new ToyJob(1, 2), OFTEN).await();
    for (String name : List.of("1", "01", "00001", "0001 copy", "x", "0000000002")) {
      Files.createDirectories(runs.folder().resolve(name).resolve("spec.json"));
    }
    Files.writeString(runs.folder().resolve("0007"), "a file");
    Files.createDirectories(runs.folder().resolve("0008"));
    assertThat(runs.all()).extracting(RunSummary::id).containsExactly(1);
    Run<float[]> next = runs.start(new ToyJob(1, 2), OFTEN);
    assertThat(next.id()).isEqualTo(9);
    next.await();
  }

  @Test
  void theCurveIsCutBackToWhereTheRunGoesOnAndNotesAreSaidOnce() throws IOException {
    JsonObject other = new JsonObject();
    other.addProperty("threads", 2);
    stopAt(3, 30, 5);
    RunFolder folder = runs.open(1);
    Curve longer = folder.curve();
    longer.add(6, 0, 1, 2, 3);
    Files.writeString(folder.curveFile(), CurveText.of(longer, folder.runSpec()));
    for (int life = 0; life < 2; life++) {
      List<Integer> rows = new ArrayList<>();
      int at = 7 + life;
      Run<float[]> run =
          runs.resume(
              1,
              new ToyJob(3, 30)
                  .at(
                      at,
                      () -> {
                        rows.add(folder.curve().rows());
                        runs.live(1).orElseThrow().stop();
                      }),
              OFTEN.facts(other));
      assertThatThrownBy(run::await).isInstanceOf(RunStopped.class);
      assertThat(rows).containsExactly(1 + life);
      assertThat(run.notes()).hasSize(1);
    }
  }

  @Test
  void aCheckpointOfBeforeThatHoldsNothingIsBegunAnew() throws IOException {
    stopAt(3, 30, 5);
    RunFolder folder = runs.open(1);
    TensorFile.write(
        folder.checkpointFile(9),
        new Checkpoint(9, new double[10], new Tensors()).tensors(folder.runSpec()));
    Run<float[]> run = runs.resume(1, new ToyJob(3, 30), OFTEN);
    run.await();
    Run<float[]> whole = runs.start(new ToyJob(3, 30), OFTEN);
    whole.await();
    assertSameBytes(whole.folder(), run.folder());
    assertThat(run.notes())
        .containsExactly(
            "'checkpoint-9.safetensors' holds no state to go on from, as some did before: begun anew.");
  }

  @Test
  void aSpecThatJsonCannotHoldIsRefusedBeforeAnythingIsMade() {
    Job<float[]> job =
        new DelegatedJob<>(new ToyJob(1, 2)) {
          @Override
          public JsonObject spec() {
            JsonObject spec = new JsonObject();
            spec.addProperty("rate", Double.NaN);
            return spec;
          }
        };
    assertThatThrownBy(() -> runs.start(job, OFTEN)).hasMessageContaining("NaN");
    assertThat(runs.folder()).doesNotExist();
  }

  @Test
  void factsThatDifferAreNotedAndNotRefused() {
    JsonObject two = new JsonObject();
    two.addProperty("threads", 2);
    JsonObject four = new JsonObject();
    four.addProperty("threads", 4);
    Run<float[]> run =
        runs.start(
            new ToyJob(3, 30).at(5, () -> runs.live(1).orElseThrow().stop()), OFTEN.facts(two));
    assertThatThrownBy(run::await).isInstanceOf(RunStopped.class);
    Run<float[]> resumed = runs.resume(1, new ToyJob(3, 30), OFTEN.facts(four));
    resumed.await();
    assertThat(resumed.notes())
        .containsExactly(
            "bits may differ from those of an uninterrupted run: facts.threads = 2 as it was stored, got 4");
    assertThat(runs.open(1).notes()).isEqualTo(resumed.notes());
  }

  @Test
  void factsThatOnlyOneVersionWroteDownAreSaidNotToBeCompared() {
    JsonObject older = new JsonObject();
    older.addProperty("threads", 2);
    JsonObject newer = older.deepCopy();
    newer.addProperty("java", "17");
    Run<float[]> run =
        runs.start(
            new ToyJob(3, 30).at(5, () -> runs.live(1).orElseThrow().stop()), OFTEN.facts(older));
    assertThatThrownBy(run::await).isInstanceOf(RunStopped.class);
    Run<float[]> resumed =
        runs.resume(
            1,
            new ToyJob(3, 30).at(15, () -> runs.live(1).orElseThrow().stop()),
            OFTEN.facts(newer));
    assertThatThrownBy(resumed::await).isInstanceOf(RunStopped.class);
    String said = "not written down by another version, and so not compared: java (is \"17\")";
    assertThat(resumed.notes()).containsExactly(said);
    Run<float[]> branched = runs.branch(1, new ToyJob(3, 30), OFTEN.facts(newer));
    branched.await();
    assertThat(branched.notes()).isEmpty();
  }

  @Test
  void theStandardFolderIsThatOfTheProperty() {
    String before = System.getProperty("retort.runs", "");
    System.setProperty("retort.runs", runs.folder().toString());
    try {
      Run<float[]> run = Runs.start(new ToyJob(1, 2), OFTEN);
      run.await();
      assertThat(Runs.all()).hasSize(1);
      assertThat(Runs.open(run.id()).path()).isEqualTo(runs.folder().resolve("0001"));
      assertThat(Runs.live(run.id())).isEmpty();
    } finally {
      if (before.isEmpty()) {
        System.clearProperty("retort.runs");
      } else {
        System.setProperty("retort.runs", before);
      }
    }
  }
}
