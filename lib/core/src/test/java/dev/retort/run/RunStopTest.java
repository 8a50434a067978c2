package dev.retort.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.figure.Numbers;
import dev.retort.store.Tensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

class RunStopTest {
  private static final RunOptions PLAIN = RunOptions.standard();

  @TempDir Path scratch;
  private Registry runs;

  @BeforeEach
  void useAFolderOfItsOwn() {
    runs = Registry.at(scratch.resolve("runs"));
  }

  /** A clock that stands still until it is told to go on. */
  private static final class HandClock implements RunClock {
    private final AtomicLong nanos = new AtomicLong();

    void passes(Duration time) {
      nanos.addAndGet(time.toNanos());
    }

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(nanos.get());
    }

    @Override
    public long nanos() {
      return nanos.get();
    }
  }

  private static RunSession session(
      HandClock clock, StopToken stop, CheckpointInterval interval, List<Long> saves) {
    return new RunSession(
        Optional.empty(), new Curve(), stop, interval, clock, (step, state) -> saves.add(step));
  }

  @Test
  void checkThrowsOnlyWhenTheGraceHasPassed() {
    HandClock clock = new HandClock();
    StopToken stop = new StopToken(clock);
    RunSession session =
        session(clock, stop, new CheckpointInterval.EveryBoundaries(1), new ArrayList<>());
    session.check();
    stop.request();
    session.check();
    clock.passes(Duration.ofMillis(299));
    stop.request();
    session.check();
    clock.passes(Duration.ofMillis(1));
    assertThatThrownBy(session::check).isInstanceOf(Stopped.class);
  }

  @Test
  void aBoundaryAfterARequestSavesAndStops() {
    HandClock clock = new HandClock();
    StopToken stop = new StopToken(clock);
    List<Long> saves = new ArrayList<>();
    RunSession session =
        session(clock, stop, new CheckpointInterval.Every(Duration.ofHours(1)), saves);
    session.boundary(1, Tensors::new);
    stop.request();
    assertThatThrownBy(() -> session.boundary(2, Tensors::new)).isInstanceOf(Stopped.class);
    assertThat(saves).containsExactly(2L);
  }

  @Test
  void checkpointsAreDueByTheClockAndTheStateIsAskedForOnlyThen() {
    HandClock clock = new HandClock();
    List<Long> saves = new ArrayList<>();
    AtomicLong asked = new AtomicLong();
    RunSession session =
        session(
            clock,
            new StopToken(clock),
            new CheckpointInterval.Every(Duration.ofSeconds(10)),
            saves);
    for (long step = 1; step <= 30; step++) {
      clock.passes(Duration.ofSeconds(1));
      session.boundary(
          step,
          () -> {
            asked.incrementAndGet();
            return new Tensors();
          });
    }
    assertThat(saves).containsExactly(10L, 20L, 30L);
    assertThat(asked).hasValue(3);
  }

  @Test
  void aStoppedRunGoesOnToTheSameEnd() throws Exception {
    Run<float[]> whole = runs.start(new ToyJob(5, 60), PLAIN);
    whole.await();
    long[] stops = {1, 20, 21, 60};
    for (int i = 0; i < stops.length; i++) {
      int id = i + 2;
      long stopAt = stops[i];
      Run<float[]> run =
          runs.start(new ToyJob(5, 60).at(stopAt, () -> runs.live(id).orElseThrow().stop()), PLAIN);
      assertThatThrownBy(run::await).isInstanceOf(RunStopped.class);
      assertThat(runs.all().get(id - 1).step()).isEqualTo(stopAt);
      runs.resume(id, new ToyJob(5, 60), PLAIN).await();
      for (String file : List.of("curve.csv", "result.safetensors")) {
        assertThat(
                Files.mismatch(
                    whole.folder().path().resolve(file), run.folder().path().resolve(file)))
            .isEqualTo(-1);
      }
    }
  }

  @Test
  void aComputationWithoutBoundariesStopsAfterTheGraceAndStartsAgain() {
    Job<float[]> endless =
        new DelegatedJob<>(new ToyJob(1, 10)) {
          @Override
          public float[] execute(Session session) {
            while (true) {
              session.check();
            }
          }
        };
    Run<float[]> run = runs.start(endless, PLAIN);
    run.stop();
    assertThatThrownBy(run::await)
        .hasMessage(
            "run 0001 stopped at step 0 of 10, before anything of it could be saved: resume it with resume(1)");
    runs.resume(1, new ToyJob(1, 10), PLAIN).await();
  }

  private static final long FOREVER = 1_000_000_000;

  /** A run that lasts until it is stopped, started and awaited by one thread, as by a cell. */
  private final class Cell {
    private final CountDownLatch working = new CountDownLatch(1);
    private final CompletableFuture<RuntimeException> got = new CompletableFuture<>();
    private final CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
    private final ThreadGroup group = new ThreadGroup("cell");
    private final Thread thread = new Thread(group, this::evaluate, "cell");

    private void evaluate() {
      Run<float[]> run =
          runs.start(new ToyJob(5, FOREVER).at(50, () -> working.countDown()), PLAIN);
      try {
        run.await();
      } catch (RuntimeException e) {
        stillInterrupted.complete(Thread.currentThread().isInterrupted());
        got.complete(e);
      }
    }

    Cell start() throws InterruptedException {
      thread.start();
      assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (!isWaiting()) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.onSpinWait();
      }
      return this;
    }

    private boolean isWaiting() {
      return thread.getState() == Thread.State.WAITING
          && Arrays.stream(thread.getStackTrace())
              .anyMatch(frame -> frame.getClassName().equals(Run.class.getName()));
    }
  }

  private void awaitState(RunState wanted) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (runs.all().get(0).state() != wanted) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void interruptingTheOneWhoWaitsStopsTheRunWithinASecond() throws Exception {
    Cell cell = new Cell().start();
    long before = System.nanoTime();
    cell.thread.interrupt();
    RuntimeException got = cell.got.get(20, TimeUnit.SECONDS);
    long millis = (System.nanoTime() - before) / 1_000_000;
    RunSummary summary = runs.all().get(0);
    assertThat(got)
        .isInstanceOf(RunStopped.class)
        .hasMessage(
            "run 0001 stopped at step %s of %s: resume it with resume(1)",
            Numbers.count(summary.step()), Numbers.count(FOREVER));
    assertThat(millis).isLessThan(1000);
    assertThat(summary.state()).isEqualTo(RunState.STOPPED);
    assertThat(cell.stillInterrupted.get()).isFalse();
    assertThat(runs.open(1).checkpoints())
        .containsExactly(runs.open(1).checkpointFile(summary.step()));
  }

  @Test
  void interruptingTheWholeThreadGroupOfACellReachesNoWorker() throws Exception {
    Cell cell = new Cell().start();
    cell.group.interrupt();
    assertThat(cell.got.get(20, TimeUnit.SECONDS)).isInstanceOf(RunStopped.class);
    assertThat(runs.all().get(0).state()).isEqualTo(RunState.STOPPED);
    assertThat(runs.open(1).notes()).isEmpty();
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_19, disabledReason = "later threads cannot be killed")
  @SuppressWarnings({"deprecation", "removal"})
  void killingTheOneWhoWaitsStopsTheRun() throws Exception {
    Cell cell = new Cell().start();
    cell.group.stop();
    awaitState(RunState.STOPPED);
    assertThat(runs.open(1).checkpoints()).hasSize(1);
  }

  @Test
  void interruptingTheWorkerItselfChangesNothing() throws Exception {
    Run<float[]> whole = runs.start(new ToyJob(5, 30), PLAIN);
    whole.await();
    Run<float[]> run =
        runs.start(
            new ToyJob(5, 30).before(step -> Thread.currentThread().interrupt()),
            PLAIN.saving(new CheckpointInterval.EveryBoundaries(2)));
    run.await();
    assertThat(Files.mismatch(whole.folder().resultFile(), run.folder().resultFile()))
        .isEqualTo(-1);
    assertThat(run.folder().checkpoints()).hasSize(2);
  }

  @Test
  void aRunThatDoesNotListenIsLeftStoppingAndTheOneWhoWaitsGoesOn() throws Exception {
    CountDownLatch deaf = new CountDownLatch(1);
    CountDownLatch working = new CountDownLatch(1);
    Run<float[]> run =
        runs.start(
            new ToyJob(5, 30)
                .before(
                    step -> {
                      working.countDown();
                      awaitUninterruptibly(deaf);
                    }),
            PLAIN);
    assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();
    Thread.currentThread().interrupt();
    long before = System.nanoTime();
    assertThatThrownBy(run::await)
        .isInstanceOf(RunStopped.class)
        .hasMessage(
            "run 0001 is stopping at step 0 of 30: resume it with resume(1) when it has stopped");
    assertThat((System.nanoTime() - before) / 1_000_000).isLessThan(1000);
    deaf.countDown();
    awaitState(RunState.STOPPED);
  }

  @Test
  void anOrderlyExitOfTheJvmLetsItsRunsSaveThemselves() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ExitMain.class.getName(),
                runs.folder().toString())
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("output.txt").toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(scratch.resolve("output.txt"))).isZero();
    assertThat(runs.all().get(0).state()).isEqualTo(RunState.STOPPED);
    assertThat(runs.open(1).checkpoints()).hasSize(1);
  }

  /** Leaves its JVM while a run is at work. */
  static final class ExitMain {
    private ExitMain() {}

    public static void main(String[] args) throws InterruptedException {
      CountDownLatch working = new CountDownLatch(50);
      Run<float[]> run =
          Registry.at(Path.of(args[0]))
              .start(new ToyJob(5, FOREVER).before(step -> working.countDown()), PLAIN);
      working.await();
      if (run.state() != RunState.RUNNING) {
        throw new IllegalStateException(run.toString());
      }
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        return;
      } catch (InterruptedException e) {
        // goes on waiting
      }
    }
  }
}
