package dev.retort.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a rehearsal refuses, before anything of it has been done. */
class RefusalTest {
  private static JavaEngine rehearsal;

  @BeforeAll
  static void start() {
    rehearsal = JavaEngine.rehearsing(MagicNames.NONE);
  }

  @AfterAll
  static void stop() {
    rehearsal.close();
  }

  static List<Arguments> refusals() {
    String deep = "(".repeat(60_000) + "1" + ")".repeat(60_000);
    return List.of(
        Arguments.of("int b = missing", "cannot find symbol"),
        Arguments.of("Strin c = null", "cannot find symbol"),
        Arguments.of("Strin c", "c cannot be used until class Strin is declared."),
        Arguments.of("int d() { Strin x; return 1; }", "d cannot be used until class Strin is"),
        Arguments.of("void e(Strin x) { }", "e cannot be used until class Strin is declared."),
        Arguments.of("record F(Strin x) { }", "F cannot be used until class Strin is declared."),
        Arguments.of("int[] g = {" + "1, ".repeat(20_000) + "1};", "code too large"),
        Arguments.of("var h = \"" + "h".repeat(70_000) + "\";", "constant string too long"),
        Arguments.of("int i = " + deep, "the compiler's stack is full: expected code"),
        Arguments.of("/* a", "unclosed comment"),
        Arguments.of("String j = \"\"\"\n  a", "unclosed text block"),
        Arguments.of("String k = \"a;", "unclosed string literal"),
        Arguments.of("char l = 'a;", "unclosed character literal"),
        Arguments.of("sealed interface M { }", "sealed class must have subclasses"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatCannotBeCompiledIsRefusedInTheCompilersWordsWithItsLine(String wrong, String words) {
    String property = "retort.test.refused";
    String begun = "System.setProperty(\"" + property + "\", \"begun\")\n";
    CellOutcome outcome = rehearsal.run(new Cell(1, "wrong.jsh", begun + wrong + "\n" + begun));
    assertThat(outcome).isInstanceOf(CellOutcome.Failed.class);
    Failure failure = ((CellOutcome.Failed) outcome).failure();
    assertThat(failure.message()).startsWith(words);
    assertThat(failure.lines()).anyMatch(line -> line.contains("wrong.jsh, line 2"));
    assertThat(failure.lines()).allMatch(line -> line.length() < 250);
    assertThat(System.getProperty(property)).isNull();
  }

  @Test
  void aNameThatThereIsNotIsAnsweredWithTheNearest() {
    CellOutcome variable = rehearsal.run(new Cell(1, "a.jsh", "int teacher = 1;\nint r = teachr;"));
    assertThat(((CellOutcome.Failed) variable).failure().message())
        .isEqualTo("cannot find symbol\n  symbol:   variable teachr\n  Did you mean 'teacher'?");
    CellOutcome method =
        rehearsal.run(
            new Cell(2, "b.jsh", "int twice(int n) { return 2 * n; }\nint s = twise(3);"));
    assertThat(((CellOutcome.Failed) method).failure().message())
        .endsWith("method twise(int)\n  Did you mean 'twice'?");
    CellOutcome far = rehearsal.run(new Cell(3, "c.jsh", "int u = elsewhere;"));
    assertThat(((CellOutcome.Failed) far).failure().message()).doesNotContain("Did you mean");
  }

  @Test
  void whereAnUnfinishedDeclarationIsUsedItIsSaidWhatItLacks() {
    CellOutcome outcome =
        rehearsal.run(new Cell(1, "wrong.jsh", "record N(Strin s) { }\nN n = new N(null);"));
    assertThat(outcome).isInstanceOf(CellOutcome.Failed.class);
    Failure failure = ((CellOutcome.Failed) outcome).failure();
    assertThat(failure.message()).startsWith("cannot find symbol");
    assertThat(failure.lines()).endsWith("N cannot be used until class Strin is declared.");
  }
}
