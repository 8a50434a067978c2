package dev.retort.env.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.random.RandomStream;
import org.junit.jupiter.api.Test;

class AngleTest {
  private final RandomStream random = RandomStream.of(11, "angle test");

  @Test
  void sineAndCosineAreRightToTheLastBits() {
    double largest = 0;
    for (int i = 0; i < 300_000; i++) {
      double range = new double[] {0.8, 4, 100, 9e4}[i & 3];
      double x = (2 * random.nextDouble() - 1) * range;
      largest = Math.max(largest, Math.abs(Angle.sin(x) - StrictMath.sin(x)));
      largest = Math.max(largest, Math.abs(Angle.cos(x) - StrictMath.cos(x)));
    }
    assertThat(largest).isGreaterThan(0).isLessThan(2.3e-16);
  }

  @Test
  void quarterTurnsAndTheirNeighborsAreRight() {
    for (int quarter = -4000; quarter <= 4000; quarter++) {
      double x = quarter * (Math.PI / 2);
      for (double near : new double[] {x, Math.nextUp(x), x - 1e-9, x + Math.PI / 4}) {
        assertThat(Angle.sin(near)).isCloseTo(StrictMath.sin(near), within(2.3e-16));
        assertThat(Angle.cos(near)).isCloseTo(StrictMath.cos(near), within(2.3e-16));
      }
    }
  }

  @Test
  void whatIsHugeOrNoNumberIsLeftToTheLibrary() {
    for (double x : new double[] {1e5, -3e7, 1e300, Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertThat(Angle.sin(x)).isEqualTo(Double.valueOf(StrictMath.sin(x)));
      assertThat(Angle.cos(x)).isEqualTo(Double.valueOf(StrictMath.cos(x)));
    }
  }

  @Test
  void directionsAreWrappedAsPythonDoes() {
    assertThat(Angle.wrapped(Math.PI)).isEqualTo(-Math.PI);
    assertThat(Angle.wrapped(-Math.PI)).isEqualTo(-Math.PI);
    assertThat(Angle.wrapped(3 * Math.PI / 2)).isCloseTo(-Math.PI / 2, within(1e-15));
    assertThat(Angle.wrapped(-40.5)).isCloseTo(-40.5 + 12 * Math.PI, within(1e-14));
    assertThat(Angle.wrapped(0.25)).isEqualTo(0.25);
  }
}
