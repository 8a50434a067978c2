package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GroupsTest {
  private static final int MEMBERS = 7;
  private static final List<Output> HEADS = List.of(Output.of("logits", 2), Output.of("value", 1));

  @Test
  void perceptronsAreDealtEvenlyAndNeverAlone() {
    Mlp mlp = Mlp.of(8);
    assertThat(Groups.of(mlp, 1, 32, 4)).containsExactly(1);
    assertThat(Groups.of(mlp, 3, 32, 4)).containsExactly(3);
    assertThat(Groups.of(mlp, 10, 32, 1)).containsExactly(10);
    assertThat(Groups.of(mlp, 10, 32, 2)).containsExactly(5, 5);
    assertThat(Groups.of(mlp, 10, 32, 4)).containsExactly(3, 3, 2, 2);
    assertThat(Groups.of(mlp, 10, 32, 64)).containsExactly(2, 2, 2, 2, 2);
  }

  @Test
  void largePopulationsAreDealtInGroupsThatFitTheCache() {
    Mlp mlp = Mlp.of(64, 64);
    assertThat(Groups.of(mlp, 50, 32, 1)).containsExactly(25, 25);
    assertThat(Groups.of(mlp, 20, 256, 1)).containsExactly(5, 5, 5, 5);
    assertThat(Groups.of(mlp, 6, 256, 1)).containsExactly(3, 3);
    assertThat(Groups.of(Mlp.of(), 50, 256, 1)).containsExactly(50);
  }

  @Test
  void convolutionalNetworksAreAlwaysAlone() {
    assertThat(Groups.of(ResidualCnn.paper(), 3, 32, 1)).containsExactly(1, 1, 1);
    assertThat(Groups.of(ResidualCnn.paper(), 3, 32, 8)).containsExactly(1, 1, 1);
  }

  static Stream<Arguments> sizes() {
    return Stream.of(
        Arguments.of(Mlp.of(64, 64), 8),
        Arguments.of(Mlp.of(64, 64), 256),
        Arguments.of(Mlp.of(256, 256), 64),
        Arguments.of(Mlp.of(400, 300), 100),
        Arguments.of(Mlp.of(17, 5), 3));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void groupsChangeNoBitOfOutputsAndGradients(Mlp mlp, int batch) {
    Passed together = Passed.through(mlp, batch, 0, MEMBERS);
    for (int cores = 2; cores <= 3; cores++) {
      int first = 0;
      for (int size : Groups.of(mlp, MEMBERS, batch, cores)) {
        Passed group = Passed.through(mlp, batch, first, size);
        for (int member = 0; member < size; member++) {
          assertThat(group.outputs.get(member)).isEqualTo(together.outputs.get(first + member));
          assertThat(group.gradients.get(member)).isEqualTo(together.gradients.get(first + member));
        }
        first += size;
      }
    }
  }

  /** What the two passes of one batch gave. */
  private record Passed(List<float[]> outputs, List<float[]> gradients) {
    static Passed through(Mlp mlp, int batch, int first, int members) {
      long[] seeds = LongStream.range(first, first + members).toArray();
      try (Network network =
          Network.of(mlp, List.of(4), HEADS, Trunk.SEPARATE, Initialization.FAN_IN, seeds)) {
        float[] x = numbers(seeds, batch * 4, "x");
        float[] d = numbers(seeds, batch * 3, "d");
        float[] out = new float[members * batch * 3];
        network.forward(x, batch, Rows.PER_MEMBER, out);
        network.backward(d);
        List<float[]> gradients =
            IntStream.range(0, members)
                .mapToObj(member -> network.layout().gather(network.gradients(), member))
                .toList();
        List<float[]> outputs =
            IntStream.range(0, members)
                .mapToObj(each -> Arrays.copyOfRange(out, each * batch * 3, (each + 1) * batch * 3))
                .toList();
        return new Passed(outputs, gradients);
      }
    }

    private static float[] numbers(long[] seeds, int perMember, String purpose) {
      float[] numbers = new float[seeds.length * perMember];
      for (int member = 0; member < seeds.length; member++) {
        RandomStream random = RandomStream.of(seeds[member], purpose);
        for (int i = 0; i < perMember; i++) {
          numbers[member * perMember + i] = (float) random.nextGaussian();
        }
      }
      return numbers;
    }
  }
}
