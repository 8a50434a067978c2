package dev.retort.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where gradient descent on one state leads: what a student learns who can learn everything. */
class MinimizerTest {
  private static final float[] VALUES = {0.2f, 1.1f, -0.7f, 1.0f};
  private static final double[] START = {0.5, -0.5, 0.25, 0};

  @ParameterizedTest
  @CsvSource({
    "kl:0.5, 0.5",
    "kl:1, 1",
    "kl:5, 5",
    "cross-entropy:0.5, 0.5",
    "reverse-kl:0.5, 0.5",
    "reverse-kl:1, 1",
    "jensen-shannon:0.5, 0.5",
    "probability-mse, 1"
  })
  void divergencesLeadToTheTeachersDistribution(String name, double temperature) {
    double[] z = descend(name, 1, 20_000, VALUES);
    double[] expected = Formulas.softmax(doubles(VALUES), temperature);
    assertThat(Formulas.softmax(z, 1)).containsExactly(expected, within(1e-3));
    assertThat(Formulas.softmax(START, 1)[1]).isNotCloseTo(expected[1], within(0.1));
  }

  @Test
  void sharpenedTeachersLeadToTheirBestChoice() {
    // 0.1 apart at temperature 0.01 is a factor of exp 10.
    double[] q = Formulas.softmax(descend("kl:0.01", 1, 20_000, VALUES), 1);
    assertThat(q[1]).isGreaterThan(0.999);
  }

  @Test
  void negativeLogLikelihoodLeadsToTheBestChoiceAndCloningToTheTakenOne() {
    assertThat(Formulas.softmax(descend("nll", 1, 20_000, VALUES), 1)[1]).isGreaterThan(0.999);
    assertThat(Formulas.softmax(descend("behavior-cloning", 1, 20_000, new float[] {2}), 1)[2])
        .isGreaterThan(0.999);
  }

  @Test
  void cloningOfDifferentActionsLeadsToTheirShares() {
    float[][] taken = {{0}, {0}, {0}, {2}};
    double[] q = Formulas.softmax(descend("behavior-cloning", 0.1, 20_000, taken), 1);
    assertThat(q).containsExactly(new double[] {0.75, 0, 0.25, 0}, within(2e-3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mse", "huber:1", "huber:0.1"})
  void squaredDistancesLeadToTheTeachersValues(String name) {
    assertThat(descend(name, 0.1, 2_000, VALUES)).containsExactly(doubles(VALUES), within(1e-4));
  }

  @Test
  void squaresLeadToTheMeanAndAbsoluteDistancesToTheMedian() {
    float[][] targets = {{0, 0, 0, 0}, {1, 1, 1, 1}, {8, 8, 8, 8}};
    assertThat(descend("mse", 0.05, 5_000, targets))
        .containsExactly(new double[] {3, 3, 3, 3}, within(1e-3));
    assertThat(descend("l1", 0.002, 5_000, targets))
        .containsExactly(new double[] {1, 1, 1, 1}, within(1e-2));
  }

  @Test
  void cosinesLeadToTheDirection() {
    double[] z = descend("cosine", 0.2, 5_000, VALUES);
    double ratio = z[0] / VALUES[0];
    assertThat(ratio).isPositive();
    for (int k = 0; k < z.length; k++) {
      assertThat(z[k]).isCloseTo(ratio * VALUES[k], within(1e-3));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"normal-kl", "reverse-normal-kl"})
  void divergencesOfNormalsLeadToMeansAndDeviations(String name) {
    float[] teacher = {1.5f, -0.5f, -0.4f, 0.3f};
    assertThat(descend(name, 0.05, 5_000, teacher)).containsExactly(doubles(teacher), within(1e-3));
  }

  @Test
  void likelihoodOfActionsLeadsToTheirMeanAndDeviation() {
    float[][] actions = {{0, 1}, {2, 1.5f}};
    double[] expected = {1, 1.25, 0, Math.log(0.25)};
    assertThat(descend("normal-nll", 0.01, 20_000, actions))
        .containsExactly(expected, within(1e-3));
  }

  @Test
  void betweenTwoTeachersForwardWidensToCoverBothAndReverseStaysAsNarrowAsEach() {
    float[][] teachers = {{-2, (float) Math.log(0.5)}, {2, (float) Math.log(0.5)}};
    double[] forward = descend("normal-kl", 0.01, 20_000, new double[] {0.5, 0}, teachers);
    // The mean of both, and their deviation: √(0.25 + 4).
    assertThat(forward).containsExactly(new double[] {0, Math.log(4.25) / 2}, within(1e-3));
    double[] reverse = descend("reverse-normal-kl", 0.01, 20_000, new double[] {0.5, 0}, teachers);
    assertThat(reverse).containsExactly(new double[] {0, Math.log(0.5)}, within(1e-3));
  }

  private static double[] descend(String name, double rate, int steps, float[]... targets) {
    return descend(name, rate, steps, START, targets);
  }

  /** Plain gradient descent on the mean of the losses of one state with these targets. */
  private static double[] descend(
      String name, double rate, int steps, double[] start, float[]... targets) {
    Distance distance = Distances.type().read("test", "distance", name);
    int n = start.length;
    float[][] prepared = new float[targets.length][];
    Arrays.setAll(prepared, row -> distance.prepare(targets[row], 1, n));
    double[] z = start.clone();
    float[] rounded = new float[n];
    float[] dz = new float[n];
    for (int step = 0; step < steps; step++) {
      for (int k = 0; k < n; k++) {
        rounded[k] = (float) z[k];
      }
      for (float[] row : prepared) {
        distance.at(rounded, 0, row, 0, n, dz);
        for (int k = 0; k < n; k++) {
          z[k] -= rate * dz[k] / prepared.length;
        }
      }
    }
    return z;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, k -> values[k]);
    return doubles;
  }
}
