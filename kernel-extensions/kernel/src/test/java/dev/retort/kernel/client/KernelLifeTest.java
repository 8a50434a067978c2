package dev.retort.kernel.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a kernel comes, and above all how it goes. */
@Tag("slow")
class KernelLifeTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void anErrorAbortsTheCellsThatWaitAndACellThatTakesTooLongIsInterrupted() throws IOException {
    try (KernelClient kernel = KernelClient.start(KernelLaunch.ofThisJvm())) {
      String fails = kernel.submit("Thread.sleep(200); throw new RuntimeException();");
      String waits = kernel.submit("int never = 1;");
      String waitsToo = kernel.submit("int neither = 1;");
      assertThat(kernel.await(fails, LIMIT).status()).isEqualTo(CellStatus.ERROR);
      assertThat(kernel.await(waits, LIMIT).status()).isEqualTo(CellStatus.ABORTED);
      assertThat(kernel.await(waitsToo, LIMIT).status()).isEqualTo(CellStatus.ABORTED);
      assertThat(kernel.execute("while (true);", Duration.ofMillis(500)).status())
          .isEqualTo(CellStatus.TIMED_OUT);
      assertThat(kernel.execute("1 + 1", LIMIT).value()).isEqualTo("2");
    }
  }

  @Test
  void aCellIsInterruptedBeforeItsTurnAndOneThatTakesAllMemoryIsSurvived() throws IOException {
    KernelLaunch small = KernelLaunch.ofThisJvm().withJvmFlags(List.of("-Xmx200m"));
    try (KernelClient kernel = KernelClient.start(small)) {
      String early = kernel.submit("Thread.sleep(20_000);"); // the engine is still starting
      kernel.interrupt();
      assertThat(kernel.await(early, LIMIT).traceback()).startsWith("Interrupted: ");
      kernel.interrupt(); // nothing runs and nothing waits
      assertThat(kernel.execute("Thread.sleep(300); 1 + 1", LIMIT).value()).isEqualTo("2");

      String caught =
          "var keep = new ArrayList<byte[]>(); try { while (true) keep.add(new byte[1024]); }"
              + " catch (OutOfMemoryError e) { } keep.size()";
      assertThat(kernel.execute(caught, LIMIT).status()).isEqualTo(CellStatus.OK);
      assertThat(kernel.execute("keep = null;", LIMIT).status()).isEqualTo(CellStatus.OK);
      String thrown = "var all = new ArrayList<long[]>(); while (true) all.add(new long[100_000]);";
      assertThat(kernel.execute(thrown, LIMIT).error()).isEqualTo("Java heap space");
      assertThat(kernel.execute("all = null;", LIMIT).status()).isEqualTo(CellStatus.OK);
      assertThat(kernel.execute("1 + 1", LIMIT).value()).isEqualTo("2");
    }
  }

  @Test
  void aKernelWhoseThreadsAreInterruptedGoesOnUntilExitEndsItWithAWord() throws Exception {
    try (KernelClient kernel = KernelClient.start(KernelLaunch.ofThisJvm())) {
      String everyThread = "Thread.getAllStackTraces().keySet().forEach(Thread::interrupt);";
      assertThat(kernel.execute(everyThread, LIMIT).status()).isEqualTo(CellStatus.OK);
      String later = "Thread.sleep(300); 1 + 1"; // as long as the end of a main thread takes
      assertThat(kernel.execute(later, LIMIT).value()).isEqualTo("2");
      ProcessHandle process = ProcessHandle.of(kernel.pid()).orElseThrow();
      CellResult result = kernel.execute("System.exit(3);", LIMIT);
      assertThat(result.stream("stderr"))
          .isEqualTo("System.exit(3): the kernel ends. Start it again to go on.\n");
      assertThat(ends(process, 5)).isTrue();
      assertThat(kernel.execute("1", LIMIT).status()).isEqualTo(CellStatus.KERNEL_GONE);
    }
  }

  @Test
  void aTerminatedKernelEndsEvenWhileACellRuns() throws Exception {
    try (KernelClient kernel = KernelClient.start(KernelLaunch.ofThisJvm())) {
      ProcessHandle process = ProcessHandle.of(kernel.pid()).orElseThrow();
      String unused = kernel.submit("while (true);");
      assertThat(process.destroy()).isTrue();
      assertThat(ends(process, 9)).isTrue();
    }
  }

  @Test
  void aKernelWhoseParentIsKilledEndsByItself() throws Exception {
    Process parent =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.retort.kernel.fixture.Parent")
            .start();
    try (BufferedReader said = parent.inputReader(StandardCharsets.UTF_8)) {
      Optional<ProcessHandle> kernel = ProcessHandle.of(Long.parseLong(said.readLine()));
      assertThat(kernel).isPresent();
      parent.destroyForcibly();
      assertThat(ends(kernel.get(), 8)).isTrue();
    } finally {
      parent.destroyForcibly();
    }
  }

  private static boolean ends(ProcessHandle process, int seconds)
      throws InterruptedException, ExecutionException {
    try {
      process.onExit().get(seconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }
}
