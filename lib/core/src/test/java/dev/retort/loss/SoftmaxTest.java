package dev.retort.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.random.RandomStream;
import org.junit.jupiter.api.Test;

class SoftmaxTest {
  @Test
  void handComputedProbabilitiesHold() {
    float[] x = {9, (float) Math.log(1), (float) Math.log(2), (float) Math.log(5), 9};
    Softmax.apply(x, 1, 3, 1, x, 1);
    assertThat(x).containsExactly(new float[] {9, 0.125f, 0.25f, 0.625f, 9}, within(1e-7f));
  }

  @Test
  void temperatureDividesTheLogits() {
    float[] x = {0, (float) Math.log(4)};
    Softmax.apply(x, 0, 2, 2, x, 0);
    assertThat(x).containsExactly(new float[] {1 / 3f, 2 / 3f}, within(1e-7f));
  }

  @Test
  void largeNumbersNeitherOverflowNorLoseTheirOrder() {
    float[] x = {1e30f, 1e30f, -1e30f};
    float[] p = new float[3];
    Softmax.apply(x, 0, 3, 0.01, p, 0);
    assertThat(p).containsExactly(0.5f, 0.5f, 0);
    Softmax.apply(new float[] {1000, 1001, -1000}, 0, 3, 1, p, 0);
    assertThat(p[1] / p[0]).isCloseTo((float) Math.E, within(1e-5f));
  }

  @Test
  void everyProbabilityIsTheNearestFloatAndItsLogarithmTellsTheSame() {
    RandomStream random = RandomStream.of(5, "softmax");
    for (int trial = 0; trial < 1000; trial++) {
      double temperature = Math.exp(random.nextGaussian());
      float[] x = new float[6];
      for (int i = 0; i < x.length; i++) {
        x[i] = trial % 3 == 0 && i == 4 ? Float.NEGATIVE_INFINITY : (float) random.nextGaussian();
      }
      float[] p = new float[7];
      double logSum = Softmax.apply(x, 1, 5, temperature, p, 2);
      assertThat(logSum).isEqualTo(Softmax.logSum(x, 1, 5, temperature));
      for (int i = 0; i < 5; i++) {
        double others = 0;
        for (int k = 0; k < 5; k++) {
          others += Math.exp(((double) x[1 + k] - x[1 + i]) / temperature);
        }
        double exact = x[1 + i] == Float.NEGATIVE_INFINITY ? 0 : 1 / others;
        assertThat((double) p[2 + i]).isCloseTo(exact, within(0.500001 * Math.ulp((float) exact)));
        assertThat(Math.exp(x[1 + i] / temperature - logSum)).isCloseTo(exact, within(1e-14));
      }
      assertThat(p[0] + p[1]).isZero();
    }
  }

  @Test
  void aShareOfNothingIsNothing() {
    assertThat(Softmax.part(0, Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Softmax.part(0.25, -2)).isEqualTo(-0.5);
  }

  @Test
  void theFirstOfEqualsIsPreferred() {
    assertThat(Softmax.argmax(new float[] {5, 1, 3, 3, 2}, 1, 4)).isEqualTo(1);
    assertThat(Softmax.argmax(new float[] {0, 0}, 0, 2)).isZero();
  }
}
