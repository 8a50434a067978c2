package dev.retort.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.nn.Oracle;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SquashedNormalTest {
  private static final int K = 2;
  private final SquashedNormal distribution = new SquashedNormal(Box.within(2, 3));

  @Test
  void itEqualsItsFormulaAndCentralDifferencesAlongWhatWasDrawn() {
    RandomStream random = RandomStream.of(1, "squashed");
    for (int trial = 0; trial < 300; trial++) {
      float[] z = new float[2 * 2 * K];
      for (int i = 0; i < z.length; i++) {
        z[i] = (float) (0.4 * random.nextGaussian());
      }
      float[] epsilon = new float[2 * K];
      float[] t = new float[2 * K];
      double logProb = distribution.draw(z, 2 * K, random, epsilon, t, K);
      double[] numbers = new double[2 * K];
      Arrays.setAll(numbers, i -> z[2 * K + i]);
      assertThat(logProb).isCloseTo(logProb(numbers, epsilon), within(1e-9));
      double weight = random.nextGaussian();
      double[] slope = {random.nextGaussian(), random.nextGaussian()};
      float[] dt = {0, 0, (float) slope[0], (float) slope[1]};
      float[] dz = new float[z.length];
      distribution.chain(z, 2 * K, epsilon, dt, K, weight, dz);
      double[] expected =
          Oracle.centralDifferences(
              numbers,
              x -> {
                double sum = weight * logProb(x, epsilon);
                for (int i = 0; i < K; i++) {
                  sum += slope[i] * Math.tanh(x[i] + Math.exp(x[K + i]) * epsilon[K + i]);
                }
                return sum;
              });
      for (int i = 0; i < 2 * K; i++) {
        assertThat((double) dz[2 * K + i])
            .isCloseTo(expected[i], within(1e-4 * (1 + Math.abs(expected[i]))));
        assertThat(dz[i]).isZero();
      }
    }
  }

  @Test
  void farOutItStaysFiniteAndWidthsBeyondTheirLimitsHaveNoSlope() {
    float[] z = {80, -80, 5, -30};
    float[] epsilon = new float[K];
    float[] t = new float[K];
    double logProb = distribution.draw(z, 0, RandomStream.of(2, "far"), epsilon, t, 0);
    assertThat(logProb).isFinite();
    float[] dz = new float[4];
    distribution.chain(z, 0, epsilon, new float[K], 0, 1, dz);
    assertThat(dz[2]).isZero();
    assertThat(dz[3]).isZero();
  }

  private static double logProb(double[] z, float[] epsilon) {
    double density = 1;
    for (int i = 0; i < K; i++) {
      double sigma = Math.exp(z[K + i]);
      double e = epsilon[K + i];
      double t = Math.tanh(z[i] + sigma * e);
      density *= Math.exp(-e * e / 2) / (sigma * Math.sqrt(2 * Math.PI)) / (1 - t * t);
    }
    return Math.log(density);
  }
}
