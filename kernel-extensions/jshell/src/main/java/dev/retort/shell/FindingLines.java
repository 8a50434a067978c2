package dev.retort.shell;

import dev.retort.figure.Numbers;
import dev.retort.figure.TextTable;
import dev.retort.paper.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a study found as lines of text, as wide as they have to be: the numbers that are held
 * against something, with their whole names. Where there is none, the first numbers are shown.
 */
final class FindingLines {
  private static final int FIRST = 18;

  private FindingLines() {}

  static String of(Findings found) {
    Findings judged =
        found.with(found.findings().stream().filter(one -> one.criterion().isPresent()).toList());
    Findings shown =
        judged.findings().isEmpty()
            ? found.with(found.findings().stream().limit(FIRST).toList())
            : judged;
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, size %s, %s of computing"
            .formatted(found.title(), found.scale(), Numbers.duration(found.seconds())));
    lines.addAll(rows(shown.box()));
    int left = found.findings().size() - shown.findings().size();
    if (left > 0) {
      lines.add(
          "and %s %s in the table%s"
              .formatted(
                  Numbers.count(left),
                  left == 1 ? "number" : "numbers",
                  judged.findings().isEmpty() ? "" : " that no verdict hangs on"));
    }
    lines.addAll(found.voids());
    lines.addAll(found.notes());
    found.registered().ifPresent(fixed -> lines.add(fixed.toString()));
    return String.join("\n", lines);
  }

  private static List<String> rows(TextTable box) {
    List<List<String>> all = new ArrayList<>(List.of(box.header()));
    all.addAll(box.rows());
    List<Integer> widths =
        IntStream.range(0, box.header().size())
            .mapToObj(at -> all.stream().mapToInt(row -> row.get(at).length()).max().orElse(0))
            .toList();
    return all.stream()
        .map(
            row ->
                IntStream.range(0, widths.size())
                    .mapToObj(at -> row.get(at) + " ".repeat(widths.get(at) - row.get(at).length()))
                    .collect(Collectors.joining("  ", "  ", ""))
                    .stripTrailing())
        .toList();
  }
}
