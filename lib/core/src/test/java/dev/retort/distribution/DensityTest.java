package dev.retort.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.nn.Oracle;
import dev.retort.nn.Output;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DensityTest {
  private static final int AT = 2;

  /** Log-probability, entropy and divergence as a textbook writes them, in double precision. */
  private interface Textbook {
    double logProb(double[] z, float[] action);

    double entropy(double[] z);

    double divergence(double[] old, double[] z);
  }

  private record Case(Density distribution, Textbook book) {
    @Override
    public String toString() {
      return distribution.toString();
    }
  }

  static List<Case> cases() {
    return List.of(
        new Case(new Categorical(new Discrete(3)), new Softmaxes()),
        new Case(new Normal(Box.within(100, 100)), new Normals()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itEqualsItsFormulaAndCentralDifferences(Case each) {
    Density distribution = each.distribution();
    RandomStream random = RandomStream.of(8, "distributions");
    int size = distribution.size();
    for (int trial = 0; trial < 500; trial++) {
      float[] old = gaussians(random, AT + size);
      float[] z = gaussians(random, AT + size);
      float[] action = new float[4];
      distribution.draw(old, AT, random, action, 1);
      double[] x = numbers(z, size);
      double[] q = numbers(old, size);
      assertThat(distribution.logProbability(z, AT, action, 1))
          .isCloseTo(each.book().logProb(x, action), within(1e-9));
      assertThat(distribution.entropy(z, AT)).isCloseTo(each.book().entropy(x), within(1e-9));
      assertThat(distribution.divergence(old, AT, z, AT))
          .isCloseTo(each.book().divergence(q, x), within(1e-9));

      double dLogProb = random.nextGaussian();
      double dEntropy = trial % 2 == 0 ? 0 : random.nextGaussian();
      double weight = random.nextGaussian();
      float[] dz = new float[AT + size];
      distribution.addGradient(z, AT, action, 1, dLogProb, dEntropy, dz);
      distribution.addDivergenceGradient(old, AT, z, AT, weight, dz);
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
  void aSlopeByTheLogProbabilityIsThatOfAFunctionOfIt(Case each) {
    Density distribution = each.distribution();
    RandomStream random = RandomStream.of(5, "ratios");
    int size = distribution.size();
    for (int trial = 0; trial < 100; trial++) {
      float[] z = gaussians(random, AT + size);
      float[] action = new float[4];
      distribution.draw(z, AT, random, action, 1);
      double old = distribution.logProbability(z, AT, action, 1) + 0.1 * random.nextGaussian();
      float[] dz = new float[AT + size];
      distribution.addGradient(z, AT, action, 1, now -> 2 * Math.exp(now - old), 0.3, dz);
      double[] expected =
          Oracle.centralDifferences(
              numbers(z, size),
              at ->
                  2 * Math.exp(each.book().logProb(at, action) - old)
                      + 0.3 * each.book().entropy(at));
      for (int i = 0; i < size; i++) {
        assertThat((double) dz[AT + i])
            .isCloseTo(expected[i], within(2e-4 * (1 + Math.abs(expected[i]))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawnActionsHaveTheEntropyThatItSays(Case each) {
    Density distribution = each.distribution();
    RandomStream random = RandomStream.of(3, "draws");
    float[] z = gaussians(random, distribution.size());
    float[] action = new float[2];
    double sum = 0;
    int draws = 40_000;
    for (int i = 0; i < draws; i++) {
      distribution.draw(z, 0, random, action, 0);
      sum -= distribution.logProbability(z, 0, action, 0);
    }
    assertThat(sum / draws).isCloseTo(distribution.entropy(z, 0), within(0.03));
  }

  @Test
  void aProductAddsUpItsPartsAndActsForEach() {
    Group actions = Group.of("grip", new Discrete(3)).and("reach", Box.within(1, 2));
    Density product = Density.over(actions);
    Density grip = new Categorical(new Discrete(3));
    Density reach = new Normal(Box.within(1, 2));
    assertThat(Output.names(product.outputs()))
        .containsExactly("grip.logits", "reach.mean", "reach.log-deviation");
    RandomStream random = RandomStream.of(4, "product");
    float[] old = gaussians(random, 7);
    float[] z = gaussians(random, 7);
    float[] action = new float[3];
    product.draw(z, 0, random, action, 0);
    assertThat(product.logProbability(z, 0, action, 0))
        .isEqualTo(grip.logProbability(z, 0, action, 0) + reach.logProbability(z, 3, action, 1));
    assertThat(product.entropy(z, 0)).isEqualTo(grip.entropy(z, 0) + reach.entropy(z, 3));
    assertThat(product.divergence(old, 0, z, 0))
        .isEqualTo(grip.divergence(old, 0, z, 0) + reach.divergence(old, 3, z, 3));
    float[] all = new float[7];
    product.addGradient(z, 0, action, 0, 0.5, 0.25, all);
    product.addDivergenceGradient(old, 0, z, 0, 2, all);
    float[] own = new float[7];
    grip.addGradient(z, 0, action, 0, 0.5, 0.25, own);
    reach.addGradient(z, 3, action, 1, 0.5, 0.25, own);
    grip.addDivergenceGradient(old, 0, z, 0, 2, own);
    reach.addDivergenceGradient(old, 3, z, 3, 2, own);
    assertThat(all).containsExactly(own);
    float[] far = {2, 5, -5};
    product.clip(far, 0);
    assertThat(far).containsExactly(2, 1, -2);
    product.mode(new float[] {0, 3, 1, 9, -0.5f, 0, 0}, 0, far, 0);
    assertThat(far).containsExactly(1, 1, -0.5f);
  }

  @Test
  void maskedChoicesTakeNoPart() {
    Categorical three = new Categorical(new Discrete(3));
    Categorical two = new Categorical(new Discrete(2));
    float[] z = {0.3f, 9, -0.2f};
    three.mask(z, 0, new boolean[] {true, false, true});
    float[] left = {0.3f, -0.2f};
    float[] old = {1, Float.NEGATIVE_INFINITY, 0.5f};
    float[] shorter = {1, 0.5f};
    assertThat(three.entropy(z, 0)).isCloseTo(two.entropy(left, 0), within(1e-12));
    assertThat(three.divergence(old, 0, z, 0))
        .isCloseTo(two.divergence(shorter, 0, left, 0), within(1e-12));
    float[] action = {2};
    assertThat(three.logProbability(z, 0, action, 0))
        .isCloseTo(two.logProbability(left, 0, new float[] {1}, 0), within(1e-12));
    float[] dz = new float[3];
    three.addGradient(z, 0, action, 0, 1, 0.7, dz);
    three.addDivergenceGradient(old, 0, z, 0, 0.3, dz);
    float[] expected = new float[2];
    two.addGradient(left, 0, new float[] {1}, 0, 1, 0.7, expected);
    two.addDivergenceGradient(shorter, 0, left, 0, 0.3, expected);
    assertThat(dz).containsExactly(new float[] {expected[0], 0, expected[1]}, within(1e-7f));
    RandomStream random = RandomStream.of(6, "masked");
    for (int i = 0; i < 1000; i++) {
      three.draw(z, 0, random, action, 0);
      assertThat(action[0]).isNotEqualTo(1);
    }
    three.mode(z, 0, action, 0);
    assertThat(action[0]).isZero();
  }

  @Test
  void maskedNumbersTakeNoPart() {
    Normal three = new Normal(Box.within(9, 9, 9));
    Normal two = new Normal(Box.within(9, 9));
    boolean[] there = {false, true, false, true};
    float[] z = {0.3f, 9, -0.2f, 0.1f, 5, -0.4f};
    float[] old = {1, 2, 0.5f, -0.1f, 7, 0.2f};
    three.mask(z, 0, there, 1);
    three.mask(old, 0, there, 1);
    float[] left = {0.3f, -0.2f, 0.1f, -0.4f};
    float[] shorter = {1, 0.5f, -0.1f, 0.2f};
    float[] action = {0.7f, 0, -1.1f};
    float[] less = {0.7f, -1.1f};
    assertThat(three.entropy(z, 0)).isCloseTo(two.entropy(left, 0), within(1e-12));
    assertThat(three.divergence(old, 0, z, 0))
        .isCloseTo(two.divergence(shorter, 0, left, 0), within(1e-12));
    assertThat(three.logProbability(z, 0, action, 0))
        .isCloseTo(two.logProbability(left, 0, less, 0), within(1e-12));
    float[] dz = new float[6];
    three.addGradient(z, 0, action, 0, 1, 0.7, dz);
    three.addDivergenceGradient(old, 0, z, 0, 0.3, dz);
    float[] d = new float[4];
    two.addGradient(left, 0, less, 0, 1, 0.7, d);
    two.addDivergenceGradient(shorter, 0, left, 0, 0.3, d);
    assertThat(dz).containsExactly(new float[] {d[0], 0, d[1], d[2], 0, d[3]}, within(1e-7f));
    RandomStream random = RandomStream.of(6, "masked");
    RandomStream same = RandomStream.of(6, "masked");
    for (int i = 0; i < 100; i++) {
      three.draw(z, 0, random, action, 0);
      two.draw(left, 0, same, less, 0);
      assertThat(action).containsExactly(less[0], 0, less[1]);
    }
    three.mode(z, 0, action, 0);
    assertThat(action).containsExactly(0.3f, 0, -0.2f);
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
