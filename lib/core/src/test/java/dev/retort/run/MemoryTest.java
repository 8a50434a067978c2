package dev.retort.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A hundred thousand updates take the memory that the first of them took; of networks whose updates
 * are dear, a part of them.
 */
@Tag("once")
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class MemoryTest {
  private static final int UPDATES = Integer.getInteger("retort.test.updates", 100_000);

  @ParameterizedTest
  @CsvSource({"dqn, 1", "distill, 1", "cnn, 5", "image, 2", "transformer, 1", "gru, 1"})
  void neitherTheHeapNorTheProcessGrowsWithUpdates(String kind, int dear) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryMain.class.getName(),
                kind,
                String.valueOf(UPDATES / dear))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    List<long[]> looks =
        said.lines()
            .filter(line -> line.matches("\\d+ \\d+ \\d+"))
            .map(line -> line.split(" "))
            .map(words -> Arrays.stream(words).mapToLong(Long::parseLong).toArray())
            .toList();
    assertThat(looks).as(said).hasSizeGreaterThanOrEqualTo(10);
    long[] warm = looks.get(2);
    long[] last = looks.get(looks.size() - 1);
    System.getLogger("retort.test")
        .log(System.Logger.Level.INFO, kind + ": KB of heap, process and curve\n" + said);
    long curve = 2 * (last[2] - warm[2]); // an array that grows is up to twice what it holds
    assertThat(last[0] - warm[0] - curve).as("KB of heap, of\n%s", said).isLessThan(2_000);
    assertThat(last[1] - warm[1]).as("KB of the process, of\n%s", said).isLessThan(8_000);
  }
}
