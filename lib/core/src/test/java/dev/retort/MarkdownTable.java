package dev.retort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The first table below a heading of a page of the documentation.
 *
 * @param header the names of its columns
 * @param rows their cells
 */
public record MarkdownTable(List<String> header, List<List<String>> rows) {
  private static final Path DOCS = Path.of("../../docs");

  /** The whole text of a page. */
  public static String page(String page) {
    try {
      return Files.readString(DOCS.resolve(page));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands between a heading and the next one of any level. */
  public static String section(String page, String heading) {
    List<String> lines = page(page).lines().toList();
    int from = lines.indexOf(heading);
    assertThat(from).as("%s has the heading '%s'", page, heading).isNotNegative();
    List<String> below =
        lines.stream().skip(from + 1L).takeWhile(line -> !line.startsWith("#")).toList();
    return String.join("\n", below);
  }

  public static MarkdownTable below(String page, String heading) {
    return in(section(page, heading), "the table below '%s' in %s".formatted(heading, page));
  }

  /** The first table of a page. */
  public static MarkdownTable first(String page) {
    return in(page(page), "the first table in " + page);
  }

  private static MarkdownTable in(String text, String where) {
    List<List<String>> lines =
        text.lines()
            .dropWhile(line -> !line.startsWith("|"))
            .takeWhile(line -> line.startsWith("|"))
            .map(MarkdownTable::cells)
            .toList();
    assertThat(lines).as(where).hasSizeGreaterThan(2);
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSameSizeAs(lines.get(0)));
    return new MarkdownTable(lines.get(0), lines.subList(2, lines.size()));
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("(?<!\\\\)\\|", -1))
        .map(cell -> cell.trim().replace("\\|", "|"))
        .toList();
  }

  /** The cells of one column. */
  public List<String> column(int column) {
    return rows.stream().map(row -> row.get(column)).toList();
  }
}
