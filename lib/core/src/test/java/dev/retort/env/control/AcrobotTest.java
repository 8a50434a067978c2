package dev.retort.env.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import org.junit.jupiter.api.Test;

class AcrobotTest {
  private final Acrobot acrobot = new Acrobot();
  private final RandomStream random = RandomStream.of(7, "acrobot test");

  @Test
  void hangingStillWithoutTorqueItStaysSo() {
    double[] state = new double[4];
    assertThat(acrobot.step(state, new float[] {1}, random)).isEqualTo(-1);
    for (double number : state) {
      assertThat(number).isCloseTo(0, within(1e-15));
    }
  }

  @Test
  void energyIsKeptWithoutTorque() {
    Acrobot fine = acrobot.with("tau", 0.001);
    double[] state = {1.2, -0.5, 0.3, 0.7};
    double energy = energy(state);
    for (int i = 0; i < 2000; i++) {
      fine.step(state, new float[] {1}, random);
    }
    assertThat(energy(state)).isCloseTo(energy, within(1e-8));
  }

  /** Kinetic and potential energy of the default links, written down independently. */
  private static double energy(double[] state) {
    double absolute = state[0] + state[1];
    double spin = state[2] + state[3];
    double x = 0.5 * Math.cos(absolute) * spin + Math.cos(state[0]) * state[2];
    double y = 0.5 * Math.sin(absolute) * spin + Math.sin(state[0]) * state[2];
    double kinetic =
        0.5 * (0.25 + 1) * state[2] * state[2] + 0.5 * spin * spin + 0.5 * (x * x + y * y);
    double potential =
        -9.8 * 0.5 * Math.cos(state[0]) - 9.8 * (Math.cos(state[0]) + 0.5 * Math.cos(absolute));
    return kinetic + potential;
  }

  @Test
  void theStepAboveTheLineCostsNothing() {
    double[] state = {Math.PI - 0.1, 0, 0, 0};
    assertThat(acrobot.terminated(state)).isTrue();
    assertThat(acrobot.step(state, new float[] {1}, random)).isZero();
    assertThat(acrobot.terminated(new double[] {Math.PI / 2, 0, 0, 0})).isFalse();
  }

  @Test
  void anglesAreWrappedAndSpeedsClipped() {
    double[] state = {3.1, 3.1, 12.5, 28};
    for (int i = 0; i < 50; i++) {
      acrobot.step(state, new float[] {2}, random);
      assertThat(Math.abs(state[0])).isLessThanOrEqualTo(Math.PI);
      assertThat(Math.abs(state[1])).isLessThanOrEqualTo(Math.PI);
      assertThat(Math.abs(state[2])).isLessThanOrEqualTo(4 * Math.PI);
      assertThat(Math.abs(state[3])).isLessThanOrEqualTo(9 * Math.PI);
    }
  }

  @Test
  void episodesBeginWithinATenthInExactFloats() {
    double[] state = new double[4];
    for (int i = 0; i < 500; i++) {
      acrobot.reset(state, random);
      for (double number : state) {
        assertThat(number).isBetween(-0.1, 0.1001).isEqualTo((float) number);
      }
    }
  }

  @Test
  void actionsThatAreNoneAreRefused() {
    double[] state = new double[4];
    for (float action : new float[] {-1, 3, 0.5f, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> acrobot.step(state, new float[] {action}, random))
          .isInstanceOf(RetortException.class)
          .hasMessage("Acrobot: expected an action from 0 to 2, got " + action + ".");
    }
    assertThat(state).containsOnly(0);
  }

  @Test
  void theDefaultsAreAcrobotV1() {
    assertThat(acrobot.horizon()).isEqualTo(500);
    assertThat(acrobot.solvedAt()).hasValue(-100);
    assertThat(acrobot.with("mass2", 2).toString()).isEqualTo("Acrobot(mass2 2.0)");
    assertThatThrownBy(() -> acrobot.with("height", 2.5))
        .hasMessage("Acrobot: expected height to be from 0 to 2, got 2.5.");
  }

  @Test
  void theBitsAreTheSameOnEveryJdk() {
    double[] state = {0.1, -0.05, 0.5, 0};
    for (int i = 0; i < 100; i++) {
      acrobot.step(state, new float[] {state[2] > 0 ? 2 : 0}, random);
    }
    assertThat(state).containsExactly(GOLDEN);
  }

  private static final double[] GOLDEN = {
    0.17116122253953414, 2.1601455662796196, -0.6042777994889066, 0.24260762805892744
  };
}
