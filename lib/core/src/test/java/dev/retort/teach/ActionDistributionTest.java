package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.nn.Oracle;
import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActionDistributionTest {
  private static final int AT = 2;

  /** Log-probability, entropy and divergence as a textbook writes them, in double precision. */
  private interface Textbook {
    double logProb(double[] z, float[] action);

    double entropy(double[] z);

    double divergence(double[] old, double[] z);
  }

  private record Case(ActionDistribution distribution, Textbook book) {
    @Override
    public String toString() {
      return distribution.toString();
    }
  }

  static List<Case> cases() {
    return List.of(
        new Case(new Categorical(3), new Softmaxes()), new Case(new Gaussian(2), new Normals()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itEqualsItsFormulaAndCentralDifferences(Case each) {
    ActionDistribution distribution = each.distribution();
    RandomStream random = RandomStream.of(8, "distributions");
    int size = distribution.size();
    for (int trial = 0; trial < 500; trial++) {
      float[] old = gaussians(random, AT + size);
      float[] z = gaussians(random, AT + size);
      float[] action = new float[4];
      distribution.sample(old, AT, random, action, 1);
      double[] x = numbers(z, size);
      double[] q = numbers(old, size);
      assertThat(distribution.logProb(z, AT, action, 1))
          .isCloseTo(each.book().logProb(x, action), within(1e-9));
      assertThat(distribution.entropy(z, AT)).isCloseTo(each.book().entropy(x), within(1e-9));
      assertThat(distribution.divergence(old, AT, z, AT))
          .isCloseTo(each.book().divergence(q, x), within(1e-9));

      double dLogProb = random.nextGaussian();
      double dEntropy = trial % 2 == 0 ? 0 : random.nextGaussian();
      double weight = random.nextGaussian();
      float[] dz = new float[AT + size];
      distribution.chain(z, AT, action, 1, dLogProb, dEntropy, dz);
      distribution.chainDivergence(old, AT, z, AT, weight, dz);
      double[] expected =
          Oracle.centralDifferences(
              x,
              at ->
                  dLogProb * each.book().logProb(at, action)
                      + dEntropy * each.book().entropy(at)
                      + weight * each.book().divergence(q, at));
      for (int i = 0; i < size; i++) {
        assertThat((double) dz[AT + i])
            .isCloseTo(expected[i], within(2e-4 * (1 + Math.abs(expected[i]))));
      }
      assertThat(Arrays.copyOf(dz, AT)).containsOnly(0);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawnActionsHaveTheEntropyThatItSays(Case each) {
    ActionDistribution distribution = each.distribution();
    RandomStream random = RandomStream.of(3, "draws");
    float[] z = gaussians(random, distribution.size());
    float[] action = new float[2];
    double sum = 0;
    int draws = 40_000;
    for (int i = 0; i < draws; i++) {
      distribution.sample(z, 0, random, action, 0);
      sum -= distribution.logProb(z, 0, action, 0);
    }
    assertThat(sum / draws).isCloseTo(distribution.entropy(z, 0), within(0.03));
  }

  @Test
  void theSurrogateIsFlatOnlyWhereTheRatioHasMovedTooFarInTheGoodDirection() {
    assertThat(PpoLearner.clippedSlope(1.3, 1, 0.2)).isZero();
    assertThat(PpoLearner.clippedSlope(0.7, -1, 0.2)).isZero();
    assertThat(PpoLearner.clippedSlope(1.3, -2, 0.2)).isEqualTo(2.6);
    assertThat(PpoLearner.clippedSlope(0.7, 2, 0.2)).isEqualTo(-1.4);
    RandomStream random = RandomStream.of(5, "surrogate");
    for (int trial = 0; trial < 2000; trial++) {
      double logRatio = 0.4 * random.nextGaussian();
      double advantage = random.nextGaussian();
      double ratio = Math.exp(logRatio);
      if (Math.min(Math.abs(ratio - 0.8), Math.abs(ratio - 1.2)) < 1e-3) {
        continue; // the kink has no derivative
      }
      double[] expected =
          Oracle.centralDifferences(
              new double[] {logRatio}, x -> surrogate(Math.exp(x[0]), advantage));
      assertThat(PpoLearner.clippedSlope(ratio, advantage, 0.2))
          .isCloseTo(expected[0], within(1e-6));
    }
  }

  private static double surrogate(double ratio, double advantage) {
    double clipped = ratio < 0.8 ? 0.8 : ratio > 1.2 ? 1.2 : ratio;
    return -Math.min(ratio * advantage, clipped * advantage);
  }

  private static float[] gaussians(RandomStream random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (0.7 * random.nextGaussian());
    }
    return values;
  }

  private static double[] numbers(float[] z, int size) {
    double[] numbers = new double[size];
    Arrays.setAll(numbers, i -> z[AT + i]);
    return numbers;
  }

  private static final class Softmaxes implements Textbook {
    private static double[] p(double[] z) {
      double[] p = new double[z.length];
      for (int i = 0; i < z.length; i++) {
        double sum = 0;
        for (double other : z) {
          sum += Math.exp(other - z[i]);
        }
        p[i] = 1 / sum;
      }
      return p;
    }

    @Override
    public double logProb(double[] z, float[] action) {
      return Math.log(p(z)[(int) action[1]]);
    }

    @Override
    public double entropy(double[] z) {
      return Arrays.stream(p(z)).map(p -> -p * Math.log(p)).sum();
    }

    @Override
    public double divergence(double[] old, double[] z) {
      double sum = 0;
      for (int i = 0; i < z.length; i++) {
        sum += p(old)[i] * Math.log(p(old)[i] / p(z)[i]);
      }
      return sum;
    }
  }

  private static final class Normals implements Textbook {
    @Override
    public double logProb(double[] z, float[] action) {
      double product = 1;
      for (int i = 0; i < 2; i++) {
        double sigma = Math.exp(z[2 + i]);
        double u = (action[1 + i] - z[i]) / sigma;
        product *= Math.exp(-u * u / 2) / (sigma * Math.sqrt(2 * Math.PI));
      }
      return Math.log(product);
    }

    @Override
    public double entropy(double[] z) {
      return Math.log(2 * Math.PI * Math.E) + z[2] + z[3];
    }

    @Override
    public double divergence(double[] old, double[] z) {
      double sum = 0;
      for (int i = 0; i < 2; i++) {
        double s0 = Math.exp(old[2 + i]);
        double s1 = Math.exp(z[2 + i]);
        double shift = old[i] - z[i];
        sum += Math.log(s1 / s0) + (s0 * s0 + shift * shift) / (2 * s1 * s1) - 0.5;
      }
      return sum;
    }
  }
}
