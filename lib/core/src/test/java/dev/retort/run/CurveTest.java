package dev.retort.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CurveTest {
  @Test
  void theReturnIsShownOrElseTheFirstColumnThatHasANumber() {
    Curve curve = new Curve("loss", "disagreement", "return");
    assertThat(curve.shown()).isEmpty();
    curve.add(1, 0, Double.NaN, Double.NaN, Double.NaN);
    assertThat(curve.shown()).isEmpty();
    curve.add(2, 0, Double.NaN, 0.5, Double.NaN);
    assertThat(curve.shown()).contains("disagreement");
    curve.add(3, 0, 2, 0.5, Double.NaN);
    assertThat(curve.shown()).contains("loss");
    curve.add(4, 0, 2, 0.5, -100);
    assertThat(curve.shown()).contains("return");
  }

  @Test
  void whereNothingIsAReturnTheFirstColumnIsShown() {
    Curve curve = new Curve("loss");
    curve.add(1, 0, 3);
    assertThat(curve.shown()).contains("loss");
    assertThat(new Curve().shown()).isEmpty();
  }
}
