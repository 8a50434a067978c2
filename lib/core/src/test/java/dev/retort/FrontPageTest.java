package dev.retort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.paper.Finding;
import dev.retort.paper.Findings;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** README is short, and each of its numbers stands in the table that it links to. */
@Tag("once")
class FrontPageTest {
  private static final String README = "../README.md";
  private static final Path HOME = Path.of("../..");
  private static final int MOST_LINES = 250;
  private static final Pattern LINK = Pattern.compile("\\[(.+)]\\((.+)/table\\.md\\)");
  private static final Pattern SAMPLE = Pattern.compile("([\\d,]+) (\\w+)");

  @Test
  void theFrontPageIsShortAndKeepsItsOrder() {
    String readme = MarkdownTable.page(README);
    assertThat(readme.lines().count()).isLessThanOrEqualTo(MOST_LINES);
    assertThat(readme)
        .containsSubsequence(
            "# Retort\n",
            "```java\n",
            "\n## Speed\n",
            "\n## What is implemented\n",
            "\n## Install\n",
            "\n## The words\n");
  }

  /** Twelve lines make the picture. */
  @Test
  void theFirstExampleHasTwelveLines() {
    String readme = MarkdownTable.page(README);
    String example = readme.substring(readme.indexOf("```java\n") + "```java\n".length());
    assertThat(example.substring(0, example.indexOf("```")).lines()).hasSize(12);
  }

  @ParameterizedTest
  @CsvSource({"### Teachers, 11", "### Systems, 30", "### Ways to distill, 13"})
  void everyNumberIsThatOfTheStudyThatItsRowLinksTo(String heading, int rows) {
    MarkdownTable table = MarkdownTable.below(README, heading);
    assertThat(table.rows()).hasSizeGreaterThanOrEqualTo(rows);
    for (List<String> row : table.rows()) {
      Matcher link = LINK.matcher(row.get(table.header().indexOf("Measured")));
      assertThat(link.matches()).as("a link to a table in %s", row).isTrue();
      List<String> line = lineOf(link.group(2), link.group(1));
      assertThat(row.get(table.header().indexOf("Ours [95 %]")))
          .as(link.group(1))
          .isEqualTo(line.get(1));
      if (table.header().contains("Published")) {
        assertThat(row.get(table.header().indexOf("Published")))
            .as(link.group(1))
            .isEqualTo(line.get(2));
        assertThat(row.get(table.header().indexOf("Verdict")).replace("**missed**", "MISSED"))
            .as(link.group(1))
            .isEqualTo(line.get(3).split(" ", 2)[0]);
      }
      requireSample(link, row.get(table.header().indexOf("Over")));
    }
  }

  /** The row of a study's table, cell by cell. */
  private static List<String> lineOf(String folder, String name) {
    return MarkdownTable.first(README.replace("README.md", folder + "/table.md")).rows().stream()
        .filter(row -> row.get(0).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row '%s' in %s".formatted(name, folder)));
  }

  /** A sample such as {@code 10 seeds} is what the study says, and has as many values. */
  private static void requireSample(Matcher link, String said) {
    Finding finding =
        Findings.open(HOME.resolve(link.group(2)).resolve("summary.json")).findings().stream()
            .filter(found -> found.name().equals(link.group(1)))
            .findFirst()
            .orElseThrow();
    Matcher sample = SAMPLE.matcher(said);
    assertThat(sample.matches()).as(said).isTrue();
    String count = sample.group(1).replace(",", "");
    assertThat(finding.values()).as(link.group(1)).hasSize(Integer.parseInt(count));
    String many = sample.group(2);
    String one = many.replaceFirst("s$", "");
    assertThat(finding.quantity())
        .containsPattern(" (of|over) (%s )?%s|\\b%s by %s\\b".formatted(count, many, one, one));
  }

  @Test
  void everySpeedIsThatOfThePageOfSpeeds() {
    MarkdownTable measured = MarkdownTable.first("performance.md");
    MarkdownTable shown = MarkdownTable.below(README, "## Speed");
    assertThat(shown.rows()).hasSizeGreaterThanOrEqualTo(4);
    List<Integer> columns = shown.header().stream().map(measured.header()::indexOf).toList();
    assertThat(columns).doesNotContain(-1);
    for (List<String> row : shown.rows()) {
      assertThat(measured.rows())
          .as("'%s' in docs/performance.md", row.get(0))
          .anySatisfy(line -> assertThat(columns.stream().map(line::get).toList()).isEqualTo(row));
    }
  }
}
