package dev.retort.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.retort.store.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
  private static final RunOptions OFTEN =
      RunOptions.standard().saving(new CheckpointRhythm.EveryBoundaries(4));

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
        .startsWith("step,member,position,norm,spread\n3,0,");
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
            RunOptions.standard().saving(new CheckpointRhythm.EveryBoundaries(1)));
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
    for (int run = 1; run <= 4; run++) {
      runs.start(new ToyJob(run, 2), OFTEN).await();
    }
    Files.delete(runs.open(3).specFile());
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
            "run 0001 stopped at step %s of %s: resume it with resume(1)".formatted(stopAt, steps));
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
    Files.writeString(runs.open(1).statusFile(), Json.pretty(other.json()));
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
