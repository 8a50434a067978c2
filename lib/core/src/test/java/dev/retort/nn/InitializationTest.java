package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializationTest {
  private static final Mlp STUDENT = Mlp.of(64, 64, 32).activation(Activation.RELU);
  private static final long[] SEEDS = IntStream.range(0, 400).asLongStream().toArray();

  private static Network students(Mlp mlp, int inputs, Initialization usual) {
    return Network.of(
        mlp, List.of(inputs), List.of(Output.of("action", 2)), Trunk.SHARED, usual, SEEDS);
  }

  /** Bounds of the layers of the published student, by both rules, from 6 and 10 numbers. */
  @ParameterizedTest
  @CsvSource({
    "FAN_IN, 6, .408248, .125, .125, .176777",
    "FAN_IN, 10, .316228, .125, .125, .176777",
    "FAN_OUT, 6, .125, .125, .176777, .707107",
    "FAN_OUT, 10, .125, .125, .176777, .707107"
  })
  void weightsAndBiasesAreUniformWithinTheBoundOfTheirLayer(
      Initialization drawn, int inputs, double first, double second, double third, double last) {
    double[] bounds = {first, second, third, last};
    try (Network network =
        students(STUDENT.initialized(drawn), inputs, Initialization.ORTHOGONAL)) {
      Layout layout = new Layout(network.blueprint(), SEEDS.length);
      for (int slice = 0; slice < layout.slices().size(); slice++) {
        double largest = 0;
        double squares = 0;
        for (int i = layout.offset(slice); i < layout.offset(slice + 1); i++) {
          double value = network.parameters()[i];
          largest = Math.max(largest, Math.abs(value));
          squares += value * value;
        }
        double bound = bounds[slice / 2];
        int count = layout.length(slice);
        assertThat(largest).as("slice %s", slice).isBetween(0.98 * bound, bound + 1e-6);
        assertThat(Math.sqrt(3 * squares / count))
            .as("deviation of slice %s", slice)
            .isCloseTo(bound, within(0.05 * bound));
      }
    }
  }

  @Test
  void whoSaysNothingIsDrawnAsTheAlgorithmDecides() {
    try (Network usual = students(STUDENT, 6, Initialization.FAN_IN);
        Network same =
            students(STUDENT.initialized(Initialization.FAN_IN), 6, Initialization.ORTHOGONAL);
        Network other =
            students(STUDENT.initialized(Initialization.FAN_OUT), 6, Initialization.FAN_IN)) {
      assertThat(same.parameters()).isEqualTo(usual.parameters());
      assertThat(other.parameters()).isNotEqualTo(usual.parameters());
    }
  }

  @Test
  void aConvolutionFansOutToItsMapsTimesTheirWindow() {
    Slice weight = Slice.convolution("first", 3, 16, 5, 1);
    assertThat(weight.fanIn()).isEqualTo(3 * 25);
    assertThat(weight.fanOut()).isEqualTo(16 * 25);
    assertThat(Slice.convolutionBias("first", 3, 16, 5).fanOut()).isEqualTo(16);
  }
}
