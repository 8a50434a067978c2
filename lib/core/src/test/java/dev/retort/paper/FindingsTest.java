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
import dev.retort.figure.Ground;
import dev.retort.figure.Heat;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Panels;
import dev.retort.figure.Picture;
import dev.retort.figure.Pictures;
import dev.retort.figure.Raster;
import dev.retort.figure.Scatter;
import dev.retort.figure.Trace;
import dev.retort.figure.Tracks;
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

  private static final Registered FIXED = new Registered("0123456789abcdef".repeat(4), "today");

  private static Finding finding(String name, Optional<Boolean> met) {
    return new Finding(
        name,
        "return, IQM of 2 seeds",
        new Estimate(-75.25, new Interval(-80, -70.5)),
        OptionalDouble.of(-75),
        Optional.of(criterion("≥ -75", met)),
        List.of(-80.0, -70.5),
        Map.of("seeds", "0 to 1"));
  }

  private static Finding.Criterion criterion(String words, Optional<Boolean> met) {
    return met.map(yes -> Finding.Criterion.judged(words, yes))
        .orElse(Finding.Criterion.notJudged(words));
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
            new Dots(
                "dots",
                "y",
                List.of(new Dot("a", 1, 0, 2), new Dot("open", 1, Double.NaN, Double.NaN))),
            new Bars("bars", "x", "y", List.of("a"), List.of(2.0)),
            Heat.of("heat", "x", "y", new double[][] {{1, Double.NaN}}),
            Scatter.of("scatter", "x", "y", Trace.of("a", x, gap)).diagonal(),
            Tracks.of("tracks", "x", "y", Trace.of("a", gap, x))
                .over(new Ground(0, 1, 0, 2, Raster.grey(new double[][] {x}))),
            Pictures.of("pictures", new Picture("a", Raster.grey(new double[][] {x})))));
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
        figure(),
        Optional.of(FIXED));
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
    assertThat(all.figures()).hasSize(7);
    assertThatThrownBy(() -> all.only("C9"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("unknown number 'C9'")
        .hasMessageContaining("C4+N = 1");
  }

  @Test
  void someOfThePicturesAreChosenByWordsOfTheirTitles() {
    Findings all = found(finding("C2", Optional.empty()));
    assertThat(all.plot("HEAT").title()).isEqualTo("heat");
    Panels two = (Panels) all.plot("scatter", "dots");
    assertThat(two.panels()).extracting(Figure::title).containsExactly("dots", "scatter");
    assertThat(all.plot()).isEqualTo(all.figure());
    assertThatThrownBy(() -> all.plot("map"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("unknown picture 'map'");
  }

  @Test
  void whatIsSavedIsReadAsItWas() {
    Findings found =
        found(
            finding("one", Optional.of(true)),
            finding("two", Optional.of(false)),
            finding("three", Optional.empty()),
            finding("void", Optional.of(true)).provided(false, "the teacher has not learned"),
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
  void whatNobodyCouldMeasureIsReadAsThat() throws IOException {
    Finding none = Measured.of("ρ of who never walked", "ρ", Double.NaN).reported();
    Finding some = Measured.of("updates", "of two runs", 4, Double.NaN).reported();
    Findings found = found(none, some);
    Path file = written(found);
    assertThat(Files.readString(file)).doesNotContain("NaN");
    assertThat(Findings.open(file)).isEqualTo(found);
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
  void aClaimIsVoidByTheFirstOfItsPreconditionsThatIsNotMet() {
    Finding met = finding("world", Optional.of(true));
    Finding missed = finding("teachers", Optional.of(false));
    Finding lost = finding("gain", Optional.of(true));
    assertThat(lost.provided(List.of(met, met))).isEqualTo(lost);
    assertThat(lost.provided(List.of(met, missed, lost.provided(missed))))
        .isEqualTo(lost.provided(missed));
  }

  @Test
  void aClaimThatNoNumberTellsIsVoid() {
    Bound bound = Bound.above(0);
    Measured told = Measured.of("gain", "return", 1, 2, 3);
    assertThat(told.judged(Scale.CPU, bound, "nobody came"))
        .isEqualTo(told.judged(Scale.CPU, bound));
    for (double[] untold : new double[][] {{}, {1, Double.NaN}}) {
      Measured measured = Measured.of("gain", "return", untold);
      Finding claim = measured.judged(Scale.CPU, bound, "nobody came");
      assertThat(claim.values()).containsExactly(Double.NaN);
      assertThat(claim.criterion().orElseThrow().explained()).isEqualTo("VOID: nobody came");
      assertThat(measured.judged(Scale.UNIT, bound, "nobody came").verdict())
          .isEqualTo(Verdict.NOT_JUDGED);
    }
  }

  @Test
  void aClaimWhosePreconditionFailedIsVoidAndSaysWhy() {
    Finding gate = finding("teachers", Optional.of(false));
    Finding won = finding("gain", Optional.of(true)).provided(gate);
    Finding lost = finding("loss", Optional.of(false)).provided(gate);
    assertThat(List.of(won.verdict(), lost.verdict())).containsOnly(Verdict.VOID);
    assertThat(finding("gain", Optional.of(false)).provided(finding("t", Optional.of(true))))
        .isEqualTo(finding("gain", Optional.of(false)));
    assertThat(finding("gain", Optional.empty()).provided(gate))
        .isEqualTo(finding("gain", Optional.empty()));
    Findings found = found(won, lost, finding("other", Optional.of(true)));
    assertThat(found.isReproduced()).isFalse();
    assertThat(found.voids())
        .containsExactly("Void, because its precondition is MISSED (teachers: ≥ -75): gain; loss.");
    assertThat(found.text(Glyphs.UNICODE)).contains("VOID ≥ -75", "Void, because its", "loss.");
    assertThat(found.text(Glyphs.UNICODE).lines()).allMatch(line -> line.length() <= 80);
    assertThat(found.markdown()).contains("| gain | -75.25 [-80.00, -70.50] | -75 | VOID ≥ -75 |");
    assertThat(found.markdown()).contains(found.voids().get(0));
    assertThat(found.table().stringColumn("verdict").get(0))
        .isEqualTo("VOID: its precondition is MISSED (teachers: ≥ -75)");
    assertThat(Findings.open(written(found)).findings()).isEqualTo(found.findings());
    assertThat(found.estimatedAgain().findings().get(0).verdict()).isEqualTo(Verdict.VOID);
  }

  @Test
  void onlyAVoidCriterionHasAReason() {
    assertThatThrownBy(() -> new Finding.Criterion("> 0", Verdict.VOID, " "))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected a reason where it is void and only there");
    assertThatThrownBy(() -> new Finding.Criterion("> 0", Verdict.MET, "since"))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("got 'since' where it is met");
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
        Optional.of(criterion(criterion, Optional.ofNullable(met))),
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
        .extracting(Finding::verdict)
        .containsExactly(
            Verdict.MISSED, Verdict.MET, Verdict.NOT_JUDGED, Verdict.MET, Verdict.MET, Verdict.MET);
    assertThat(now.notes())
        .containsExactly(
            "A note.",
            "Intervals of means were estimated again from the values of the runs; bands of curves were not. Verdicts that changed with them: gain (met before); held (MISSED before).");
    assertThat(now.markdown()).contains("| of two | -75.25 – | -75 |");
    assertThat(now.estimatedAgain()).isSameAs(now);
  }

  @Test
  void sharesOfAllAndOfNoneKeepTheirWidth() {
    Finding all = Measured.of("trips", "share that succeed", new double[256]).reportedShare();
    assertThat(all.ours().value()).isZero();
    assertThat(all.ours().interval()).isEqualTo(Intervals.share(0, 256));
    assertThat(all.ours().interval().width()).isPositive();
    Findings before = found(all);
    assertThat(before.estimatedAgain().findings()).containsExactly(all);
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
            new Panels("all", 1, List.of(Lines.of("lines", "x", "y", line))),
            Optional.empty());
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
            new Panels("all", 1, List.of(dots)),
            Optional.empty());
    Interval interval = Intervals.mean(-2, 4, -1, 3, 0, 2, -3, 5, 1.5, 0.5).interval();
    Dots now = (Dots) before.estimatedAgain().figures().get(0);
    assertThat(now.dots()).containsExactly(new Dot("a", 1, interval.low(), interval.high()), other);
  }

  @Test
  void aCriterionOfAnIntervalIsReadAsItIsWritten() {
    for (Bound each :
        List.of(Bound.above(0), Bound.above(-5), Bound.above(-1_500), Bound.within(5))) {
      assertThat(Bound.of(each.words())).contains(each);
      assertThat(each.isMet(new Estimate(0, Interval.NONE))).isFalse();
    }
    assertThat(Bound.within(5).words()).isEqualTo("interval within ±5");
    assertThat(Bound.within(5).isMet(between(-4, 4))).isTrue();
    assertThat(Bound.within(5).isMet(between(-4, 6))).isFalse();
    assertThat(Bound.above(-5).isMet(between(-4, 600))).isTrue();
    assertThat(Bound.above(-5).isMet(between(-6, 600))).isFalse();
  }

  private static Estimate between(double low, double high) {
    return new Estimate(0, new Interval(low, high));
  }

  @Test
  void aCriterionOfAValueIsReadAsItIsWritten() {
    Bound least = Bound.of("≥ 1.15").orElseThrow();
    Bound more = Bound.of("> 0").orElseThrow();
    assertThat(least.isMet(new Estimate(1.15, Interval.NONE))).isTrue();
    assertThat(least.isMet(new Estimate(1.14, Interval.NONE))).isFalse();
    assertThat(more.isMet(new Estimate(0, Interval.NONE))).isFalse();
    assertThat(more.words()).isEqualTo("> 0");
    assertThat(Bound.of("> 0 over at least 20 ensembles")).isEmpty();
    assertThat(Bound.of("falls at every size")).isEmpty();
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

  @ParameterizedTest
  @ValueSource(strings = {"benchmarks", "ensembles", "dqinit", "compass", "marl", "unilegs"})
  void whatIsCommittedNamesTheRegistrationOfTodayOrOneThatIsSaidToHaveChangedOrIsKeptBesideIt(
      String study) throws IOException {
    Path docs = Path.of("../../docs", study);
    Findings found = Findings.open(docs.resolve("summary.json"));
    Registered by = found.registered().orElseThrow();
    Registration today = Study.of(study).registration();
    String changed = "The hash until then began with " + by.sha256().substring(0, 16) + ".";
    Path kept = docs.resolve(Registration.FILE);
    if (Files.exists(kept)) {
      String own = Registration.of(kept.toString(), Files.readString(kept)).sha256();
      assertThat(by.sha256()).as("by %s", kept).isEqualTo(own).isNotEqualTo(today.sha256());
    } else {
      assertThat(by.sha256().equals(today.sha256()) || today.text().contains(changed))
          .as(
              "who changes the registration of %s makes its findings again, or says it there, or keeps the old one beside them until then",
              study)
          .isTrue();
    }
    assertThat(found.markdown()).endsWith(by + "\n");
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

  @Test
  void barsInANameAreNoBordersOfCells() {
    Findings found =
        new Findings(
            "s",
            "t",
            Scale.CPU,
            List.of(finding("|e| at home", Optional.of(true))),
            List.of(),
            Map.of(),
            1,
            figure(),
            Optional.empty());
    assertThat(found.markdown().lines().toList().get(2)).startsWith("| \\|e\\| at home | -75.25 ");
  }
}
