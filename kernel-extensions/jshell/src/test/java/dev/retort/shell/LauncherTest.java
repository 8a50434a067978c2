package dev.retort.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the script {@code ./retort} answers in a fresh clone, where nothing is built. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final Path SCRIPT = Path.of("../../retort");
  private static final Path JDK = Path.of(System.getProperty("java.home"));
  private static final Path TESTS = Path.of("../../.ci/test");
  private static final Path USAGE = Path.of("src/main/text/usage.txt");

  @TempDir Path clone;

  /** Nobody waits longer for a list of words. */
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private record Said(int status, String text) {}

  @BeforeEach
  void nothingIsBuilt() throws IOException {
    Path usage = clone.resolve("kernel-extensions/jshell").resolve(USAGE);
    Files.createDirectories(usage.getParent());
    Files.copy(USAGE, usage);
    Files.copy(SCRIPT, clone.resolve("retort"));
  }

  /** What the script says where there is neither a JDK nor a build. */
  private Said retort(String... words) throws IOException, InterruptedException {
    return retort(clone.resolve("no-jdk"), words);
  }

  private Said retort(Path jdk, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", clone.resolve("retort").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("PATH", clone.resolve("bin") + ":" + environment.get("PATH"));
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Said(process.waitFor(), text);
  }

  @Test
  void theUsageOfTheScriptIsThatOfTheCommands() throws IOException {
    assertThat(Files.readString(USAGE))
        .as("kernel-extensions/jshell/%s", USAGE)
        .isEqualTo(Main.line().getUsageMessage(CommandLine.Help.Ansi.OFF));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-h", "--help"})
  void whoAsksForHelpGetsItWithoutABuild(String word) throws Exception {
    String[] words = word.isEmpty() ? new String[0] : new String[] {word};
    assertThat(retort(words)).isEqualTo(new Said(0, Files.readString(USAGE)));
    assertThat(quickest(words)).isLessThan(AT_ONCE);
  }

  @Test
  void aMistypedWordIsAnsweredWithoutABuild() throws Exception {
    String words =
        String.join(", ", Main.line().getSubcommands().keySet().stream().sorted().toList());
    assertThat(retort("tets", "--quick"))
        .isEqualTo(new Said(2, "unknown command 'tets' (choices: " + words + ")\n"));
    assertThat(quickest("tets", "--quick")).isLessThan(AT_ONCE);
  }

  /** The least time of three answers: a machine may be busy once. */
  private Duration quickest(String... words) throws Exception {
    Duration least = Duration.ofDays(1);
    for (int i = 0; i < 3; i++) {
      long began = System.nanoTime();
      retort(words);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      least = took.compareTo(least) < 0 ? took : least;
    }
    return least;
  }

  /** A Maven that builds nothing, and says what it was asked for. */
  private void mavenFails() throws IOException {
    Path maven = clone.resolve("bin/mvn");
    Files.createDirectories(maven.getParent());
    Files.writeString(maven, "#!/bin/sh\necho \"mvn $*\"\nexit 1\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    Files.createDirectories(clone.resolve(".ci"));
    Files.copy(TESTS, clone.resolve(".ci/test"), StandardCopyOption.COPY_ATTRIBUTES);
  }

  @Test
  void testSaysFirstHowLongItTakesAndWhatItGoesThrough() throws Exception {
    mavenFails();
    Said said = retort(JDK, "test");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.text())
        .startsWith("\n== every test: a quarter of an hour on two cores\n")
        .containsSubsequence(
            "1. compiler, style and Java tests",
            "2. the documentation of every module, without warnings",
            "3. reference trajectories of the environments",
            "4. the kernel and every notebook in a Jupyter client",
            "mvn -B",
            "verify");
  }

  @Test
  void testsBeginOnlyWhereThereIsAJdk() throws Exception {
    mavenFails();
    Said said = retort("test");
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.text())
        .startsWith("retort: expected a JDK of version 17 or later, got none.")
        .doesNotContain("mvn -B");
  }

  @Test
  void documentationThatIsRefusedIsSaidWithItsLog() throws Exception {
    mavenFails();
    assertThat(retort(JDK, "javadoc"))
        .isEqualTo(
            new Said(
                2,
                """
                retort: writing the documentation of every module, which takes half a minute where they are compiled
                mvn -B -Dstyle.color=never -ntp javadoc:aggregate
                retort: the documentation was refused; the whole log is in %s
                """
                    .formatted(clone.resolve("target/javadoc.log"))));
    assertThat(retort("javadoc", "site").text())
        .isEqualTo("retort: javadoc: expected no words behind it, got 'site'.\n");
  }

  @Test
  void theQuickTestsSayFirstHowLongTheyTake() throws Exception {
    mavenFails();
    Said said = retort(JDK, "test", "--quick");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.text())
        .startsWith("\n== the quick tests of every module on ")
        .containsSubsequence("two to three minutes on two cores", "mvn -B");
  }

  @Test
  void wordsThatTestDoesNotKnowAreRefusedBeforeAnyTest() throws Exception {
    assertThat(retort("test", "quick"))
        .isEqualTo(
            new Said(
                2,
                "retort: test: expected --quick or nothing, got 'quick'. One test alone: mvn test -pl lib/core -Dtest=NAME\n"));
    assertThat(retort("test", "--quick", "now").text())
        .isEqualTo("retort: test: expected no words after '--quick', got 'now'.\n");
  }
}
