package dev.retort.exchange.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.run.Registry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Tag("once")
class TensorBoardKillTest {
  private static final int KILLS = 5;

  @TempDir Path folder;

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            LoggedMain.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .start();
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  @Test
  void aRunThatIsKilledAgainAndAgainHasEveryStepOnceAndNoneMore() throws Exception {
    Path member = folder.resolve("0001/tensorboard/member-1/events.out.tfevents.0000000000.retort");
    for (int kill = 0; kill < KILLS; kill++) {
      long from = size(member);
      Process process = start();
      while (process.isAlive() && size(member) < from + 4_000L * (kill + 1)) {
        Thread.onSpinWait();
      }
      process.destroyForcibly();
      assertThat(process.waitFor()).as("killed, not ended").isEqualTo(137);
    }
    Process last = start();
    String said = new String(last.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(last.waitFor()).as(said).isZero();
    List<EventReader.Read> events = EventReader.read(member);
    List<Long> steps =
        events.stream()
            .filter(event -> event.scalars().containsKey("return"))
            .map(EventReader.Read::step)
            .toList();
    assertThat(steps).isEqualTo(LongStream.rangeClosed(1, LoggedMain.STEPS).boxed().toList());
    double[] values = Registry.at(folder).open(1).curve().column("return");
    List<Float> logged =
        events.stream()
            .filter(event -> event.scalars().containsKey("return"))
            .map(event -> event.scalars().get("return"))
            .toList();
    for (int step = 0; step < LoggedMain.STEPS; step++) {
      assertThat(logged.get(step)).isEqualTo((float) values[2 * step + 1]);
    }
    assertThat(
            EventReader.read(member.resolveSibling("weights").resolve(member.getFileName()))
                .stream()
                .map(EventReader.Read::step))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(LoggedMain.STEPS / 7 - 2 * KILLS);
  }
}
