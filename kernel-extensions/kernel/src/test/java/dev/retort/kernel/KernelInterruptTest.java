package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.kernel.client.CellResult;
import dev.retort.kernel.client.CellStatus;
import dev.retort.kernel.client.KernelClient;
import dev.retort.kernel.client.KernelLaunch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interrupt ends the cell within a second, whatever it does, and nothing else. */
class KernelInterruptTest {
  private static final long SEED = 20_260_418L;
  private static final String TRAIN = "dev.retort.kernel.fixture.Training.run();";

  private static KernelClient kernel;

  @BeforeAll
  static void start() throws IOException {
    kernel = KernelClient.start(KernelLaunch.ofThisJvm());
    kernel.execute("int kept = 17;", Duration.ofSeconds(20));
  }

  @AfterAll
  static void stop() {
    kernel.close();
  }

  /** A cell that was interrupted, and how long it went on afterwards. */
  private record Interrupted(CellResult result, long millis) {}

  /** Runs a cell and interrupts it some time after it has said that it runs. */
  private static Interrupted interrupt(String code, long afterMillis) throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    long[] at = new long[1];
    Thread hand =
        new Thread(
            () -> {
              try {
                running.await();
                Thread.sleep(afterMillis);
              } catch (InterruptedException e) {
                return;
              }
              at[0] = System.nanoTime();
              kernel.interrupt();
            });
    hand.start();
    CellResult result =
        kernel.execute(
            "{ System.out.println(\"runs\");\n" + code + "}",
            Duration.ofSeconds(30),
            text -> running.countDown(),
            text -> {});
    long end = System.nanoTime();
    hand.join();
    return new Interrupted(result, (end - at[0]) / 1_000_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true);",
        "Thread.sleep(1_000_000);",
        "while (true) System.out.println(\"x\");",
        "while (true) { try { Thread.sleep(100_000); } catch (InterruptedException e) { } }",
        "new CountDownLatch(1).await();",
        "class Deep { void go(int n) { if (n < 1000) go(n + 1); } }\n"
            + "while (true) new Deep().go(0);",
      })
  void anInterruptedCellReturnsWithinASecond(String code) throws InterruptedException {
    Interrupted interrupted = interrupt(code, 300);
    System.out.println(interrupted.millis() + " ms after the interrupt: " + code);
    assertThat(interrupted.result().status()).isEqualTo(CellStatus.ERROR);
    assertThat(interrupted.result().traceback())
        .startsWith("Interrupted: the cell was stopped. What it had done before is kept.")
        .contains("cell [");
    assertThat(interrupted.millis()).isLessThan(1000);
    assertThat(kernel.execute("kept", Duration.ofSeconds(20)).value()).isEqualTo("17");
  }

  @Test
  void aWaitForAWorkerEndsWithTheLibrarysOwnMessageAndTheWorkerIsNotDisturbed()
      throws InterruptedException {
    Interrupted interrupted = interrupt(TRAIN, 200);
    assertThat(interrupted.result().traceback().lines().findFirst())
        .contains("train: stopped by an interrupt. %resume goes on.");
    assertThat(interrupted.millis()).isLessThan(1000);
    assertThat(run("dev.retort.kernel.fixture.Training.disturbed")).isEqualTo("false");
    String cpu =
        run(
            """
            var me = ProcessHandle.current();
            long before = me.info().totalCpuDuration().get().toMillis();
            Thread.sleep(1000);
            me.info().totalCpuDuration().get().toMillis() - before
            """);
    assertThat(Long.parseLong(cpu)).as("CPU in a second of rest, in ms").isLessThan(700);
  }

  @Test
  void tenInterruptsAtRandomMomentsLeaveAKernelThatWorks() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(SEED);
    List<String> cells =
        List.of(
            "while (true);", TRAIN, "Thread.sleep(1_000_000);", "for (;;) System.out.print(1);");
    for (int round = 0; round < 10; round++) {
      String code = cells.get(random.nextInt(cells.size()));
      long after = random.nextLong(150);
      Interrupted interrupted = interrupt(code, after);
      assertThat(interrupted.millis())
          .as("seed %d, round %d, %s after %d ms", SEED, round, code, after)
          .isLessThan(1000);
      assertThat(run("kept")).isEqualTo("17");
    }
  }

  @Test
  void codeOfALibraryThatDoesNotStopIsLeftBehindAndSaidSo() throws InterruptedException {
    Interrupted interrupted =
        interrupt("new java.util.concurrent.Semaphore(0).acquireUninterruptibly();", 100);
    assertThat(interrupted.result().status()).isEqualTo(CellStatus.ERROR);
    assertThat(interrupted.result().stream("stderr"))
        .contains("The interrupted cell called code that does not stop");
    assertThat(run("kept")).isEqualTo("17");
  }

  private static String run(String code) {
    return kernel.execute(code, Duration.ofSeconds(20)).value();
  }
}
