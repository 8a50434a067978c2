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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {
  private static final int INTERRUPTS = 50;
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
      String code = TRAIN;
      while (interrupted < INTERRUPTS) {
        long[] asked = new long[1];
        java.util.concurrent.Future<?> planned =
            timer.schedule(
                () -> {
                  asked[0] = System.nanoTime();
                  kernel.interrupt();
                },
                40 + random.nextInt(120),
                TimeUnit.MILLISECONDS);
        CellResult result = kernel.execute(code, LIMIT);
        long ended = System.nanoTime();
        planned.cancel(false);
        if (result.status() == CellStatus.OK) {
          break;
        }
        assertThat(asked[0]).as(result.traceback()).isPositive();
        interrupted++;
        slowest = Math.max(slowest, ended - asked[0]);
        assertThat(result.status()).as(result.traceback()).isEqualTo(CellStatus.ERROR);
        assertThat(kernel.execute("20 + 22", LIMIT).status()).isEqualTo(CellStatus.OK);
        code = Files.exists(folder.resolve("runs/0001")) ? "Object q = resume(1);" : TRAIN;
      }
      System.out.printf(
          "%d interrupts, the slowest cell ended after %d ms%n", interrupted, slowest / 1_000_000);
      assertThat(interrupted).isGreaterThan(20);
      assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(2));
      assertThat(kernel.execute("Object last = resume(1);", LIMIT).status())
          .isEqualTo(CellStatus.OK);
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

  private static List<Path> runs(Path folder) throws IOException {
    try (var files = Files.list(folder.resolve("runs"))) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }
}
