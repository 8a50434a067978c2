package dev.retort.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import jdk.jshell.tool.JavaShellToolBuilder;
import org.junit.jupiter.api.Test;

/** The shell answers as JShell does, but shows charts and tables whole. */
class FeedbackTest {
  private static final String FEEDBACK = "src/main/jshell/feedback.jsh";

  private static String answers(String typed, String... options) throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    JavaShellToolBuilder.builder()
        .in(new ByteArrayInputStream((typed + "\n/exit\n").getBytes(UTF_8)), null)
        .out(new PrintStream(said, true, UTF_8))
        .persistence(new HashMap<>())
        .start(options);
    return said.toString(UTF_8).replaceFirst("(?s)^.*?(?=jshell>)", "");
  }

  private static String ours(String typed) throws Exception {
    return answers(typed, "--startup", "DEFAULT", "--startup", FEEDBACK, "--feedback", "retort");
  }

  @Test
  void aLongValueIsShownWhole() throws Exception {
    assertThat(ours("\"y\".repeat(5000)")).contains("y".repeat(5000));
    assertThat(ours("String s = \"y\".repeat(5000)")).contains("y".repeat(5000));
  }

  @Test
  void allElseIsSaidAsJShellSaysIt() throws Exception {
    String typed =
        """
        int a = 5
        void f() {}
        int g() { return h(); }
        record R(int a) {}
        foo()
        a = 7
        1 / 0
        int a = 8
        /vars
        """;
    assertThat(ours(typed)).isEqualTo(answers(typed, "--feedback", "normal"));
  }
}
