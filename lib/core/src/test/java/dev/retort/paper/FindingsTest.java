package dev.retort.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.InEveryLocale;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.evaluate.Estimate;
import dev.retort.evaluate.Interval;
import dev.retort.figure.Bars;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Glyphs;
import dev.retort.figure.Heat;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Panels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@InEveryLocale
class FindingsTest {
  @TempDir Path folder;

  private static Finding finding(String name, Optional<Boolean> met) {
    return new Finding(
        name,
        "return, IQM of 2 seeds",
        new Estimate(-75.25, new Interval(-80, -70.5)),
        OptionalDouble.of(-75),
        Optional.of(new Finding.Criterion("≥ -75", met)),
        List.of(-80.0, -70.5),
        Map.of("seeds", "0 to 1"));
  }

  private static Figure figure() {
    double[] x = {0, 1};
    double[] gap = {1, Double.NaN};
    Line line = Line.of("a line", x, gap).band(gap, gap).members(new double[][] {x, gap});
    return new Panels(
        "all kinds",
        2,
        List.of(
            Lines.of("lines", "x", "y", line),
            new Dots("dots", "y", List.of(new Dot("a", 1, 0, 2))),
            new Bars("bars", "x", "y", List.of("a"), List.of(2.0)),
            Heat.of("heat", "x", "y", new double[][] {{1, Double.NaN}})));
  }

  private static Findings found(Finding... findings) {
    return new Findings(
        "benchmarks",
        "Teachers on the classic tasks",
        Scale.CPU,
        List.of(findings),
        List.of("A note."),
        Map.of("cores", "2"),
        90,
        figure());
  }

  private Path written(Findings found) {
    Path file = folder.resolve("summary.json");
    FindingsFile.write(found, file);
    return file;
  }

  @Test
  void someOfTheNumbersAreChosenByWords() {
    Findings all = found(finding("C4, N = 1", Optional.of(true)), finding("C2", Optional.empty()));
    assertThat(all.only("n = 1").findings()).extracting(Finding::name).containsExactly("C4, N = 1");
    assertThat(all.only("n = 1").notes()).isEmpty();
    assertThat(all.except("N = 1").findings())
        .hasSize(all.findings().size() - 1)
        .noneMatch(finding -> finding.name().equals("C4, N = 1"));
    assertThat(all.only("c4+n = 1").findings()).hasSize(1);
    assertThat(all.only("c4, n").findings()).hasSize(1);
    assertThat(all.figures()).hasSize(4);
    assertThatThrownBy(() -> all.only("C9"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("unknown part 'C9'")
        .hasMessageContaining("C4+N = 1");
  }

  @Test
  void whatIsSavedIsReadAsItWas() {
    Findings found =
        found(
            finding("one", Optional.of(true)),
            finding("two", Optional.of(false)),
            finding("three", Optional.empty()),
            new Finding(
                "four",
                "kappa",
                new Estimate(1, new Interval(1, 1)),
                OptionalDouble.empty(),
                Optional.empty(),
                List.of(),
                Map.of()));
    assertThat(Findings.open(written(found))).isEqualTo(found);
  }

  @Test
  void aMissedCriterionIsPrintedAsMissed() {
    Findings found = found(finding("one", Optional.of(true)), finding("two", Optional.of(false)));
    assertThat(found.isReproduced()).isFalse();
    assertThat(found.text(Glyphs.UNICODE))
        .contains("MISSED ≥ -75", "met ≥ -75", "-75.25 [-80.00, -70.50]", "A note.");
    assertThat(found.text(Glyphs.UNICODE).lines()).allMatch(line -> line.length() <= 80);
    assertThat(found.markdown().lines())
        .contains("| two | -75.25 [-80.00, -70.50] | -75 | MISSED ≥ -75 |");
    assertThat(found.table().rowCount()).isEqualTo(2);
  }

  @Test
  void whatWasNotJudgedIsNeitherMetNorMissed() {
    Findings found = found(finding("one", Optional.empty()));
    assertThat(found.isReproduced()).isTrue();
    assertThat(found.text(Glyphs.UNICODE)).contains("(≥ -75)");
  }

  @Test
  void aDamagedFileIsRefusedByName() throws IOException {
    Path file = written(found(finding("one", Optional.of(true))));
    String text = Files.readString(file);
    for (String broken :
        List.of(
            "",
            "{}",
            text.substring(0, text.length() / 2),
            text.replace("\"ours\"", "\"their\""))) {
      Files.writeString(file, broken);
      assertThatThrownBy(() -> Findings.open(file))
          .isInstanceOf(RetortException.class)
          .hasMessageContaining("summary.json");
    }
  }

  @Test
  void everyFlippedByteIsRefusedOrChangesNothing() throws IOException {
    Findings found = found(finding("one", Optional.of(true)));
    Path summary = written(found);
    for (Path file : List.of(summary, summary.resolveSibling("figure.json"))) {
      byte[] whole = Files.readAllBytes(file);
      int refused = 0;
      for (int at = 0; at < whole.length; at++) {
        byte[] other = whole.clone();
        other[at] ^= 1;
        Files.write(file, other);
        try {
          assertThat(Findings.open(summary)).as("%s, byte %s", file, at).isEqualTo(found);
        } catch (RetortException e) {
          refused++;
        }
      }
      assertThat(refused).isGreaterThan(whole.length - 20);
      Files.write(file, whole);
    }
  }
}
