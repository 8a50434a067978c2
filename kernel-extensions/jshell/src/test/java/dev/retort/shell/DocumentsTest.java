package dev.retort.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.kernel.Script;
import dev.retort.run.Quiet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What README and the pages beside it show compiles and runs, and what they name is there. */
@Tag("once")
class DocumentsTest {
  private static final Path HOME = Path.of("../..");
  private static final Pattern JAVA = Pattern.compile("(?s)```java\\n(.*?)```");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");

  /** README and all pages that show Java. */
  static List<String> pagesWithExamples() throws IOException {
    try (Stream<Path> docs = Files.list(HOME.resolve("docs"))) {
      return Stream.concat(Stream.of("README.md"), docs.map(page -> "docs/" + page.getFileName()))
          .filter(page -> page.endsWith(".md"))
          .filter(page -> JAVA.matcher(read(HOME.resolve(page))).find())
          .sorted()
          .toList();
    }
  }

  /** The examples of a page, one after the other, as a reader copies them from its top. */
  private static String examples(String page) {
    return JAVA.matcher(read(HOME.resolve(page)))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.joining());
  }

  @Test
  void thePagesOfTheLanguageHaveExamples() throws IOException {
    assertThat(pagesWithExamples())
        .contains(
            "README.md",
            "docs/dqinit.md",
            "docs/environments.md",
            "docs/evaluation.md",
            "docs/extending.md",
            "docs/runs.md",
            "docs/students.md",
            "docs/teachers.md");
  }

  @ParameterizedTest
  @MethodSource("pagesWithExamples")
  void theExamplesOfAPageCompileOneAfterTheOther(String page) {
    assertThat(new Script(page, examples(page)).refusal()).isEmpty();
    assertThat(new Script(page, examples(page) + "no.such();\n").refusal()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/environments.md", "docs/extending.md"})
  void theExamplesThatTakeSecondsRunToTheirEnd(String page, @TempDir Path runs) {
    System.setProperty("retort.runs", runs.toString());
    try {
      List<String> errors = new ArrayList<>();
      assertThat(new Script(page, "quiet();\n" + examples(page)).run(List.of(), errors::add))
          .as("%s", errors)
          .isZero();
    } finally {
      Quiet.everywhere(false);
      System.clearProperty("retort.runs");
    }
  }

  @ParameterizedTest
  @CsvSource({"reliability.md, 40", "kernels.md, 20"})
  void everyTestThatAPageOfPromisesNamesIsThere(String page, int fewest) throws IOException {
    Map<String, String> tests = tests();
    List<MatchResult> named =
        TEST.matcher(Files.readString(HOME.resolve("docs").resolve(page))).results().toList();
    assertThat(named).hasSizeGreaterThan(fewest);
    for (MatchResult test : named) {
      assertThat(tests).containsKey(test.group(1));
      if (test.group(2) != null) {
        assertThat(tests.get(test.group(1))).contains("void " + test.group(2) + "(");
      }
    }
  }

  /** The sources of all tests, by the names of their classes. */
  private static Map<String, String> tests() throws IOException {
    try (Stream<Path> lib = Files.walk(HOME.resolve("lib"));
        Stream<Path> kernel = Files.walk(HOME.resolve("kernel-extensions"))) {
      return Stream.concat(lib, kernel)
          .filter(file -> file.toString().contains("src/test/java"))
          .filter(file -> file.toString().endsWith("Test.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  DocumentsTest::read,
                  (one, other) -> one + other));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
