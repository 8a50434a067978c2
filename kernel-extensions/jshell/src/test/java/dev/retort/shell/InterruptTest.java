package dev.retort.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.kernel.client.CellResult;
import dev.retort.kernel.client.CellStatus;
import dev.retort.kernel.client.KernelClient;
import dev.retort.kernel.client.KernelLaunch;
import dev.retort.random.RandomStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {
  private static final int INTERRUPTS = 50;
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String RESULT = "result.safetensors";

  /**
   * Trainings, interrupted fifty times at random moments and resumed each time, in a real kernel
   * over its real protocol: each cell ends soon, the next one works, and in the end each run has
   * the bytes of one that was never disturbed. A fast machine gets through more trainings than a
   * slow one before it was interrupted fifty times.
   */
  @Tag("slow")
  @Test
  void trainingsInterruptedFiftyTimesGiveTheBytesOfThoseThatNeverWere(@TempDir Path folder)
      throws Exception {
    KernelLaunch launch = Kernels.embedded().in(folder);
    RandomStream random = RandomStream.of(9, "interrupts");
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    int interrupted = 0;
    long slowest = 0;
    int disturbed;
    try (KernelClient kernel = KernelClient.start(launch)) {
      assertThat(kernel.execute("1 + 1", LIMIT).status()).isEqualTo(CellStatus.OK);
      while (interrupted < INTERRUPTS) {
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
        if (!planned.cancel(false)) {
          planned.get(); // its interrupt must not reach the next cell
        }
        if (result.status() == CellStatus.OK) {
          continue; // the training was faster than the interrupt
        }
        assertThat(asked.get()).as(result.traceback()).isPositive();
        assertThat(result.status()).as(result.traceback()).isEqualTo(CellStatus.ERROR);
        interrupted++;
        slowest = Math.max(slowest, ended - asked.get());
        assertThat(kernel.execute("20 + 22", LIMIT).status()).isEqualTo(CellStatus.OK);
      }
      assertThat(Duration.ofNanos(slowest)).isLessThan(SOON);
      disturbed = runs(folder);
      if (!isFinished(folder, disturbed)) {
        assertThat(kernel.execute(next(folder), LIMIT).status()).isEqualTo(CellStatus.OK);
      }
      for (int run = 1; run <= disturbed; run++) {
        assertThat(kernel.execute(train(run), LIMIT).status()).isEqualTo(CellStatus.OK);
      }
    } finally {
      timer.shutdownNow();
    }
    for (int run = 1; run <= disturbed; run++) {
      for (String file : List.of("curve.csv", RESULT)) {
        assertThat(Files.readAllBytes(run(folder, run).resolve(file)))
            .as("run %d, %s", run, file)
            .isEqualTo(Files.readAllBytes(run(folder, disturbed + run).resolve(file)));
      }
    }
  }

  /** Goes on with the newest run, or begins one more where that has come to its end. */
  private static String next(Path folder) {
    int newest = runs(folder);
    return newest == 0 || isFinished(folder, newest)
        ? train(newest + 1)
        : "Object q = resume(" + newest + ");";
  }

  private static String train(int seed) {
    return "dev.retort.policy.Policy p = train(ppo().steps(60_000).hidden(16))"
        + ".on(env(\"CartPole\")).seed(%s).run();".formatted(seed);
  }

  private static boolean isFinished(Path folder, int run) {
    return Files.exists(run(folder, run).resolve(RESULT));
  }

  private static Path run(Path folder, int run) {
    return folder.resolve(String.format(Locale.ROOT, "runs/%04d", run));
  }

  /** How many runs there are; they are numbered from 1 on. */
  private static int runs(Path folder) {
    int runs = 0;
    while (Files.exists(run(folder, runs + 1).resolve("spec.json"))) {
      runs++;
    }
    return runs;
  }
}
