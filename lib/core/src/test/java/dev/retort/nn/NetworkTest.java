package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTest {
  private static final List<Output> TWO_HEADS =
      List.of(Output.of("logits", 3), Output.of("value", 1));

  @ParameterizedTest
  @EnumSource(Activation.class)
  void perceptronEqualsTheDoublePrecisionOracle(Activation activation) {
    Mlp mlp = Mlp.of(7, 6).activation(activation);
    try (Network network =
        Network.of(mlp, List.of(5), TWO_HEADS, Trunk.SHARED, Initialization.FAN_IN, 11, 12, 13)) {
      float[] x = uniform(3 * 4 * 5, 1);
      float[] out = new float[3 * 4 * 4];
      network.predict(x, 4, Rows.PER_MEMBER, out);
      for (int member = 0; member < 3; member++) {
        double[] parameters = widen(network.member(member));
        for (int row = 0; row < 4; row++) {
          double[] expected =
              Oracle.perceptron(mlp, 5, new int[] {3, 1}, parameters, x, (member * 4 + row) * 5);
          for (int k = 0; k < 4; k++) {
            assertThat((double) out[(member * 4 + row) * 4 + k])
                .isCloseTo(expected[k], within(2e-6));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Rows.class)
  void perceptronGradientsEqualCentralDifferencesOfTheOracle(Rows rows) {
    Mlp mlp = Mlp.of(7, 6);
    int members = 2;
    int batch = 3;
    try (Network network =
        Network.of(mlp, List.of(5), TWO_HEADS, Trunk.SHARED, Initialization.ORTHOGONAL, 1, 2)) {
      float[] x = uniform(members * batch * 5, 2);
      float[] dOut = uniform(members * batch * 4, 3);
      network.forward(x, batch, rows, new float[members * batch * 4]);
      network.backward(dOut);
      float[] gradients = network.gradients().clone();
      for (int member = 0; member < members; member++) {
        int m = member;
        double[] parameters = widen(network.member(member));
        double[] expected =
            Oracle.centralDifferences(
                parameters,
                p -> {
                  double loss = 0;
                  for (int row = 0; row < batch; row++) {
                    int at = rows == Rows.SHARED ? row * 5 : (m * batch + row) * 5;
                    double[] out = Oracle.perceptron(mlp, 5, new int[] {3, 1}, p, x, at);
                    for (int k = 0; k < 4; k++) {
                      loss += dOut[(m * batch + row) * 4 + k] * out[k];
                    }
                  }
                  return loss;
                });
        assertThat(flatten(network, gradients, member)).hasSameSizeAs(expected);
        double[] actual = flatten(network, gradients, member);
        for (int i = 0; i < expected.length; i++) {
          assertThat(actual[i])
              .as("parameter %d of member %d", i, member)
              .isCloseTo(expected[i], within(1e-5));
        }
      }
    }
  }

  /** Memory that was given back may hold anything, and whoever asks for memory may be given it. */
  @Test
  void whatIsLeftInMemoryReachesNoGradient() {
    int batch = 256;
    float[] x = uniform(batch * 3 * 19 * 19, 7);
    float[] out = new float[batch * 4];
    float[] dOut = uniform(batch * 4, 3);
    try (Network network =
            Network.of(
                new ResidualCnn(4, List.of(16)),
                List.of(3, 19, 19),
                TWO_HEADS,
                Trunk.SHARED,
                Initialization.FAN_IN,
                5);
        NDManager manager = NDManager.newBaseManager()) {
      for (int time = 0; time < 20; time++) {
        for (int size : new int[] {9, 36, 108, 144, 1_000, 4_096, 50_000, 200_000, 600_000}) {
          manager.full(new Shape(size), Float.NaN).close();
        }
        network.forward(x, batch, Rows.PER_MEMBER, out);
        network.backward(dOut);
        for (float gradient : network.gradients()) {
          assertThat(gradient).isFinite();
        }
      }
    }
  }

  @Test
  void convolutionalGradientsEqualCentralDifferencesOfTheOracle() {
    ResidualCnn cnn = new ResidualCnn(2, List.of(5, 4));
    List<Integer> shape = List.of(2, 7, 7);
    int members = 2;
    int batch = 2;
    for (Rows rows : Rows.values()) {
      try (Network network =
          Network.of(cnn, shape, TWO_HEADS, Trunk.SHARED, Initialization.FAN_IN, 5, 6)) {
        float[] x = uniform(members * batch * 98, 7);
        for (int i = 0; i < x.length; i++) {
          x[i] = 10 * x[i];
        }
        float[] out = new float[members * batch * 4];
        float[] dOut = uniform(members * batch * 4, 3);
        network.forward(x, batch, rows, out);
        network.backward(dOut);
        float[] gradients = network.gradients().clone();
        for (int member = 0; member < members; member++) {
          int m = member;
          double[] parameters = widen(network.member(member));
          for (int row = 0; row < batch; row++) {
            int at = rows == Rows.SHARED ? row * 98 : (m * batch + row) * 98;
            double[] expected = Oracle.residualCnn(cnn, shape, new int[] {3, 1}, parameters, x, at);
            for (int k = 0; k < 4; k++) {
              assertThat((double) out[(m * batch + row) * 4 + k])
                  .isCloseTo(expected[k], within(1e-5));
            }
          }
          double[] expected =
              Oracle.centralDifferences(
                  parameters,
                  p -> {
                    double loss = 0;
                    for (int row = 0; row < batch; row++) {
                      int at = rows == Rows.SHARED ? row * 98 : (m * batch + row) * 98;
                      double[] o = Oracle.residualCnn(cnn, shape, new int[] {3, 1}, p, x, at);
                      for (int k = 0; k < 4; k++) {
                        loss += dOut[(m * batch + row) * 4 + k] * o[k];
                      }
                    }
                    return loss;
                  });
          double[] actual = flatten(network, gradients, member);
          for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i])
                .as("parameter %d of member %d", i, member)
                .isCloseTo(expected[i], within(2e-5));
          }
        }
      }
    }
  }

  @Test
  void gradientsDoNotAccumulateFromOneBatchToTheNext() {
    try (Network network =
        Network.of(Mlp.of(4), List.of(2), TWO_HEADS, Trunk.SHARED, Initialization.FAN_IN, 1)) {
      float[] x = uniform(2 * 3, 1);
      float[] dOut = uniform(3 * 4, 2);
      network.forward(x, 3, Rows.SHARED, new float[12]);
      network.backward(dOut);
      float[] first = network.gradients().clone();
      network.forward(uniform(2 * 5, 9), 5, Rows.SHARED, new float[20]);
      network.backward(uniform(5 * 4, 8));
      network.forward(x, 3, Rows.SHARED, new float[12]);
      network.backward(dOut);
      assertThat(network.gradients()).containsExactly(first);
    }
  }

  @Test
  void notANumberInAGradientIsGoneWithTheNextBatch() {
    try (Network network =
        Network.of(Mlp.of(4), List.of(2), TWO_HEADS, Trunk.SHARED, Initialization.FAN_IN, 1)) {
      float[] bad = new float[4];
      bad[0] = Float.NaN;
      network.forward(uniform(2, 1), 1, Rows.SHARED, new float[4]);
      network.backward(bad);
      assertThat(Float.isNaN(network.gradients()[0])).isTrue();
      network.forward(uniform(2, 1), 1, Rows.SHARED, new float[4]);
      network.backward(uniform(4, 2));
      for (float gradient : network.gradients()) {
        assertThat(gradient).isFinite();
      }
    }
  }

  @Test
  void changedParametersReachTheEngine() {
    try (Network network =
        Network.of(Mlp.of(4), List.of(2), TWO_HEADS, Trunk.SHARED, Initialization.FAN_IN, 1)) {
      float[] x = uniform(2, 1);
      float[] before = new float[4];
      network.predict(x, 1, Rows.SHARED, before);
      float[] other = uniform(network.parameters().length, 4);
      network.set(other);
      float[] after = new float[4];
      network.predict(x, 1, Rows.SHARED, after);
      assertThat(after).isNotEqualTo(before);
    }
  }

  @Test
  void aMemberOfAPopulationGivesWhatItGivesAloneUpToRounding() {
    long[] seeds = {3, 4, 5, 6, 7};
    float[] x = uniform(8 * 4, 1);
    try (Network population =
        Network.of(
            Mlp.of(16, 16),
            List.of(4),
            TWO_HEADS,
            Trunk.SHARED,
            Initialization.ORTHOGONAL,
            seeds)) {
      float[] all = new float[5 * 8 * 4];
      population.predict(x, 8, Rows.SHARED, all);
      for (int member = 0; member < seeds.length; member++) {
        try (Network alone =
            Network.of(
                Mlp.of(16, 16),
                List.of(4),
                TWO_HEADS,
                Trunk.SHARED,
                Initialization.ORTHOGONAL,
                seeds[member])) {
          assertThat(alone.parameters()).containsExactly(population.member(member));
          float[] own = new float[8 * 4];
          alone.predict(x, 8, Rows.SHARED, own);
          for (int i = 0; i < own.length; i++) {
            assertThat(own[i]).isCloseTo(all[member * 32 + i], within(1e-6f));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Trunk.class)
  void aTrunkGivesTheOutputsThatItGivesWithinItsNetwork(Trunk trunk) {
    float[] x = uniform(3 * 5, 1);
    try (Network network =
        Network.of(Mlp.of(7, 6), List.of(5), TWO_HEADS, trunk, Initialization.FAN_IN, 1, 2)) {
      float[] all = new float[2 * 3 * 4];
      network.predict(x, 3, Rows.SHARED, all);
      List<Output> value = List.of(TWO_HEADS.get(1));
      Blueprint own = network.blueprint();
      List<float[]> values =
          List.of(
              own.parametersOf(value, network.member(0)),
              own.parametersOf(value, network.member(1)));
      try (Network critics = Network.of(own.of(value), values)) {
        float[] alone = new float[2 * 3];
        critics.predict(x, 3, Rows.SHARED, alone);
        for (int row = 0; row < 6; row++) {
          assertThat(alone[row]).isCloseTo(all[row * 4 + 3], within(1e-6f));
        }
      }
    }
  }

  @Test
  void orthogonalWeightsHaveOrthonormalColumnsTimesTheGain() {
    try (Network network =
        Network.of(
            Mlp.of(6),
            List.of(9),
            List.of(new Output("q", 2, 0.01)),
            Trunk.SHARED,
            Initialization.ORTHOGONAL,
            1)) {
      float[] w = network.member(0);
      for (int a = 0; a < 6; a++) {
        for (int b = 0; b < 6; b++) {
          double dot = 0;
          for (int row = 0; row < 9; row++) {
            dot += (double) w[row * 6 + a] * w[row * 6 + b];
          }
          assertThat(dot).isCloseTo(a == b ? 2 : 0, within(1e-6));
        }
      }
    }
  }

  @Test
  void tooFewInputsAreRefused() {
    try (Network network =
        Network.of(Mlp.of(4), List.of(2), TWO_HEADS, Trunk.SHARED, Initialization.FAN_IN, 1, 2)) {
      assertThatThrownBy(() -> network.predict(new float[2], 1, Rows.PER_MEMBER, new float[8]))
          .isInstanceOf(RetortException.class)
          .hasMessage("network: expected 4 numbers of input for 2 × 1 rows of 2, got 2.");
    }
  }

  private static double[] flatten(Network network, float[] gradients, int member) {
    double[] own = new double[network.parametersPerMember()];
    int[] to = {0};
    network
        .layout()
        .ranges(
            member,
            (from, end) -> {
              for (int i = from; i < end; i++) {
                own[to[0]++] = gradients[i];
              }
            });
    return own;
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static float[] uniform(int n, long seed) {
    RandomStream random = RandomStream.of(seed, "test");
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return values;
  }
}
