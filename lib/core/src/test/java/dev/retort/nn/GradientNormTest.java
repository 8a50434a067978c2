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
          Initialization.FAN_IN,
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
    assertThat(GradientNorm.largest(network)).isCloseTo(5 * root, within(1e-6));
    for (int member = 0; member < 3; member++) {
      double norm = GradientNorm.of(network, member);
      assertThat(GradientNorm.scale(norm, 1) * norm).isCloseTo(Math.min(norm, 1), within(1e-5));
    }
  }

  @Test
  void aClippedStepOfAdamIsThatOfTheScaledGradient() {
    float[] gradients = {3, -4, 12};
    float scale = GradientNorm.scale(13, 1);
    float[] clipped = {0.1f, 0.2f, 0.3f};
    float[] expected = clipped.clone();
    Adam adam = new Adam(3, 1e-8);
    Adam other = new Adam(3, 1e-8);
    for (int step = 0; step < 3; step++) {
      adam.advance();
      adam.step(clipped, gradients, adam.stride(0.1, scale), 0, 3);
      float[] scaled = {scale * 3, scale * -4, scale * 12};
      other.step(expected, scaled, 0.1);
    }
    assertThat(clipped).containsExactly(expected);
    assertThat(adam.save().floats("m")[2]).isCloseTo(12 / 13f * 0.271f, within(1e-4f));
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
      assertThat(GradientNorm.largest(network)).as("member %d", member).isNaN();
      Arrays.fill(network.gradients(), 1);
      fill(member, Float.POSITIVE_INFINITY);
      assertThat(GradientNorm.largest(network)).as("member %d", member).isInfinite();
    }
  }

  private void fill(int member, float value) {
    network
        .layout()
        .ranges(member, (from, to) -> Arrays.fill(network.gradients(), from, to, value));
  }
}
