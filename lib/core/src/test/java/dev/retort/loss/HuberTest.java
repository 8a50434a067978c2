package dev.retort.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.nn.Oracle;
import org.junit.jupiter.api.Test;

class HuberTest {
  @Test
  void itIsQuadraticWithinOneAndLinearBeyond() {
    assertThat(Huber.value(0)).isZero();
    assertThat(Huber.value(0.5)).isEqualTo(0.125);
    assertThat(Huber.value(-1)).isEqualTo(0.5);
    assertThat(Huber.value(3)).isEqualTo(2.5);
    assertThat(Huber.value(-1000)).isEqualTo(999.5);
  }

  @Test
  void itsSlopeEqualsCentralDifferences() {
    for (double error = -3.05; error < 3.1; error += 0.1) {
      double[] slope = Oracle.centralDifferences(new double[] {error}, x -> Huber.value(x[0]));
      assertThat(Huber.slope(error)).isCloseTo(slope[0], within(1e-5));
    }
  }

  @Test
  void itHidesNoNaN() {
    assertThat(Huber.value(Double.NaN)).isNaN();
    assertThat(Huber.slope(Double.NaN)).isNaN();
  }
}
