package dev.retort.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.run.Quiet;
import dev.retort.run.Registry;
import dev.retort.run.RunState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What becomes of runs that a script leaves behind. */
class RunScriptTest {
  private static final String START =
      "var run = train(qLearning().steps(%s)).on(env(\"FrozenLake\")).start()%n";

  @TempDir private Path folder;
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void open() {
    System.setProperty("retort.runs", folder.resolve("runs").toString());
    System.setErr(new PrintStream(said, true, UTF_8));
  }

  @AfterEach
  void close() {
    System.setErr(before);
    System.clearProperty("retort.runs");
  }

  private int run(String script) throws IOException {
    Path file = folder.resolve("script.jsh");
    Files.writeString(file, script);
    return new CommandLine(new RunScript()).execute(file.toString());
  }

  private RunState state() {
    return Registry.standard().open(1).summary().state();
  }

  @Test
  void aRunInTheBackgroundIsWaitedFor() throws IOException {
    assertThat(run(START.formatted(300_000))).isZero();
    assertThat(said.toString(UTF_8))
        .contains("run: the script has ended, run 0001 goes on.", "resume(1)");
    assertThat(state()).isEqualTo(RunState.FINISHED);
  }

  @Test
  void aRunInTheBackgroundOfAScriptThatFailedIsStopped() throws IOException {
    assertThat(run(START.formatted(1_000_000_000) + "int a = 1 / 0\n")).isEqualTo(1);
    assertThat(said.toString(UTF_8))
        .containsPattern(
            "run 0001 stopped at step [\\d,]+ of 1,000,000,000(, before anything of it could be saved)?: resume it with resume\\(1\\)");
    assertThat(state()).isEqualTo(RunState.STOPPED);
  }

  @Test
  void aQuietPlanAndAQuietSessionShowNoProgress() throws IOException {
    PrintStream console = System.out;
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    String plan = "train(qLearning().steps(2_000)).on(env(\"FrozenLake\"))%s.run()%n";
    System.setOut(new PrintStream(shown, true, UTF_8));
    try {
      assertThat(run(plan.formatted(".quiet()") + "quiet()\n" + plan.formatted(""))).isZero();
      assertThat(shown.toString(UTF_8)).isEmpty();
      assertThat(run("aloud()\n" + plan.formatted(".seed(8)"))).isZero();
      assertThat(shown.toString(UTF_8)).contains("run 0003  Q-learning", "  steps 2000", "done in");
    } finally {
      System.setOut(console);
      Quiet.everywhere(false);
    }
  }

  @Test
  void whatFollowsTheFileIsTheScriptsAndADashIsStandardInput() {
    InputStream input = System.in;
    System.setIn(
        new ByteArrayInputStream(
            "System.setProperty(\"retort.test.args\", List.of(args).toString());\n"
                .getBytes(UTF_8)));
    try {
      assertThat(Main.line().execute("run", "-", "a b", "--help", "@x", "--", "ü")).isZero();
      assertThat(System.getProperty("retort.test.args")).isEqualTo("[a b, --help, @x, --, ü]");
    } finally {
      System.setIn(input);
      System.clearProperty("retort.test.args");
    }
  }

  @Test
  void itsHelpSaysHowScriptsAreRead() {
    String help = new CommandLine(new RunScript()).getUsageMessage();
    assertThat(help)
        .contains("semicolon", "/exit", "start()", "of the language", "args", "standard input");
  }
}
