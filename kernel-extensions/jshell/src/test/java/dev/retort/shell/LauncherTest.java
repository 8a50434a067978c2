package dev.retort.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private static final Path USAGE = Path.of("src/main/text/usage.txt");

  @TempDir Path clone;

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
    List<String> command = new ArrayList<>(List.of("bash", clone.resolve("retort").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", clone.resolve("no-jdk").toString());
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
  }

  @Test
  void aMistypedWordIsAnsweredWithoutABuild() throws Exception {
    String words =
        String.join(", ", Main.line().getSubcommands().keySet().stream().sorted().toList());
    assertThat(retort("tets", "--quick"))
        .isEqualTo(new Said(2, "unknown command 'tets' (choices: " + words + ")\n"));
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
