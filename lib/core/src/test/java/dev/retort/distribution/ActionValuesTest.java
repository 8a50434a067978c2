package dev.retort.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.nn.Oracle;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ActionValuesTest {
  private static final ActionValues DUELING = ActionValues.dueling(new Discrete(3));

  @Test
  void duelingValuesAreTheStatesValueAndTheAdvantagesAboutTheirMean() {
    float[] out = {1, 2, 6, 10, -1, 0, 1, 0};
    DUELING.combine(out, 2);
    assertThat(Arrays.copyOf(out, 6)).containsExactly(8, 9, 13, -1, 0, 1);
  }

  @Test
  void theBackwardPassEqualsCentralDifferences() {
    RandomStream random = RandomStream.of(1, "dueling");
    double[] z = new double[8];
    float[] d = new float[8];
    for (int i = 0; i < 8; i++) {
      z[i] = random.nextGaussian();
      d[i] = i < 6 ? (float) random.nextGaussian() : 0;
    }
    float[] weights = d.clone();
    double[] expected =
        Oracle.centralDifferences(
            z,
            x -> {
              double sum = 0;
              for (int i = 0; i < 6; i++) {
                int row = i / 3;
                double mean = (x[4 * row] + x[4 * row + 1] + x[4 * row + 2]) / 3;
                sum += weights[i] * (x[4 * row + 3] + x[4 * row + i % 3] - mean);
              }
              return sum;
            });
    DUELING.spread(d, 2);
    for (int i = 0; i < 8; i++) {
      assertThat((double) d[i]).isCloseTo(expected[i], within(1e-5));
    }
  }

  @Test
  void plainValuesStayAsTheyAre() {
    ActionValues plain = new ActionValues(new Discrete(2));
    float[] z = {1, 2, 3, 4};
    plain.combine(z, 2);
    plain.spread(z, 2);
    assertThat(z).containsExactly(1, 2, 3, 4);
    float[] p = new float[2];
    plain.probabilities(z, 2, p, 0);
    assertThat(p).containsExactly(0, 1);
  }
}
