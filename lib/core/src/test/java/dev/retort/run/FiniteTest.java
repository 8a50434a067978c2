package dev.retort.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FiniteTest {
  @Test
  void theFirstNumberThatIsNotFiniteIsNamedWhereverItStands() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int at = 1; at < 11; at++) {
        float[] floats = new float[12];
        floats[at] = bad;
        double[] doubles = new double[12];
        doubles[at] = bad;
        assertThatThrownBy(() -> Finite.require(floats, 1, 11, "loss", 7))
            .isInstanceOf(DivergedException.class)
            .hasMessageStartingWith(
                "step 7: expected finite numbers in 'loss', got %s at index %s.", bad, at)
            .hasFieldOrPropertyWithValue("index", at)
            .hasFieldOrPropertyWithValue("step", 7L)
            .hasFieldOrPropertyWithValue("quantity", "loss");
        assertThatThrownBy(() -> Finite.require(doubles, 1, 11, "loss", 7))
            .isInstanceOf(DivergedException.class)
            .hasFieldOrPropertyWithValue("index", at);
      }
    }
  }

  @Test
  void finiteNumbersAndWhatLiesOutsideTheRangePass() {
    float[] floats = {
      Float.NaN, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -0f, Float.NaN
    };
    double[] doubles = {Double.NaN, Double.MAX_VALUE, -Double.MAX_VALUE, 0, Double.NaN};
    assertThatCode(() -> Finite.require(floats, 1, 5, "loss", 1)).doesNotThrowAnyException();
    assertThatCode(() -> Finite.require(doubles, 1, 4, "loss", 1)).doesNotThrowAnyException();
    assertThatCode(() -> Finite.require(floats, 0, 0, "loss", 1)).doesNotThrowAnyException();
  }
}
