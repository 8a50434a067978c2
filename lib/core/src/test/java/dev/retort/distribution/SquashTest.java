package dev.retort.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.retort.RetortException;
import dev.retort.nn.Oracle;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SquashTest {
  private static final Box ACTIONS =
      new Box(List.of(-2f, 0f, -1000f), List.of(2f, 1f, 0.001f), List.of(3));

  @Test
  void numbersComeToLieBetweenTheBounds() {
    float[] values = {0, 0, 0, 100, 100, 100, -100, -100, -100};
    for (int row = 0; row < 3; row++) {
      Squash.into(ACTIONS).applyRow(values, 3 * row);
    }
    assertThat(values).startsWith(0, 0.5f);
    assertThat(values[2]).isCloseTo(-499.9995f, within(1e-4f));
    assertThat(values).endsWith(2, 1, 0.001f, -2, 0, -1000);
  }

  @Test
  void roundingNeverLeadsOutOfTheBounds() {
    RandomStream random = RandomStream.of(1, "squash");
    for (int trial = 0; trial < 20_000; trial++) {
      float low = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(6)));
      float high = low + (float) Math.abs(random.nextGaussian() * Math.pow(10, random.nextInt(6)));
      Box box = Box.of(low, high, 1);
      float[] value = {(float) (20 * random.nextGaussian())};
      Squash.into(box).applyRow(value, 0);
      assertThat(box.contains(value, 0)).as("%s in %s..%s", value[0], low, high).isTrue();
    }
  }

  @Test
  void itsSlopeIsThatOfTheHyperbolicTangentAlsoWhereItIsNearlyFlat() {
    double[] z = {-2, -0.3, 0, 0.7, 3};
    double[] slopes = Oracle.centralDifferences(z, x -> Arrays.stream(x).map(Math::tanh).sum());
    for (int i = 0; i < z.length; i++) {
      assertThat(Squash.slope(Math.tanh(z[i]))).isCloseTo(slopes[i], within(1e-7));
    }
    assertThat(Squash.slope(1 - 1e-15)).isCloseTo(2e-15, withinPercentage(12));
    assertThat(Squash.slope(-1)).isZero();
  }

  @Test
  void theChainRuleEqualsCentralDifferences() {
    RandomStream random = RandomStream.of(2, "squash");
    Squash squash = Squash.into(ACTIONS);
    for (int trial = 0; trial < 50; trial++) {
      double[] z = new double[6];
      float[] actions = new float[6];
      float[] derivatives = new float[6];
      float[] above = new float[6];
      for (int i = 0; i < 6; i++) {
        z[i] = random.nextGaussian();
        actions[i] = (float) z[i];
        above[i] = derivatives[i] = (float) random.nextGaussian();
      }
      double[] expected =
          Oracle.centralDifferences(
              z,
              x -> {
                double sum = 0;
                for (int i = 0; i < 6; i++) {
                  double low = ACTIONS.low().get(i % 3);
                  double high = ACTIONS.high().get(i % 3);
                  sum += 0.25 * above[i] * (low + (Math.tanh(x[i]) + 1) / 2 * (high - low));
                }
                return sum;
              });
      for (int at = 0; at < 6; at += 3) {
        squash.applyRow(actions, at);
        squash.chainRow(actions, derivatives, at, 0.25);
      }
      for (int i = 0; i < 6; i++) {
        assertThat((double) derivatives[i])
            .isCloseTo(expected[i], within(1e-5 * (1 + Math.abs(expected[i])) * 2));
      }
    }
  }

  @Test
  void anActionWithNoFreedomHasNoSlope() {
    Squash squash = Squash.into(Box.of(3, 3, 1));
    float[] action = {0.7f};
    float[] derivative = {5};
    squash.applyRow(action, 0);
    squash.chainRow(action, derivative, 0, 1);
    assertThat(action).containsExactly(3);
    assertThat(derivative).containsExactly(0);
  }

  @Test
  void withoutSquashingNothingChanges() {
    float[] values = {1, -7};
    Squash.none().applyRow(values, 0);
    Squash.none().chainRow(values, values, 0, 0.5);
    assertThat(values).containsExactly(1, -7);
  }

  @Test
  void unboundedAndDiscreteActionsAreRefused() {
    assertThatThrownBy(() -> Squash.into(Box.of(0, Float.POSITIVE_INFINITY, 1)))
        .isInstanceOf(RetortException.class)
        .hasMessage("squash: expected bounded actions, got 0.0..Infinity.");
    assertThatThrownBy(() -> Squash.into(new Discrete(3)))
        .isInstanceOf(RetortException.class)
        .hasMessage("squash: expected continuous actions, got 3 choices.");
  }
}
