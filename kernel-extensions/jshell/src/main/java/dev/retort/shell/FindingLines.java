package dev.retort.shell;

import dev.retort.figure.Numbers;
import dev.retort.paper.Findings;
import java.util.ArrayList;
import java.util.List;

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
    lines.addAll(shown.box().wide());
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
}
