package dev.retort.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.evaluate.Estimate;
import dev.retort.evaluate.Interval;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.paper.Finding;
import dev.retort.paper.Findings;
import dev.retort.paper.Registered;
import dev.retort.paper.Reproduction;
import dev.retort.paper.Scale;
import dev.retort.paper.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReproduceTest {
  @ParameterizedTest
  @CsvSource({"1, table-1", "2, table-2", "3, table-3", "fig5, figure-5"})
  void tablesAreChosenByTheirNumber(String table, String part) {
    assertThat(Reproduce.part("", table)).isEqualTo(part);
    String explained = Reproduction.of("ensembles").set("only", part).explain();
    assertThat(explained).startsWith(part + "\n");
    assertThat(explained.split("\n", -1))
        .filteredOn(line -> line.startsWith("table-"))
        .hasSizeLessThan(2);
  }

  @Test
  void withoutATableTheWordsCount() {
    assertThat(Reproduce.part("Acrobot,Pendulum", "")).isEqualTo("Acrobot,Pendulum");
  }

  @Test
  void aTableAndWordsTogetherAreRefused() {
    assertThat(Reproduce.part("", "")).isEqualTo("all");
    assertThatThrownBy(() -> Reproduce.part("table-1", "fig5"))
        .hasMessage(
            "reproduce: expected --table or --only, got both. Say --only figure-5,table-1 for all"
                + " of them.");
  }

  @Test
  void whatHasAVerdictIsPrintedWithItsWholeName() {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String name = "a name that is long enough to be cut in a box of eighty columns, number " + i;
      boolean judged = i % 20 == 19;
      findings.add(
          new Finding(
              name,
              "return",
              new Estimate(i, new Interval(i - 1, i + 1)),
              OptionalDouble.empty(),
              judged ? Optional.of(Finding.Criterion.judged("≥ 30", i > 30)) : Optional.empty(),
              List.of(1.0),
              Map.of()));
    }
    Lines figure = Lines.of("t", "x", "y", Line.of("a", new double[] {0}, new double[] {0}));
    Findings all =
        new Findings(
            "s",
            "A study",
            Scale.CPU,
            findings,
            List.of("A note."),
            Map.of(),
            2,
            figure,
            Optional.empty());
    assertThat(FindingLines.of(all).lines())
        .hasSize(6)
        .contains("and 38 numbers in the table that no verdict hangs on", "A note.")
        .anyMatch(line -> line.matches("  a name .* columns, number 19 .*  MISSED ≥ 30"))
        .anyMatch(line -> line.matches("  a name .* columns, number 39 .*  met ≥ 30"));
    assertThat(FindingLines.of(all.except("19", "39")).lines())
        .hasSize(1 + 1 + 18 + 1)
        .contains("and 20 numbers in the table");
  }

  private static Findings judged(Finding.Criterion... criteria) {
    Lines figure = Lines.of("t", "x", "y", Line.of("a", new double[] {0}, new double[] {0}));
    List<Finding> findings = new ArrayList<>();
    for (Finding.Criterion criterion : criteria) {
      findings.add(
          new Finding(
              "gain " + findings.size(),
              "return",
              new Estimate(1, Interval.NONE),
              OptionalDouble.empty(),
              Optional.of(criterion),
              List.of(1.0),
              Map.of()));
    }
    return new Findings(
        "s",
        "A study",
        Scale.CPU,
        findings,
        List.of(),
        Map.of(),
        2,
        figure,
        Optional.of(new Registered("0123456789abcdef".repeat(4), Registered.BEFORE)));
  }

  @Test
  void whatIsVoidIsPrintedWithItsReasonAndHasAStatusOfItsOwn() {
    Finding.Criterion met = Finding.Criterion.judged("> 0", true);
    Finding.Criterion missed = Finding.Criterion.judged("> 0", false);
    Finding.Criterion gated = new Finding.Criterion("> 0", Verdict.VOID, "nobody has learned");
    assertThat(Reproduce.status(judged(met, Finding.Criterion.notJudged("> 0")))).isZero();
    assertThat(Reproduce.status(judged(met, missed, gated))).isEqualTo(3);
    assertThat(Reproduce.status(judged(met, gated))).isEqualTo(4);
    assertThat(FindingLines.of(judged(met, gated)).lines())
        .contains(
            "Void, because nobody has learned: gain 1.",
            "Registration 0123456789abcdef, fixed before the runs.")
        .anyMatch(line -> line.matches("  gain 1 .* VOID > 0"));
  }
}
