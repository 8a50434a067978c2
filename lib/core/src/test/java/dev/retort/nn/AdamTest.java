package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdamTest {
  private static final int SIZE = 20;

  @Test
  void fiveHundredStepsFollowTheDoublePrecisionVersion() {
    RandomStream random = RandomStream.of(1, "adam");
    Adam adam = new Adam(SIZE, 1e-8);
    float[] parameters = new float[SIZE];
    double[] expected = new double[SIZE];
    double[] m = new double[SIZE];
    double[] v = new double[SIZE];
    for (int t = 1; t <= 500; t++) {
      float[] gradients = gradients(random);
      double rate = 0.01 * (1 - t / 600.0);
      adam.step(parameters, gradients, rate);
      for (int i = 0; i < SIZE; i++) {
        m[i] = 0.9 * m[i] + (1 - 0.9) * gradients[i];
        v[i] = 0.999 * v[i] + (1 - 0.999) * Math.pow(gradients[i], 2);
        double mHat = m[i] / (1 - Math.pow(0.9, t));
        double vHat = v[i] / (1 - Math.pow(0.999, t));
        expected[i] -= rate * mHat / (Math.sqrt(vHat) + 1e-8);
      }
      for (int i = 0; i < SIZE; i++) {
        assertThat((double) parameters[i])
            .as("parameter %d after step %d", i, t)
            .isCloseTo(expected[i], within(1e-6 + 2e-5 * Math.abs(expected[i])));
      }
    }
  }

  @Test
  void theFirstStepIsTheLearningRateWhateverTheGradient() {
    for (float gradient : new float[] {1e-3f, 1, 1e6f, -5}) {
      float[] parameters = new float[1];
      new Adam(1, 1e-8).step(parameters, new float[] {gradient}, 0.1);
      assertThat(parameters[0]).isCloseTo(-0.1f * Math.signum(gradient), within(1e-5f));
    }
  }

  @Test
  void aRestoredOptimizerGoesOnBitForBit() {
    RandomStream random = RandomStream.of(2, "adam");
    Adam adam = new Adam(SIZE, 1e-5);
    float[] parameters = new float[SIZE];
    for (int t = 0; t < 37; t++) {
      adam.step(parameters, gradients(random), 0.01);
    }
    Adam other = new Adam(SIZE, 1e-5);
    other.restore(adam.save());
    float[] copy = parameters.clone();
    for (int t = 0; t < 100; t++) {
      float[] gradients = gradients(random);
      adam.step(parameters, gradients, 0.01);
      other.step(copy, gradients, 0.01);
    }
    assertThat(copy).containsExactly(parameters);
  }

  @Test
  void whatWasSavedDoesNotChangeWithLaterSteps() {
    Adam adam = new Adam(1, 1e-8);
    float[] parameters = new float[1];
    adam.step(parameters, new float[] {1}, 0.1);
    float[] m = adam.save().floats("m");
    float before = m[0];
    adam.step(parameters, new float[] {5}, 0.1);
    assertThat(m).containsExactly(before);
  }

  private static float[] gradients(RandomStream random) {
    float[] gradients = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      // Scales from 1e-4 to 1e4: each parameter has its own.
      gradients[i] = (float) (random.nextGaussian() * Math.pow(10, i % 9 - 4));
    }
    return gradients;
  }

  @Test
  void membersWithStepSizesOfTheirOwnMoveAsEachDoesAlone() {
    double[] rates = {0.01, 0.003};
    long[] seeds = {3, 4};
    float[] x = {0.1f, -0.4f, 0.7f, 0.2f, 0.5f, -0.3f, -0.6f, 0.9f};
    float[] slopes = {1, -2, 0.5f, 3};
    Blueprint blueprint =
        new Blueprint(Mlp.of(5), List.of(2), List.of(Output.of("value", 1)), Trunk.SHARED);
    try (Network together = Network.of(blueprint, Initialization.ORTHOGONAL, seeds)) {
      Descent all = new Descent(together, 1e-8, 0.5);
      for (int step = 0; step < 3; step++) {
        together.forward(x, 2, Rows.PER_MEMBER, new float[4]);
        all.step(slopes, rates, step);
      }
      for (int member = 0; member < 2; member++) {
        try (Network alone = Network.of(blueprint, Initialization.ORTHOGONAL, seeds[member])) {
          Descent one = new Descent(alone, 1e-8, 0.5);
          for (int step = 0; step < 3; step++) {
            alone.forward(
                Arrays.copyOfRange(x, 4 * member, 4 * member + 4),
                2,
                Rows.PER_MEMBER,
                new float[2]);
            one.step(Arrays.copyOfRange(slopes, 2 * member, 2 * member + 2), rates[member], step);
          }
          assertThat(together.member(member)).isEqualTo(alone.member(0));
        }
      }
    }
  }
}
