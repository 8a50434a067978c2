package dev.retort.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.kernel.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What README and the pages beside it show compiles, and what they name is there. */
@Tag("once")
class DocumentsTest {
  private static final Path HOME = Path.of("../..");
  private static final Pattern JAVA = Pattern.compile("(?s)```java\\n(.*?)```");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");

  @Test
  void theExamplesOfReadmeCompileOneAfterTheOther() throws IOException {
    String readme = Files.readString(HOME.resolve("README.md"));
    String examples =
        JAVA.matcher(readme).results().map(found -> found.group(1)).collect(Collectors.joining());
    assertThat(examples.lines().count()).isGreaterThan(40);
    assertThat(new Script("README.md", examples).refusal()).isEmpty();
    assertThat(new Script("README.md", examples + "no.such();\n").refusal()).isNotEmpty();
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
