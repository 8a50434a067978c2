package dev.retort.env.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PendulumTest {
  private final Pendulum pendulum = new Pendulum();
  private final RandomStream random = RandomStream.of(7, "pendulum test");

  @Test
  void theRewardIsThatOfTheOldStateAndTheClippedTorque() {
    double[] state = {Math.PI / 2 + 2 * Math.PI, -3};
    double reward = pendulum.step(state, new float[] {9}, random);
    assertThat(reward).isCloseTo(-(Math.PI * Math.PI / 4 + 0.1 * 9 + 0.001 * 4), within(1e-13));
    assertThat(state[1]).isCloseTo(-3 + (15 + 6) * 0.05, within(1e-13));
    assertThat(state[0]).isCloseTo(2.5 * Math.PI + state[1] * 0.05, within(1e-13));
  }

  @Test
  void anInfiniteTorqueIsTheLargestOneAndNoNumberIsRefused() {
    double[] most = {1, 0};
    double[] beyond = {1, 0};
    pendulum.step(most, new float[] {2}, random);
    pendulum.step(beyond, new float[] {Float.POSITIVE_INFINITY}, random);
    assertThat(beyond).isEqualTo(most);
    assertThatThrownBy(() -> pendulum.step(most, new float[] {Float.NaN}, random))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "Pendulum: expected a number as action[0], got NaN. Look for what made the policy's output NaN.");
    assertThat(most).isEqualTo(beyond);
  }

  @Test
  void theSpeedIsClippedBeforeTheAngleMoves() {
    double[] state = {Math.PI / 2, 7.9};
    pendulum.step(state, new float[] {2}, random);
    assertThat(state[1]).isEqualTo(8);
    assertThat(state[0]).isEqualTo(Math.PI / 2 + 8 * 0.05);
  }

  @Test
  void noiseTurnsTheRodButCostsNothing() {
    Pendulum noisy = pendulum.with("noise", 1);
    double[] quiet = {0.5, 0};
    double expected = pendulum.step(quiet, new float[] {1}, random);
    double[] speeds = new double[200];
    for (int i = 0; i < speeds.length; i++) {
      double[] state = {0.5, 0};
      assertThat(noisy.step(state, new float[] {1}, random)).isEqualTo(expected);
      speeds[i] = state[1] - quiet[1];
    }
    assertThat(Arrays.stream(speeds).max().orElseThrow()).isBetween(0.13, 0.15);
    assertThat(Arrays.stream(speeds).min().orElseThrow()).isBetween(-0.15, -0.13);
  }

  @Test
  void parametersAreThoseOfTheRod() {
    assertThat(pendulum.horizon()).isEqualTo(200);
    assertThat(pendulum.with("gravity", 9.81).toString()).isEqualTo("Pendulum(gravity 9.81)");
    assertThat(pendulum.with("maxSpeed", 4).observations().contains(new float[] {1, 0, 5}, 0))
        .isFalse();
    assertThatThrownBy(() -> pendulum.with("length", -1))
        .hasMessage("Pendulum: expected length to be finite and positive, got -1.");
  }
}
