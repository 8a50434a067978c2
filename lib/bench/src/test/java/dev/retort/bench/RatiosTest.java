package dev.retort.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of other programs are read, paired with ours, and refused in words. */
class RatiosTest {
  private static final Report OURS =
      new Report(
          "td3-pendulum",
          List.of(
              new Throughput("1 seed, one core", "steps/s", 300, 290, 310, 3),
              new Throughput("1 seed, one core", "µs/step", 3_000, 2_900, 3_100, 3),
              new Throughput("10 seeds together, one core", "steps/s", 350, 340, 360, 2),
              new Throughput("one of ten to one alone", "ratio", 1.2, 1, 2, 3)),
          Map.of());

  @TempDir private Path folder;

  private ForeignFigures figures(String text) throws IOException {
    return ForeignFigures.read(Files.writeString(folder.resolve("theirs.json"), text));
  }

  private static String one(String source, String name, String unit, double median) {
    return "{\"benchmark\": \"td3-pendulum\", \"source\": \"%s\", \"figures\": [{\"name\": \"%s\", \"unit\": \"%s\", \"median\": %s}]}"
        .formatted(source, name, unit, median);
  }

  private Ratios against(String text) throws IOException {
    return figures(text).against(OURS);
  }

  @Test
  void aRatioAboveOneSaysThatOursIsFasterForRatesAndTimes() throws IOException {
    String rate = one("Another 2.8", "1 seed, one core", "steps/s", 150);
    String time = one("Another 2.8", "1 seed, one core", "µs/step", 9_000);
    assertThat(against(rate + "\n" + time).rows())
        .containsExactly(
            new Ratios.Row("1 seed, one core", "steps/s", 300, 150, 2, "Another 2.8"),
            new Ratios.Row("1 seed, one core", "µs/step", 3_000, 9_000, 3, "Another 2.8"));
    assertThat(against(one("Fast", "1 seed, one core", "µs/step", 1_500)).rows().get(0).ratio())
        .isEqualTo(0.5);
  }

  @Test
  void bothSignsForMicroAreOneUnit() throws IOException {
    assertThat(against(one("Greek", "1 seed, one core", "\u03bcs/step", 6_000)).rows())
        .singleElement()
        .satisfies(row -> assertThat(row.ratio()).isCloseTo(2, Offset.offset(1e-12)));
  }

  @Test
  void whatWasMeasuredSeveralTimesCountsByItsMedianAndSourcesStayApart() throws IOException {
    String rounds =
        String.join(
            "\n\n",
            one("Another", "1 seed, one core", "steps/s", 100),
            one("Other", "1 seed, one core", "steps/s", 30),
            one("Another", "1 seed, one core", "steps/s", 120),
            one("Another", "1 seed, one core", "steps/s", 150));
    assertThat(against(rounds).rows())
        .extracting(Ratios.Row::source, Ratios.Row::theirs)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("Another", 120.0),
            org.assertj.core.groups.Tuple.tuple("Other", 30.0));
  }

  @Test
  void ourOwnJsonAListAndOneObjectOverSeveralLinesAreRead() throws IOException {
    assertThat(against(OURS.json()).rows())
        .hasSize(3)
        .allSatisfy(
            row -> {
              assertThat(row.ratio()).isEqualTo(1);
              assertThat(row.source()).isEqualTo("theirs.json");
            });
    String object = one("Another", "1 seed, one core", "steps/s", 150);
    assertThat(against("[" + object + ",\n" + object + "]").rows()).hasSize(1);
    assertThat(against(object.replace(", \"", ",\n\"")).rows()).hasSize(1);
  }

  @Test
  void whatHasNoPartnerIsSaidOnBothSides() throws IOException {
    Ratios ratios =
        against(
            one("Another", "1 seed, one core", "steps/s", 150)
                + "\n"
                + one("Another", "two seeds", "steps/s", 150));
    assertThat(ratios.alone())
        .containsExactly(
            "1 seed, one core in µs/step",
            "10 seeds together, one core in steps/s",
            "one of ten to one alone in ratio");
    assertThat(ratios.unknown()).containsExactly("two seeds of Another");
    assertThat(ratios.toString())
        .contains("without a partner there: 1 seed, one core in µs/step; 10 seeds")
        .contains("without a partner here: two seeds of Another");
  }

  @Test
  void theTableIsAligned() throws IOException {
    assertThat(
            against(
                    one("Another", "1 seed, one core", "steps/s", 150)
                        + "\n"
                        + one("Other", "10 seeds together, one core", "steps/s", 1_400))
                .toString()
                .lines())
        .startsWith(
            "td3-pendulum beside others; a ratio above 1 says that ours is faster",
            "  figure                       unit     ours  theirs  ratio  whose",
            "  1 seed, one core             steps/s   300     150   2.00  Another",
            "  10 seeds together, one core  steps/s   350   1,400   0.25  Other");
  }

  @Test
  void anotherUnitIsRefused() throws IOException {
    ForeignFigures figures = figures(one("Another", "1 seed, one core", "steps/min", 150));
    assertThatThrownBy(() -> figures.against(OURS))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "bench td3-pendulum: expected '1 seed, one core' of Another in steps/s or µs/step, got it in steps/min. Give both in the same unit.");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String text) {
    return assertThatThrownBy(() -> figures(text)).isInstanceOf(RetortException.class);
  }

  @Test
  void whatHoldsNoFiguresIsRefusedInWords() {
    String object = one("Another", "1 seed, one core", "steps/s", 150);
    assertRefused("").hasMessageContaining("got nothing.");
    assertRefused("steps a second: 3").hasMessageContaining("theirs.json', got ");
    assertRefused(object + "\nhello").hasMessageContaining("theirs.json', got ");
    assertRefused(object + "{}").hasMessageContaining("theirs.json', got ");
    assertRefused("{}").hasMessageContaining("got an object without \"benchmark\" or \"figures\".");
    assertRefused("[null]").hasMessageContaining("got an object without");
    assertRefused(object.replace("\"unit\"", "\"units\""))
        .hasMessageContaining("got a figure without \"name\" or \"unit\".");
    assertRefused(object.replace("150.0", "0"))
        .hasMessageContaining("got a median of 0.0 of '1 seed, one core', where one above 0");
    assertRefused(object.replace("150.0", "\"fast\"")).hasMessageContaining("theirs.json', got ");
    assertThatThrownBy(() -> ForeignFigures.read(folder.resolve("missing.json")))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("bench: expected figures such as {\"benchmark\": \"td3-pendulum\"")
        .hasMessageContaining("missing.json', got nothing. What ./retort bench NAME --json prints");
  }
}
