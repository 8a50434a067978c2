package dev.retort.paper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.MarkdownTable;
import dev.retort.loss.Distances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of the catalogue says what the code does, and its study goes through at unit size. */
class CatalogueTest {
  private static final String PAGE = "catalogue.md";
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

  @TempDir Path folder;

  @Test
  void theTableOfLossesIsThatOfTheCode() {
    List<List<String>> wanted =
        Distances.supplied().stream()
            .map(
                each ->
                    List.of(
                        "`%s`".formatted(each.form()),
                        each.formula().replace('|', '\u2223'),
                        each.reference(),
                        "`DistanceTest`",
                        each.use()))
            .toList();
    assertThat(MarkdownTable.below(PAGE, "## Losses").rows()).isEqualTo(wanted);
  }

  @Test
  void everyLoopHasItsRowWithAllThatItSays() throws IOException {
    List<List<String>> rows = MarkdownTable.below(PAGE, "## Loops").rows();
    assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(6).doesNotContain(""));
    assertThat(rows)
        .extracting(row -> row.get(0))
        .contains(
            "Teacher-driven",
            "Student-driven",
            "Mixed control",
            "Expected entropy",
            "Kickstarting",
            "Jump-start RL",
            "DAgger",
            "ITER",
            "DNA",
            "Proximal distillation",
            "QDagger",
            "Consistency",
            "Privileged teacher, blind student",
            "Several teachers");
  }

  @Test
  void everyOracleIsATest() throws IOException {
    List<String> named =
        TEST.matcher(MarkdownTable.page(PAGE)).results().map(found -> found.group(1)).toList();
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      List<String> tests =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith("Test.java"))
              .map(file -> file.replace(".java", ""))
              .collect(Collectors.toList());
      assertThat(tests).containsAll(named);
    }
  }

  @Tag("once")
  @Tag("slow")
  @Test
  void theStudyGoesThroughAtUnitSizeAndJudgesNothing() {
    System.setProperty("retort.runs", folder.toString());
    try {
      Findings findings = Reproduction.of("catalogue").preset("unit").run();
      assertThat(findings.findings()).hasSizeGreaterThan(80);
      assertThat(findings.findings())
          .extracting(Finding::name)
          .contains(
              "CartPole, consistency",
              "CartPole, QDagger",
              "Reacher, blind student",
              "Reacher, blind student, window",
              "Reacher, two teachers",
              "Reacher, window over none, blind student");
      assertThat(findings.findings())
          .extracting(Finding::verdict)
          .doesNotContain(Verdict.MET, Verdict.MISSED, Verdict.VOID);
      assertThat(findings.findings())
          .filteredOn(each -> each.name().contains("teacher after all"))
          .hasSize(2)
          .allSatisfy(each -> assertThat(each.values()).containsExactly(1.0));
    } finally {
      System.clearProperty("retort.runs");
    }
  }
}
