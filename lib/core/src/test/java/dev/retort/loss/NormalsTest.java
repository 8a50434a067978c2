package dev.retort.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.distribution.Categorical;
import dev.retort.distribution.Density;
import dev.retort.distribution.Normal;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import org.junit.jupiter.api.Test;

/** What a learner maximizes and what a student minimizes are the same numbers. */
class NormalsTest {
  private static final int K = 3;

  @Test
  void theDivergenceOfADistributionIsTheLossOfItsRowAndTheReverseOneWithTheRolesExchanged() {
    Density normal = new Normal(Box.within(1, 1, 1));
    RandomStream random = RandomStream.of(2, "rows");
    for (int trial = 0; trial < 200; trial++) {
      float[] old = row(random, 2 * K);
      float[] z = row(random, 2 * K);
      same(normal, new NormalKl(), old, z, 1e-6);
      double reverse = normal.divergence(z, 0, old, 0);
      assertThat(new ReverseNormalKl().of(z, old)).isCloseTo(reverse, within(1e-6 * (1 + reverse)));
    }
  }

  @Test
  void theDivergenceOfChoicesIsTheLossOfTheirRow() {
    Density choices = new Categorical(new Discrete(K));
    RandomStream random = RandomStream.of(3, "rows");
    for (int trial = 0; trial < 200; trial++) {
      same(choices, new Kl(1), row(random, K), row(random, K), 1e-6);
    }
  }

  private static void same(
      Density density, Distance loss, float[] old, float[] z, double tolerance) {
    double divergence = density.divergence(old, 0, z, 0);
    assertThat(loss.of(z, old)).isCloseTo(divergence, within(tolerance * (1 + divergence)));
    float[] dz = new float[z.length];
    density.addDivergenceGradient(old, 0, z, 0, 1, dz);
    for (int i = 0; i < z.length; i++) {
      assertThat((double) loss.gradient(z, old)[i])
          .isCloseTo(dz[i], within(2e-6 * (1 + Math.abs(dz[i]))));
    }
  }

  @Test
  void theLogProbabilityIsTheLikelihoodThatIsMinimizedToTheLastDigits() {
    Density normal = new Normal(Box.within(9, 9, 9));
    RandomStream random = RandomStream.of(4, "rows");
    for (int trial = 0; trial < 200; trial++) {
      float[] z = row(random, 2 * K);
      float[] action = row(random, K);
      double expected = -normal.logProbability(z, 0, action, 0);
      assertThat(new NormalNll().of(z, action)).isCloseTo(expected, within(1e-12));
      float[] dz = new float[z.length];
      normal.addGradient(z, 0, action, 0, -1, 0, dz);
      assertThat(new NormalNll().gradient(z, action)).containsExactly(dz);
    }
  }

  private static float[] row(RandomStream random, int n) {
    float[] row = new float[n];
    for (int i = 0; i < n; i++) {
      row[i] = (float) (0.7 * random.nextGaussian());
    }
    return row;
  }
}
