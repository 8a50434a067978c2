package dev.retort.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoftmaxTest {
  @Test
  void handComputedProbabilitiesHold() {
    float[] x = {9, (float) Math.log(1), (float) Math.log(2), (float) Math.log(5), 9};
    Softmax.apply(x, 1, 3, 1, x);
    assertThat(x).containsExactly(new float[] {9, 0.125f, 0.25f, 0.625f, 9}, within(1e-7f));
  }

  @Test
  void temperatureDividesTheLogits() {
    float[] x = {0, (float) Math.log(4)};
    Softmax.apply(x, 0, 2, 2, x);
    assertThat(x).containsExactly(new float[] {1 / 3f, 2 / 3f}, within(1e-7f));
  }

  @Test
  void largeNumbersNeitherOverflowNorLoseTheirOrder() {
    float[] x = {1e30f, 1e30f, -1e30f};
    float[] p = new float[3];
    Softmax.apply(x, 0, 3, 0.01, p);
    assertThat(p).containsExactly(0.5f, 0.5f, 0);
    Softmax.apply(new float[] {1000, 1001, -1000}, 0, 3, 1, p);
    assertThat(p[1] / p[0]).isCloseTo((float) Math.E, within(1e-5f));
  }

  @Test
  void theFirstOfEqualsIsPreferred() {
    assertThat(Softmax.argmax(new float[] {5, 1, 3, 3, 2}, 1, 4)).isEqualTo(1);
    assertThat(Softmax.argmax(new float[] {0, 0}, 0, 2)).isZero();
  }
}
