package dev.retort.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunListenerTest {
  private static final RunOptions OFTEN =
      RunOptions.standard().saving(new CheckpointInterval.EveryBoundaries(10));

  @TempDir Path scratch;
  private Registry runs;
  private Run<float[]> alone;

  @BeforeEach
  void runWithoutListeners() {
    runs = Registry.at(scratch.resolve("runs"));
    alone = runs.start(new ToyJob(9, 40), OFTEN);
    alone.await();
  }

  private void assertUndisturbed(Run<float[]> run) throws IOException {
    long before = System.nanoTime();
    run.await();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    for (String file : List.of("curve.csv", "result.safetensors")) {
      assertThat(
              Files.mismatch(
                  alone.folder().path().resolve(file), run.folder().path().resolve(file)))
          .isEqualTo(-1);
    }
  }

  /** Lasts until the latch is open, so that events have time to come. */
  private static ToyJob until(CountDownLatch latch) {
    return new ToyJob(9, 40)
        .at(
            30,
            () -> {
              try {
                latch.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  @Test
  void aListenerSeesTheBeginningTheProgressAndOneEnd() {
    ConcurrentLinkedQueue<RunEvent> events = new ConcurrentLinkedQueue<>();
    CountDownLatch progressed = new CountDownLatch(1);
    Run<float[]> run =
        runs.start(
            until(progressed),
            OFTEN.listening(
                event -> {
                  events.add(event);
                  if (event instanceof RunEvent.Progress) {
                    progressed.countDown();
                  }
                }));
    run.await();
    assertThat(events.peek())
        .isEqualTo(
            new RunEvent.Started(2, "train", "toy, seed 9", 0, 40, "steps", run.folder().path()));
    assertThat(events).allMatch(event -> event.run() == 2);
    assertThat(events).filteredOn(event -> event instanceof RunEvent.Started).hasSize(1);
    assertThat(events).filteredOn(event -> event instanceof RunEvent.Progress).isNotEmpty();
    RunEvent last = List.copyOf(events).get(events.size() - 1);
    assertThat(last).isInstanceOf(RunEvent.Finished.class);
    assertThat(((RunEvent.Finished) last).curve().values())
        .isEqualTo(runs.open(2).curve().values());
    assertThat(events).filteredOn(event -> event instanceof RunEvent.Finished).hasSize(1);
    assertThat(events)
        .filteredOn(event -> event instanceof RunEvent.Checkpointed)
        .isNotEmpty()
        .allMatch(event -> ((RunEvent.Checkpointed) event).step() % 10 == 0);
  }

  @Test
  void progressComesAtMostFiveTimesASecondHoweverFastTheRun() throws Exception {
    CountDownLatch enough = new CountDownLatch(4);
    long before = System.nanoTime();
    Run<float[]> run =
        runs.start(
            new ToyJob(9, 1_000_000_000),
            RunOptions.standard()
                .listening(
                    event -> {
                      if (event instanceof RunEvent.Progress) {
                        enough.countDown();
                      }
                    }));
    enough.await();
    long millis = (System.nanoTime() - before) / 1_000_000;
    run.stop();
    assertThatThrownBy(run::await).isInstanceOf(RunStopped.class); // it writes until then
    assertThat(millis).isGreaterThanOrEqualTo(4 * 200 - 10);
  }

  @Test
  void listenersThatThrowBlockInterruptOrScribbleChangeNothing() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch scribbled = new CountDownLatch(1);
    RunOptions hostile =
        OFTEN
            .listening(
                event -> {
                  throw new StackOverflowError("a listener's own");
                })
            .listening(
                event -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                })
            .listening(
                event -> {
                  Thread.currentThread().interrupt();
                  Thread.getAllStackTraces().keySet().stream()
                      .filter(thread -> thread.getName().startsWith("retort-listener"))
                      .forEach(Thread::interrupt);
                })
            .listening(
                event -> {
                  if (event instanceof RunEvent.Progress progress) {
                    progress.curve().add(-1, -1, 0, 0, 0);
                    progress.curve().restore(new double[0]);
                    scribbled.countDown();
                  }
                });
    Run<float[]> run = runs.start(until(scribbled), hostile);
    assertUndisturbed(run);
    assertThat(run.notes()).contains("listener: java.lang.StackOverflowError: a listener's own");
    assertThat(runs.all().get(1).state()).isEqualTo(RunState.FINISHED);
  }

  @Test
  void aBlockedListenerDelaysTheOneWhoWaitsByAMomentAtMost() {
    CountDownLatch never = new CountDownLatch(1);
    Run<float[]> run =
        runs.start(
            new ToyJob(9, 2),
            OFTEN.listening(
                event -> {
                  while (true) {
                    try {
                      never.await();
                    } catch (InterruptedException e) {
                      // blocks all the same
                    }
                  }
                }));
    long before = System.nanoTime();
    run.await();
    assertThat((System.nanoTime() - before) / 1_000_000).isLessThan(1000);
  }

  @Test
  void aFrontEndSeesEveryRunUntilItGoes() {
    ConcurrentLinkedQueue<Integer> seen = new ConcurrentLinkedQueue<>();
    Runs.Subscription counting =
        Runs.onStart(
            run -> {
              seen.add(run.id());
              return Optional.empty();
            });
    Runs.Subscription broken =
        Runs.onStart(
            run -> {
              throw new IllegalStateException("no display");
            });
    Run<float[]> run = runs.start(new ToyJob(9, 2), OFTEN);
    run.await();
    assertThat(run.notes())
        .containsExactly("front end: java.lang.IllegalStateException: no display");
    counting.close();
    broken.close();
    runs.start(new ToyJob(9, 2), OFTEN).await();
    assertThat(seen).contains(2).doesNotContain(3);
  }

  @Test
  void aFailureIsToldInTheWordsOfItsException() {
    ConcurrentLinkedQueue<RunEvent> events = new ConcurrentLinkedQueue<>();
    Run<float[]> run =
        runs.start(
            new ToyJob(9, 40).at(3, () -> Finite.require(Double.POSITIVE_INFINITY, 0, "reward", 3)),
            OFTEN.listening(events::add));
    assertThat(org.assertj.core.api.Assertions.catchThrowable(run::await))
        .isInstanceOf(DivergedException.class);
    assertThat(events)
        .filteredOn(event -> event instanceof RunEvent.Failed)
        .singleElement()
        .extracting(event -> ((RunEvent.Failed) event).message())
        .asString()
        .startsWith("step 3: expected finite numbers in 'reward', got Infinity at index 0.");
  }

  @Test
  void aFormatOfLogsWhoseJarIsAbsentIsRefused() {
    assertThatThrownBy(() -> Runs.logging("tensorboard"))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith(
            "logging 'tensorboard': expected a format of the class path, got none.");
  }
}
