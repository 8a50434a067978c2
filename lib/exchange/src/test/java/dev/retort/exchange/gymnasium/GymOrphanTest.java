package dev.retort.exchange.gymnasium;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a JVM ends, the Python processes that it started end too. */
@Tag("slow")
@Tag("once")
class GymOrphanTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private Process jvm(String env, String end) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Dretort.python=" + FakeGymnasium.write(folder));
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(GymMain.class.getName(), env, end));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** The Python process of a JVM, once it has been asked for the step that it is to die in. */
  private static ProcessHandle python(Process jvm) throws IOException {
    BufferedReader words = jvm.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = words.readLine(); line != null; line = words.readLine()) {
      if (line.startsWith(GymMain.PYTHON)) {
        return ProcessHandle.of(Long.parseLong(line.substring(GymMain.PYTHON.length())))
            .orElseThrow();
      }
      said.append(line).append('\n');
    }
    throw new AssertionError(said);
  }

  private void assertEnded(ProcessHandle python) throws Exception {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (python.isAlive()) {
      assertThat(System.nanoTime()).as("process %s lives", python.pid()).isLessThan(until);
      Thread.sleep(20);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::toString)).noneMatch(file -> file.endsWith(".txt"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gym:Walk-v0", "gym:Endless-v0"})
  void whenItIsKilled(String env) throws Exception {
    Process jvm = jvm(env, "wait");
    try {
      ProcessHandle python = python(jvm);
      assertThat(python.isAlive()).isTrue();
      jvm.destroyForcibly().waitFor();
      assertEnded(python);
    } finally {
      jvm.destroyForcibly();
    }
  }

  @Test
  void whenItEndsByItself() throws Exception {
    Process jvm = jvm("gym:Walk-v0", "end");
    try {
      ProcessHandle python = python(jvm);
      assertThat(jvm.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(jvm.exitValue()).isZero();
      assertEnded(python);
    } finally {
      jvm.destroyForcibly();
    }
  }
}
