package dev.retort.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a user is told who asks for help, or says what cannot be done. */
class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int retort(String... args) {
    CommandLine line = Main.line();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }

  private void refused(String message, int status, String... args) {
    assertThat(retort(args)).isEqualTo(status);
    assertThat(err.toString()).startsWith(message);
    err.getBuffer().setLength(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quickstart",
        "install",
        "run",
        "doctor",
        "conformance",
        "bench",
        "reproduce",
        "shell",
        "test"
      })
  void everyCommandIsListedAndExplained(String command) {
    assertThat(retort("--help")).isZero();
    assertThat(out.toString()).contains("\n  " + command + " ");
    out.getBuffer().setLength(0);
    assertThat(retort("help", command)).isZero();
    String help = out.toString();
    assertThat(help).startsWith("Usage: retort " + command);
    out.getBuffer().setLength(0);
    assertThat(retort(command, "--help")).isZero();
    assertThat(out.toString()).isEqualTo(help);
  }

  @Test
  void anUnknownCommandIsAnsweredWithTheNearest() {
    String all =
        "(choices: bench, conformance, doctor, help, install, javadoc, quickstart, reproduce, run,"
            + " shell, test)";
    refused("unknown command 'foo' " + all, 2, "foo");
    refused("unknown command 'shel': did you mean 'shell'? " + all, 2, "shel");
    refused("unknown command 'tost': did you mean 'test'? " + all, 2, "help", "tost");
    refused("Missing required parameter: 'NAME'", 2, "bench");
  }

  @Test
  void numbersAndFilesAreCheckedFirst(@TempDir Path folder) throws IOException {
    refused(
        "quickstart: expected --minutes of at least 1, got -1.", 1, "quickstart", "--minutes=-1");
    Path file = Files.createFile(folder.resolve("file"));
    refused(
        "install: expected a file or folder that can be read and written, got '%s' ("
            .formatted(file.resolve("kernels")),
        1,
        "install",
        "--kernels",
        file.resolve("kernels").toString());
  }

  @Test
  void figuresOfOthersAreReadBeforeAnythingIsMeasured(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("missing.json");
    Path file = folder.resolve("figures.json");
    refused(
        "bench: expected figures such as {\"benchmark\": ",
        1,
        "bench",
        "td3-pendulum",
        "--against",
        missing.toString());
    Files.writeString(
        file,
        "{\"benchmark\": \"cloning\", \"figures\": [{\"name\": \"a\", \"unit\": \"samples/s\", \"median\": 1}]}");
    refused(
        "bench td3-pendulum: expected '%s' to have figures of it, got some of cloning.\n"
            .formatted(file),
        1,
        "bench",
        "td3-pendulum",
        "--against",
        file.toString());
  }

  @Test
  void installingIntoAKernelNeedsOneThatIsKnownAndThere(@TempDir Path folder) {
    refused(
        "install: expected --into ijava or --into jjava, got 'ipython'.",
        1,
        "install",
        "--into",
        "ipython");
    refused(
        "install: expected a kernel of IJava in one of [%s], got none.".formatted(folder),
        1,
        "install",
        "--into",
        "ijava",
        "--kernels",
        folder.toString());
  }

  @Test
  void aCheckThatCheckedNothingFails(@TempDir Path folder) throws IOException {
    String expected = "conformance: expected a folder with files such as CartPole-v1.json, got '";
    Path missing = folder.resolve("missing");
    refused(
        expected + missing + "' (there is no such folder).", 1, "conformance", missing.toString());
    refused(expected + folder + "' (no *.json in it).", 1, "conformance", folder.toString());
    Files.writeString(folder.resolve("strange.json"), "[]");
    refused(
        expected + folder + "' (no file with an environment's name).",
        1,
        "conformance",
        folder.toString());
  }
}
