package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GradientNormTest {
  private final Network network =
      Network.of(
          Mlp.of(3),
          List.of(2),
          List.of(Output.of("q", 1)),
          Trunk.SHARED,
          Initialization.PYTORCH,
          1,
          2,
          3);

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void eachMemberIsClippedByItsOwnNorm() {
    fill(0, 0.01f);
    fill(1, 2);
    fill(2, 5);
    double root = Math.sqrt(network.parametersPerMember());
    assertThat(GradientNorm.of(network, 1)).isCloseTo(2 * root, within(1e-6));
    assertThat(GradientNorm.clip(network, 1)).isCloseTo(5 * root, within(1e-6));
    assertThat(GradientNorm.of(network, 0)).isCloseTo(0.01 * root, within(1e-7));
    assertThat(GradientNorm.of(network, 1)).isCloseTo(1, within(1e-5));
    assertThat(GradientNorm.of(network, 2)).isCloseTo(1, within(1e-5));
  }

  @Test
  void theLargestNormLeavesGradientsAsTheyAre() {
    fill(0, 3);
    float[] before = network.gradients().clone();
    GradientNorm.largest(network);
    assertThat(network.gradients()).containsExactly(before);
  }

  @Test
  void notANumberInAnyMemberShows() {
    for (int member = 0; member < 3; member++) {
      Arrays.fill(network.gradients(), 1);
      fill(member, Float.NaN);
      assertThat(GradientNorm.clip(network, 1)).as("member %d", member).isNaN();
      Arrays.fill(network.gradients(), 1);
      fill(member, Float.POSITIVE_INFINITY);
      assertThat(GradientNorm.clip(network, 1)).as("member %d", member).isInfinite();
    }
  }

  private void fill(int member, float value) {
    network
        .layout()
        .ranges(member, (from, to) -> Arrays.fill(network.gradients(), from, to, value));
  }
}
