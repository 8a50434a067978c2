package dev.retort.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Additions and multiplications are counted as products are computed by hand. */
class ArithmeticTest {
  @Test
  void everyProductIsCounted() {
    Arithmetic small = Arithmetic.of(2, 3, 4, 1);
    assertThat(small.forward()).isEqualTo(multiplyAndAdd(2, 3, 4) + multiplyAndAdd(2, 4, 1));
    double toWeights = multiplyAndAdd(3, 2, 4) + multiplyAndAdd(4, 2, 1);
    double toHidden = multiplyAndAdd(2, 1, 4);
    assertThat(small.backward()).isEqualTo(toWeights + toHidden);
    double toInputs = multiplyAndAdd(2, 4, 3);
    assertThat(small.ascent()).isEqualTo(small.forward() + toHidden + toInputs);
    assertThat(small.update()).isEqualTo(small.forward() + small.backward());
  }

  /** Counts while it multiplies {@code (n, m) x (m, k)}. */
  private static int multiplyAndAdd(int n, int m, int k) {
    int count = 0;
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < k; column++) {
        for (int i = 0; i < m; i++) {
          count += 2;
        }
      }
    }
    return count;
  }

  @Test
  void theActorOfTd3LearnsEveryOtherTimeAndFromTheFirstCriticAlone() {
    double difference = UpdateBench.arithmetic("sac") - UpdateBench.arithmetic("td3");
    Arithmetic critic = Arithmetic.of(256, 4, 256, 256, 1);
    Arithmetic actor = Arithmetic.of(256, 3, 256, 256, 1);
    double spared = 1.5 * critic.ascent() + actor.update() / 2;
    assertThat(difference / spared).isBetween(1.0, 1.01);
  }
}
