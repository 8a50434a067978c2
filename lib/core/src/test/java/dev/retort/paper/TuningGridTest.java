package dev.retort.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class TuningGridTest {
  private static TuningGrid grid(Double... values) {
    return new TuningGrid("T₀", List.of(values), 3, Double.POSITIVE_INFINITY);
  }

  /** Highest at a value, and lower the further off in either direction. */
  private static DoubleUnaryOperator peak(double at) {
    return value -> -Math.abs(Math.log(value / at));
  }

  @Test
  void aBestValueWithinIsTakenAndNothingIsWidened() {
    List<Double> asked = new ArrayList<>();
    Tuned tuned =
        grid(1_000.0, 3_000.0, 10_000.0)
            .tuned(
                value -> {
                  asked.add(value);
                  return peak(2_500).applyAsDouble(value);
                });
    assertThat(tuned.best()).isEqualTo(3_000);
    assertThat(asked).containsExactly(1_000.0, 3_000.0, 10_000.0);
    assertThat(tuned.note()).isEmpty();
  }

  @Test
  void aBestValueAtTheUpperEdgeWidensTheGridByItsRatioThere() {
    Tuned tuned = grid(1_000.0, 3_000.0, 10_000.0, 30_000.0).tuned(peak(100_000));
    assertThat(tuned.scores().keySet())
        .containsExactly(1_000.0, 3_000.0, 10_000.0, 30_000.0, 90_000.0, 270_000.0);
    assertThat(tuned.best()).isEqualTo(90_000);
    assertThat(tuned.note()).contains("T₀ widened by 90,000, 270,000, best at 90,000");
  }

  @Test
  void aBestValueAtTheLowerEdgeWidensItDownwards() {
    Tuned tuned = grid(0.1, 0.3, 1.0).tuned(peak(0.04));
    assertThat(tuned.added()).containsExactly(0.033, 0.011);
    assertThat(tuned.best()).isEqualTo(0.033);
    assertThat(tuned.isAtEdge()).isFalse();
  }

  @Test
  void aGridThatMayNotBeWidenedAnyMoreSaysSo() {
    Tuned tuned = grid(1_000.0, 3_000.0).tuned(peak(1e9));
    assertThat(tuned.added()).containsExactly(9_000.0, 27_000.0, 81_000.0);
    assertThat(tuned.best()).isEqualTo(81_000);
    assertThat(tuned.note().orElseThrow())
        .endsWith("best at 81,000, which is the edge still: a better one may lie beyond");
    Tuned never =
        new TuningGrid("m", List.of(1.0, 2.0), 0, Double.POSITIVE_INFINITY).tuned(peak(3));
    assertThat(never.note().orElseThrow())
        .startsWith("m not widened, best at 2, which is the edge");
  }

  @Test
  void noValueIsBeyondWhatMeansAnythingOrBelowOneWhereAllAreWhole() {
    Tuned part = grid(0.1, 0.25, 0.5, 1.0).upTo(1).tuned(peak(4));
    assertThat(part.added()).isEmpty();
    assertThat(part.isAtEdge()).isFalse();
    Tuned count = grid(2.0, 6.0).tuned(peak(0.01));
    assertThat(count.added()).containsExactly(1.0);
    assertThat(count.best()).isEqualTo(1);
  }

  @Test
  void widenedValuesHaveTwoDigits() {
    assertThat(grid(300.0, 1_000.0).tuned(peak(1e9)).added())
        .containsExactly(3_300.0, 11_000.0, 37_000.0);
  }

  @Test
  void howOftenAGridIsWidenedStandsInTheRegistration() {
    String table = "what\tunit\tcpu\tgpu\tsays\nm\t1 2\t30 100 300\t\t\n";
    Registration fixed = Registration.of("here", table + TuningGrid.WIDENINGS + "\t1\t4\t\t\n");
    assertThat(TuningGrid.of(fixed, "m", Scale.UNIT).widenings()).isEqualTo(1);
    assertThat(TuningGrid.of(fixed, "m", Scale.CPU))
        .isEqualTo(new TuningGrid("m", List.of(30.0, 100.0, 300.0), 4, Double.POSITIVE_INFINITY))
        .hasToString("30, 100, 300");
    Registration without = Registration.of("here", table);
    assertThatThrownBy(() -> TuningGrid.of(without, "m", Scale.CPU))
        .hasMessageContaining("unknown constant of the registration 'grids: widened at most'");
  }

  @Test
  void whatHasNoOrderOrNoScoreIsRefused() {
    assertThatThrownBy(() -> grid(3.0, 1.0))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("grid 'T₀': expected at least two positive numbers in ascending");
    assertThatThrownBy(() -> grid(1.0)).isInstanceOf(RetortException.class);
    assertThatThrownBy(() -> grid(0.0, 1.0)).isInstanceOf(RetortException.class);
    assertThatThrownBy(() -> grid(1.0, 3.0).tuned(value -> Double.NaN))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected a score at 1, got NaN");
  }
}
