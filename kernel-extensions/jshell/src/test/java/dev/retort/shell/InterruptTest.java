package dev.retort.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.kernel.client.CellResult;
import dev.retort.kernel.client.CellStatus;
import dev.retort.kernel.client.KernelClient;
import dev.retort.kernel.client.KernelLaunch;
import dev.retort.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {
  private static final int INTERRUPTS = 50;
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String TRAIN =
      "dev.retort.policy.Policy p = train(ppo().steps(60_000).hidden(16)).on(env(\"CartPole\")).seed(5).run();";

  /**
   * One training, interrupted fifty times at random moments and resumed each time, in a real kernel
   * over its real protocol: each cell ends soon, the next one works, and in the end the run has the
   * bytes of one that was never disturbed.
   */
  @Test
  void aTrainingInterruptedFiftyTimesGivesTheBytesOfOneThatNeverWas(@TempDir Path folder)
      throws Exception {
    KernelLaunch launch = Kernels.embedded().in(folder);
    RandomStream random = RandomStream.of(9, "interrupts");
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    int interrupted = 0;
    long slowest = 0;
    try (KernelClient kernel = KernelClient.start(launch)) {
      assertThat(kernel.execute("1 + 1", LIMIT).status()).isEqualTo(CellStatus.OK);
      while (interrupted < INTERRUPTS && !isFinished(folder)) {
        AtomicLong asked = new AtomicLong();
        Future<?> planned =
            timer.schedule(
                () -> {
                  asked.set(System.nanoTime());
                  kernel.interrupt();
                },
                40 + random.nextInt(120),
                TimeUnit.MILLISECONDS);
        CellResult result = kernel.execute(next(folder), LIMIT);
        long ended = System.nanoTime();
        planned.cancel(false);
        if (result.status() == CellStatus.OK) {
          continue; // the training was faster than the interrupt
        }
        assertThat(asked.get()).as(result.traceback()).isPositive();
        assertThat(result.status()).as(result.traceback()).isEqualTo(CellStatus.ERROR);
        interrupted++;
        slowest = Math.max(slowest, ended - asked.get());
        assertThat(kernel.execute("20 + 22", LIMIT).status()).isEqualTo(CellStatus.OK);
      }
      assertThat(interrupted).isGreaterThan(20);
      assertThat(Duration.ofNanos(slowest)).isLessThan(SOON);
      if (!isFinished(folder)) {
        assertThat(kernel.execute(next(folder), LIMIT).status()).isEqualTo(CellStatus.OK);
      }
      assertThat(kernel.execute(TRAIN, LIMIT).status()).isEqualTo(CellStatus.OK);
    } finally {
      timer.shutdownNow();
    }
    List<Path> runs = runs(folder);
    Path whole = runs.get(runs.size() - 1);
    for (String file : List.of("curve.csv", "result.safetensors")) {
      assertThat(Files.readAllBytes(runs.get(0).resolve(file)))
          .as(file)
          .isEqualTo(Files.readAllBytes(whole.resolve(file)));
    }
  }

  private static String next(Path folder) {
    return Files.exists(folder.resolve("runs/0001/spec.json")) ? "Object q = resume(1);" : TRAIN;
  }

  private static boolean isFinished(Path folder) {
    return Files.exists(folder.resolve("runs/0001/result.safetensors"));
  }

  private static List<Path> runs(Path folder) throws IOException {
    try (var files = Files.list(folder.resolve("runs"))) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }
}
