package dev.retort.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
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

  private int run(String script, String... arguments) throws IOException {
    Path file = folder.resolve("script.jsh");
    Files.writeString(file, script);
    return Script.read(file)
        .run(List.of(arguments), line -> errors.add(line.replaceAll("\u001b\\[[0-9;]*m", "")));
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
  void aScriptThatCannotBeCompiledIsNotBegun() throws IOException {
    assertThat(run(say("1") + "int b = missing\n" + say("2"))).isEqualTo(1);
    assertThat(said()).isEqualTo("nothing");
    assertThat(errors)
        .startsWith("Compile error: cannot find symbol", "  symbol:   variable missing");
    assertThat(errors).contains("  2 | int b = missing");
  }

  @Test
  void declarationsMayReferToWhatStandsFurtherDown() throws IOException {
    String script =
        """
        int even(int n) { return n == 0 ? 1 : odd(n - 1); }
        int odd(int n) { return n == 0 ? 0 : even(n - 1) + later; }
        record Pair(Other other) { }
        record Other(int number) { }
        int later = 0;
        sealed interface Shape<T> { record Dot() implements Shape<String> { } }
        record Disc(double r) implements Shape<Integer> { }
        """;
    PrintStream before = System.err;
    ByteArrayOutputStream notes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(notes, true, UTF_8));
    try {
      String all = "List.of(even(10), new Pair(new Other(3)), new Disc(1), new Shape.Dot())";
      assertThat(run(script + say(all))).as(errors.toString()).isZero();
    } finally {
      System.setErr(before);
    }
    assertThat(said()).isEqualTo("[1, Pair[other=Other[number=3]], Disc[r=1.0], Dot[]]");
    assertThat(notes.toString(UTF_8)).isEmpty();
  }

  @Test
  void aScriptSeesItsArguments() throws IOException {
    String script = say("args.length + String.join(\"|\", args)");
    assertThat(run(script, "a b", "", "--c", "ü\n\"\\")).as(errors.toString()).isZero();
    assertThat(said()).isEqualTo("4a b||--c|ü\n\"\\");
    assertThat(run(script)).isZero();
    assertThat(said()).isEqualTo("0");
  }

  @Test
  void aByteOrderMarkALineForTheShellAndOtherLineEndsAreNoJava() throws IOException {
    String script = "\ufeff#!/usr/bin/env -S retort run\r\n" + say("\"\"\"\r\nü\"\"\"");
    assertThat(run(script)).as(errors.toString()).isZero();
    assertThat(said()).isEqualTo("ü");
    assertThat(run(script + "\r\nint b = missing")).isEqualTo(1);
    assertThat(errors).contains("  5 | int b = missing");
  }

  @Test
  void anotherEncodingIsRefusedInWords() throws IOException {
    Path file = folder.resolve("latin.jsh");
    Files.write(file, "// a\nString s = \"für\";\n".getBytes(ISO_8859_1));
    assertThatThrownBy(() -> Script.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "expected text in UTF-8, got the byte 0xFC in line 2 of '"
                + file
                + "'. Convert it: iconv -f ISO-8859-1 -t UTF-8");
    Files.write(file, "int a = 1;".getBytes(UTF_16));
    assertThatThrownBy(() -> Script.read(file)).hasMessageContaining("iconv -f UTF-16 -t UTF-8");
  }

  @Test
  void aScriptMayReplaceItsStreamsWithoutAWord() throws IOException {
    PrintStream error = System.err;
    ByteArrayOutputStream noted = new ByteArrayOutputStream();
    System.setErr(new PrintStream(noted, true, UTF_8));
    try {
      assertThat(run("System.setOut(new PrintStream(new ByteArrayOutputStream()));")).isZero();
    } finally {
      System.setErr(error);
    }
    assertThat(noted.toString(UTF_8)).isEmpty();
  }

  @Test
  void exitEndsItEarly() throws IOException {
    assertThat(run(say("1") + "/exit\n" + say("2"))).isZero();
    assertThat(said()).isEqualTo("1");
    assertThat(run("System.exit(3)")).isEqualTo(3);
  }
}
