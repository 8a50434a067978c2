package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeparateTrunksTest {
  private static final List<Output> OUTPUTS =
      List.of(Output.of("mean", 2), Output.free("deviation", 3, -0.5), Output.of("value", 1));
  private static final int WIDTH = 6;
  private static final int IN = 5;
  private static final int BATCH = 4;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"mlp:7,6;1", "mlp:7,6:relu;3", "mlp:linear;2", "mlp:6:x0.1;2"})
  void separateTrunksHaveTheGradientsOfNetworksOfTheirOwn(String text, int members) {
    Architecture mlp = Architecture.type().reader().apply(text);
    long[] seeds = new long[members];
    Arrays.setAll(seeds, member -> member + 1);
    for (Rows rows : Rows.values()) {
      try (Network network =
          Network.of(mlp, List.of(IN), OUTPUTS, Trunk.SEPARATE, Initialization.FAN_IN, seeds)) {
        int own = rows == Rows.SHARED ? 1 : members;
        float[] x = uniform(own * BATCH * IN, 2);
        float[] dOut = uniform(members * BATCH * WIDTH, 3);
        float[] out = new float[dOut.length];
        network.forward(x, BATCH, rows, out);
        network.backward(dOut);
        float[] gradients = network.gradients().clone();
        int column = 0;
        for (Output output : OUTPUTS) {
          for (int member = 0; member < members; member++) {
            float[] actual = part(network, network.layout().gather(gradients, member), output);
            float[] rowsOut = columns(out, member, column, output.size());
            float[] d = columns(dOut, member, column, output.size());
            if (output.isFree()) {
              assertThat(rowsOut).containsOnly(-0.5f);
              assertThat(actual).containsExactly(sums(d, output.size()), within(1e-6f));
              continue;
            }
            try (Network alone =
                Network.of(
                    network.blueprint().of(List.of(output)),
                    List.of(part(network, network.member(member), output)))) {
              int from = rows == Rows.SHARED ? 0 : member * BATCH * IN;
              float[] expected = new float[d.length];
              alone.forward(Arrays.copyOfRange(x, from, from + BATCH * IN), BATCH, rows, expected);
              assertThat(rowsOut).containsExactly(expected, within(1e-6f));
              alone.backward(d);
              assertThat(actual).containsExactly(alone.gradients(), within(2e-6f));
            }
          }
          column += output.size();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "mlp:7,6;SEPARATE;3",
        "mlp:7,6:relu;SHARED;2",
        "mlp:6:x0.1;SEPARATE;1",
        "mlp:linear;SEPARATE;2",
        "mlp:linear;SHARED;2"
      })
  void gradientsOfInputsEqualCentralDifferencesOfTheOracle(String text, Trunk trunk, int members) {
    Mlp mlp = (Mlp) Architecture.type().reader().apply(text);
    List<Output> outputs = List.of(Output.of("q1", 2), Output.of("q2", 1));
    long[] seeds = new long[members];
    Arrays.setAll(seeds, member -> member + 1);
    try (Network network =
        Network.of(mlp, List.of(IN), outputs, trunk, Initialization.FAN_IN, seeds)) {
      float[] x = uniform(members * BATCH * IN, 2);
      float[] dOut = uniform(members * BATCH * 3, 3);
      float[] before = network.gradients().clone();
      network.forward(x, BATCH, Rows.PER_MEMBER, new float[dOut.length]);
      float[] dx = new float[x.length];
      network.backwardToInputs(dOut, dx);
      assertThat(network.gradients()).containsExactly(before);
      double[] inputs = new double[x.length];
      Arrays.setAll(inputs, i -> x[i]);
      double[] expected =
          Oracle.centralDifferences(inputs, at -> loss(network, mlp, outputs, at, dOut));
      for (int i = 0; i < dx.length; i++) {
        assertThat((double) dx[i]).isCloseTo(expected[i], within(1e-5));
      }
    }
  }

  @Test
  void predictionsBetweenThereAndBackChangeNothing() {
    try (Network network =
        Network.of(Mlp.of(4), List.of(IN), OUTPUTS, Trunk.SEPARATE, Initialization.FAN_IN, 1, 2)) {
      float[] x = uniform(2 * BATCH * IN, 1);
      float[] out = new float[2 * BATCH * WIDTH];
      float[] dOut = uniform(out.length, 2);
      network.forward(x, BATCH, Rows.PER_MEMBER, out);
      network.backward(dOut);
      float[] expected = network.gradients().clone();
      network.forward(x, BATCH, Rows.PER_MEMBER, out);
      network.predict(uniform(2 * BATCH * IN, 9), BATCH, Rows.PER_MEMBER, out);
      network.backward(dOut);
      assertThat(network.gradients()).containsExactly(expected);
    }
  }

  /** Those numbers of a member that one output depends on. */
  private static float[] part(Network network, float[] own, Output output) {
    return network.blueprint().parametersOf(List.of(output), own);
  }

  private static double loss(
      Network network, Mlp mlp, List<Output> outputs, double[] x, float[] dOut) {
    double loss = 0;
    for (int member = 0; member < network.members(); member++) {
      int column = 0;
      for (Output output : outputs) {
        double[] trunk = widen(part(network, network.member(member), output));
        for (int row = 0; row < BATCH; row++) {
          double[] own =
              Arrays.copyOfRange(x, (member * BATCH + row) * IN, (member * BATCH + row + 1) * IN);
          for (int i = 0; i < IN; i++) {
            own[i] *= mlp.scale();
          }
          double[] out = Oracle.perceptron(mlp, new int[] {output.size()}, trunk, own);
          for (int k = 0; k < output.size(); k++) {
            loss += dOut[(member * BATCH + row) * 3 + column + k] * out[k];
          }
        }
        column += output.size();
      }
    }
    return loss;
  }

  private static float[] columns(float[] all, int member, int column, int numbers) {
    float[] own = new float[BATCH * numbers];
    for (int row = 0; row < BATCH; row++) {
      System.arraycopy(all, (member * BATCH + row) * WIDTH + column, own, row * numbers, numbers);
    }
    return own;
  }

  private static float[] sums(float[] d, int numbers) {
    float[] sums = new float[numbers];
    for (int i = 0; i < d.length; i++) {
      sums[i % numbers] += d[i];
    }
    return sums;
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
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
