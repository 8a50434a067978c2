package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts run as JShell reads them, with chains over several lines beside. */
class ScriptTest {
  private static final String SAID = "retort.test.said";

  @TempDir private Path folder;
  private final List<String> errors = new ArrayList<>();

  @BeforeEach
  void forget() {
    System.clearProperty(SAID);
  }

  private int run(String script) throws IOException {
    Path file = folder.resolve("script.jsh");
    Files.writeString(file, script);
    return Script.run(file, line -> errors.add(line.replaceAll("\u001b\\[[0-9;]*m", "")));
  }

  /** Ends a script with a line that lets the test see a value. */
  private static String say(String expression) {
    return "System.setProperty(\"" + SAID + "\", String.valueOf(" + expression + "))\n";
  }

  private String said() {
    return System.getProperty(SAID, "nothing");
  }

  @Test
  void theImportsOfJShellAreThere() throws IOException {
    String uses =
        say(
            "List.of(Path.of(\"a\"), BigInteger.ONE, Pattern.compile(\"b\"), URI.create(\"c\"),"
                + " new File(\"d\"), Stream.of(1).toList(), (Supplier<Integer>) () -> 2,"
                + " TimeUnit.DAYS).size()");
    assertThat(run(uses)).as(errors.toString()).isZero();
    assertThat(said()).isEqualTo("8");
  }

  @Test
  void aLineThatLacksOnlyItsSemicolonEndsThere() throws IOException {
    String script =
        """
        int a = 1 // the first
        int b = 2

        int twice(int x) {
          return 2 * x;
        }
        a + b
        for (int i = 0; i < 3; i++) a += i
        if (a > 2) {
          b = 5;
        } else {
          b = 7;
        }
        int c = twice(a)
        ++c
        """;
    assertThat(run(script + say("List.of(a, b, c)"))).as(errors.toString()).isZero();
    assertThat(said()).isEqualTo("[4, 5, 9]");
  }

  @Test
  void aLineThatTheNextOneGoesOnWithDoesNotEndThere() throws IOException {
    String script =
        """
        int a = 1
        var chain = Stream.of(1, 2, 3)
            // the even ones
            .filter(i -> i % 2 == 0)

            .map(i -> i
                * 10)
            .toList()
        int sum = a
            + 1
        String word = a > 1
            ? "more"
            : "one"
        """;
    assertThat(run(script + say("chain + word + sum"))).as(errors.toString()).isZero();
    assertThat(said()).isEqualTo("[20]one2");
  }

  @Test
  void aScriptThatCannotBeParsedIsNotBegun() throws IOException {
    assertThat(run(say("1") + "int a = 3\nint b = = 4;\n" + say("2"))).isEqualTo(1);
    assertThat(said()).isEqualTo("nothing");
    assertThat(errors.get(0)).isEqualTo("Compile error: illegal start of expression");
    assertThat(errors).contains("  3 | int b = = 4;");
  }

  @Test
  void whatTheCompilerRefusesLaterEndsTheScriptThere() throws IOException {
    assertThat(run(say("1") + "int b = missing\n" + say("2"))).isEqualTo(1);
    assertThat(said()).isEqualTo("1");
    assertThat(errors).contains("  2 | int b = missing");
  }

  @Test
  void exitEndsItEarly() throws IOException {
    assertThat(run(say("1") + "/exit\n" + say("2"))).isZero();
    assertThat(said()).isEqualTo("1");
    assertThat(run("System.exit(3)")).isEqualTo(3);
  }
}
