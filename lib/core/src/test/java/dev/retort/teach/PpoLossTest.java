package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.nn.Oracle;
import dev.retort.random.RandomStream;
import org.junit.jupiter.api.Test;

class PpoLossTest {
  private static final int N = 3;
  private static final int AT = 2;

  @Test
  void itEqualsItsFormulaAndCentralDifferencesOnBothSidesOfTheClip() {
    RandomStream random = RandomStream.of(8, "ppo loss");
    int[] seen = new int[6];
    for (int trial = 0; trial < 3000; trial++) {
      double[] z = new double[AT + N];
      float[] single = new float[AT + N];
      for (int i = 0; i < z.length; i++) {
        single[i] = (float) random.nextGaussian();
        z[i] = single[i];
      }
      int action = random.nextInt(N);
      double oldLogProb = Math.log(softmax(z)[action]) + 0.4 * random.nextGaussian();
      double advantage = random.nextGaussian();
      double clip = 0.2;
      double entropy = trial % 2 == 0 ? 0 : 0.3;
      double ratio = Math.exp(Math.log(softmax(z)[action]) - oldLogProb);
      if (Math.min(Math.abs(ratio - 0.8), Math.abs(ratio - 1.2)) < 1e-3) {
        continue; // the kink has no derivative
      }
      seen[(advantage > 0 ? 3 : 0) + (ratio < 0.8 ? 0 : ratio > 1.2 ? 2 : 1)]++;

      double value = PpoLoss.value(z, AT, N, action, oldLogProb, advantage, clip, entropy);
      assertThat(value)
          .isCloseTo(textbook(z, action, oldLogProb, advantage, clip, entropy), within(1e-12));

      double weight = 0.5;
      float[] dz = new float[AT + N];
      PpoLoss.gradient(single, AT, N, action, oldLogProb, advantage, clip, entropy, weight, dz);
      double[] expected =
          Oracle.centralDifferences(
              z, x -> weight * textbook(x, action, oldLogProb, advantage, clip, entropy));
      for (int i = 0; i < z.length; i++) {
        assertThat((double) dz[i])
            .as("ratio %s, advantage %s, entropy %s", ratio, advantage, entropy)
            .isCloseTo(expected[i], within(1e-5));
      }
    }
    assertThat(seen).as("below, within, above the clip; A < 0, A > 0").doesNotContain(0);
  }

  @Test
  void itIsFlatOnlyWhereTheRatioHasMovedTooFarInTheGoodDirection() {
    float[] z = {0, 0};
    float[] dz = new float[2];
    double half = Math.log(0.5);
    PpoLoss.gradient(z, 0, 2, 0, half - 0.5, 1, 0.2, 0, 1, dz);
    assertThat(dz).containsExactly(0, 0);
    PpoLoss.gradient(z, 0, 2, 0, half + 0.5, -1, 0.2, 0, 1, dz);
    assertThat(dz).containsExactly(0, 0);
    PpoLoss.gradient(z, 0, 2, 0, half - 0.5, -1, 0.2, 0, 1, dz);
    assertThat(dz[0]).isPositive();
    PpoLoss.gradient(z, 0, 2, 0, half + 0.5, 1, 0.2, 0, 1, dz);
    assertThat(dz[0]).isNegative();
  }

  @Test
  void theEntropyBonusPushesTowardsEvenChoices() {
    float[] z = {2, 0};
    float[] dz = new float[2];
    PpoLoss.gradient(z, 0, 2, 0, 0, 0, 0.2, 1, 1, dz);
    assertThat(dz[0]).isPositive();
    assertThat(dz[1]).isNegative();
  }

  private static double textbook(
      double[] z, int action, double oldLogProb, double advantage, double clip, double entropy) {
    double[] p = softmax(z);
    double ratio = p[action] / Math.exp(oldLogProb);
    double clipped = ratio < 1 - clip ? 1 - clip : ratio > 1 + clip ? 1 + clip : ratio;
    double h = 0;
    for (double each : p) {
      h -= each * Math.log(each);
    }
    return -Math.min(ratio * advantage, clipped * advantage) - entropy * h;
  }

  private static double[] softmax(double[] z) {
    double[] p = new double[N];
    for (int i = 0; i < N; i++) {
      double sum = 0;
      for (int j = 0; j < N; j++) {
        sum += Math.exp(z[AT + j] - z[AT + i]);
      }
      p[i] = 1 / sum;
    }
    return p;
  }
}
