package dev.retort.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.InEveryLocale;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.evaluate.Estimate;
import dev.retort.evaluate.Interval;
import dev.retort.evaluate.Intervals;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Ten values with a mean of 1 that lie far apart. */
  private static Finding wide(String name, String criterion, double ours, Boolean met) {
    return new Finding(
        name,
        "gain in return, mean of 10 tasks",
        new Estimate(ours, new Interval(0.5, 1.5)),
        OptionalDouble.empty(),
        Optional.of(new Finding.Criterion(criterion, Optional.ofNullable(met))),
        List.of(-2.0, 4.0, -1.0, 3.0, 0.0, 2.0, -3.0, 5.0, 1.5, 0.5),
        Map.of());
  }

  @Test
  void intervalsOfMeansAndTheVerdictsThatStandOnThemAreMadeAgainFromTheValues() {
    Findings before =
        found(
            wide("gain", "interval above 0", 1, true),
            wide("held", "interval above -5", 1, false),
            wide("unjudged", "interval above 0", 1, null),
            wide("other words", "> 0", 1, true),
            wide("slope", "interval above 0", 1.25, true),
            finding("of two", Optional.of(true)));
    Findings now = before.estimatedAgain();
    Interval interval = Intervals.mean(-2, 4, -1, 3, 0, 2, -3, 5, 1.5, 0.5).interval();
    assertThat(interval.low()).isBetween(-5.0, 0.0);
    assertThat(now.findings().subList(0, 4))
        .allMatch(finding -> finding.ours().equals(new Estimate(1, interval)));
    assertThat(now.findings().get(4)).isEqualTo(before.findings().get(4));
    assertThat(now.findings().get(5).ours()).isEqualTo(new Estimate(-75.25, Interval.NONE));
    assertThat(now.findings())
        .extracting(finding -> finding.criterion().orElseThrow().verdict())
        .containsExactly("MISSED", "met", "not judged", "met", "met", "met");
    assertThat(now.notes())
        .containsExactly(
            "A note.",
            "Intervals of means were estimated again from the values of the runs; bands of curves were not. Verdicts that changed with them: gain (met before); held (MISSED before).");
    assertThat(now.markdown()).contains("| of two | -75.25 – | -75 |");
    assertThat(now.estimatedAgain()).isSameAs(now);
  }

  @Test
  void bandsWithoutWidthLeaveCurves() {
    double[] x = {0, 1};
    Line line = Line.of("a", x, x).band(new double[] {0, 0.5}, new double[] {0, 1.5});
    Findings before =
        new Findings(
            "dqinit",
            "Values",
            Scale.CPU,
            List.of(),
            List.of(),
            Map.of(),
            90,
            new Panels("all", 1, List.of(Lines.of("lines", "x", "y", line))));
    Lines now = (Lines) before.estimatedAgain().figures().get(0);
    assertThat(now.lines().get(0).low()).containsExactly(Double.NaN, 0.5);
    assertThat(now.lines().get(0).high()).containsExactly(Double.NaN, 1.5);
    assertThat(now.lines().get(0).y()).isEqualTo(line.y());
  }

  @Test
  void theDotsOfAFigureTakeTheIntervalsOfTheirFindings() {
    Dot other = new Dot("b", 7, 6, 8);
    Dots dots = new Dots("dots", "y", List.of(new Dot("a", 1, 0.5, 1.5), other));
    Findings before =
        new Findings(
            "benchmarks",
            "Teachers on the classic tasks",
            Scale.CPU,
            List.of(wide("gain", "> 0", 1, true)),
            List.of(),
            Map.of(),
            90,
            new Panels("all", 1, List.of(dots)));
    Interval interval = Intervals.mean(-2, 4, -1, 3, 0, 2, -3, 5, 1.5, 0.5).interval();
    Dots now = (Dots) before.estimatedAgain().figures().get(0);
    assertThat(now.dots()).containsExactly(new Dot("a", 1, interval.low(), interval.high()), other);
  }

  @Test
  void aCriterionOfAnIntervalIsReadAsItIsWritten() {
    for (IntervalCriterion each :
        List.of(
            IntervalCriterion.above(0),
            IntervalCriterion.above(-5),
            IntervalCriterion.above(-1_500),
            IntervalCriterion.within(5))) {
      assertThat(IntervalCriterion.of(each.words())).contains(each);
      assertThat(each.isMet(Interval.NONE)).isFalse();
    }
    assertThat(IntervalCriterion.of("≥ 0")).isEmpty();
    assertThat(IntervalCriterion.within(5).words()).isEqualTo("interval within ±5");
    assertThat(IntervalCriterion.within(5).isMet(new Interval(-4, 4))).isTrue();
    assertThat(IntervalCriterion.within(5).isMet(new Interval(-4, 6))).isFalse();
    assertThat(IntervalCriterion.above(-5).isMet(new Interval(-4, 600))).isTrue();
    assertThat(IntervalCriterion.above(-5).isMet(new Interval(-6, 600))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ensembles", "dqinit"})
  void whatIsCommittedHasTheIntervalsOfToday(String study) throws IOException {
    Path docs = Path.of("../../docs", study);
    Findings found = Findings.open(docs.resolve("summary.json"));
    assertThat(found.estimatedAgain()).isSameAs(found);
    assertThat(Files.readString(docs.resolve("table.md"))).isEqualTo(found.markdown());
    assertThat(found.findings())
        .filteredOn(finding -> finding.ours().interval().isKnown())
        .isNotEmpty()
        .allMatch(finding -> finding.values().size() >= Intervals.LEAST)
        .allMatch(finding -> finding.ours().interval().width() > 0);
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
