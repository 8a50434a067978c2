package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RowPerceptronTest {
  private static final List<Output> OUTPUTS =
      List.of(Output.of("mean", 2), Output.free("deviation", 3, -0.5), Output.of("value", 1));
  private static final int WIDTH = 6;
  private static final int IN = 5;
  private static final int BATCH = 4;

  @Test
  void theTangentIsWithinAMillionthOfTheTrueOneEverywhere() {
    for (int bits = 0; bits < Float.floatToIntBits(Float.POSITIVE_INFINITY); bits += 997) {
      float x = Float.intBitsToFloat(bits);
      float[] row = {x, -x};
      RowActivation.apply(Activation.TANH, row);
      assertThat((double) row[0]).isCloseTo(Math.tanh(x), within(1e-6));
      assertThat(row[1]).isEqualTo(-row[0]);
      assertThat(Math.abs(row[0])).isLessThanOrEqualTo(1);
    }
    assertThat(applied(Activation.TANH, Float.POSITIVE_INFINITY)).isCloseTo(1, within(1e-6f));
    assertThat(applied(Activation.TANH, Float.NEGATIVE_INFINITY)).isCloseTo(-1, within(1e-6f));
    assertThat(applied(Activation.TANH, 0)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void activationsAreWithinAMillionthOfThoseInDoublePrecision(Activation activation) {
    for (float x = -5; x <= 5; x += 0.0007f) {
      assertThat((double) applied(activation, x))
          .as("%s of %s", activation, x)
          .isCloseTo(Oracle.activation(activation, x), within(1e-6));
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void whatIsNotANumberStaysNone(Activation activation) {
    assertThat(applied(activation, Float.NaN)).isNaN();
    float beyond = applied(activation, Float.POSITIVE_INFINITY);
    boolean bounded = activation == Activation.TANH || activation == Activation.SIGMOID;
    assertThat(beyond).isCloseTo(bounded ? 1 : Float.POSITIVE_INFINITY, within(1e-6f));
    try (Network network =
        Network.of(
            Mlp.of(7, 6).activation(activation),
            List.of(IN),
            OUTPUTS,
            Trunk.SHARED,
            Initialization.FAN_IN,
            1)) {
      float[] x = uniform(IN, 1);
      x[3] = Float.NaN;
      float[] out = predicted(network, x, 1, Rows.SHARED);
      assertThat(out[0]).isNaN();
      assertThat(out[2]).isEqualTo(-0.5f);
      assertThat(out[5]).isNaN();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "mlp:7,6;SEPARATE;3",
        "mlp:7,6;SHARED;2",
        "mlp:33,9:relu;SEPARATE;2",
        "mlp:6:sigmoid:x0.1;SHARED;1",
        "mlp:5,4:gelu;SEPARATE;2",
        "mlp:linear;SHARED;2",
        "mlp:linear:x0.1;SEPARATE;2"
      })
  void outputsAreThoseOfTheEngine(String text, Trunk trunk, int members) {
    Architecture mlp = Architecture.type().reader().apply(text);
    long[] seeds = new long[members];
    Arrays.setAll(seeds, member -> member + 1);
    for (Rows rows : Rows.values()) {
      try (Network network =
          Network.of(mlp, List.of(IN), OUTPUTS, trunk, Initialization.FAN_IN, seeds)) {
        float[] x = uniform((rows == Rows.SHARED ? 1 : members) * BATCH * IN, 2);
        float[] engine = new float[members * BATCH * WIDTH];
        network.forward(x, BATCH, rows, engine);
        assertThat(predicted(network, x, BATCH, rows)).containsExactly(engine, within(2e-6f));
      }
    }
  }

  @Test
  void aRowGivesTheSameBitsInEveryBatchAndEveryPopulation() {
    float[] x = uniform(BATCH * IN, 3);
    long[] seeds = {4, 5, 6};
    try (Network population = network(64, seeds)) {
      float[] all = predicted(population, x, BATCH, Rows.SHARED);
      for (int member = 0; member < seeds.length; member++) {
        try (Network alone = network(64, seeds[member])) {
          for (int row = 0; row < BATCH; row++) {
            float[] seen = Arrays.copyOfRange(x, row * IN, (row + 1) * IN);
            int at = (member * BATCH + row) * WIDTH;
            assertThat(predicted(alone, seen, 1, Rows.PER_MEMBER))
                .containsExactly(Arrays.copyOfRange(all, at, at + WIDTH));
          }
        }
      }
    }
  }

  @Test
  void whoComputesDependsOnTheWorkOfOneMember() {
    // (5 · 64 + 64 · 64) in each of two trunks, and 64 · 3 of outputs: 11 rows are the most
    int work = 2 * (5 * 64 + 64 * 64) + 64 * 3;
    int most = 100_000 / work;
    for (long[] seeds : new long[][] {{1}, {1, 2, 3}}) {
      try (Network network = network(64, seeds)) {
        for (int batch = most; batch <= most + 1; batch++) {
          float[] x = uniform(seeds.length * batch * IN, 7);
          float[] engine = new float[seeds.length * batch * WIDTH];
          network.forward(x, batch, Rows.PER_MEMBER, engine);
          float[] told = predicted(network, x, batch, Rows.PER_MEMBER);
          assertThat(Arrays.equals(told, engine)).isEqualTo(batch > most);
        }
      }
    }
  }

  @Test
  void changedParametersAreTakenBeforeTheNextRow() {
    try (Network network = network(8, 1)) {
      float[] x = uniform(IN, 1);
      float[] before = predicted(network, x, 1, Rows.SHARED);
      network.set(uniform(network.parameters().length, 4));
      float[] after = predicted(network, x, 1, Rows.SHARED);
      float[] engine = new float[WIDTH];
      network.forward(x, 1, Rows.SHARED, engine);
      assertThat(after).isNotEqualTo(before).containsExactly(engine, within(2e-6f));
    }
  }

  private static Network network(int hidden, long... seeds) {
    return Network.of(
        Mlp.of(hidden, hidden), List.of(IN), OUTPUTS, Trunk.SEPARATE, Initialization.FAN_IN, seeds);
  }

  private static float[] predicted(Network network, float[] x, int batch, Rows rows) {
    float[] out = new float[network.members() * batch * WIDTH];
    network.predict(x, batch, rows, out);
    return out;
  }

  private static float applied(Activation activation, float x) {
    float[] row = {x};
    RowActivation.apply(activation, row);
    return row[0];
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
