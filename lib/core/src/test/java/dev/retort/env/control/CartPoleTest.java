package dev.retort.env.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.random.RandomStream;
import org.junit.jupiter.api.Test;

class CartPoleTest {
  private final CartPole cartPole = new CartPole();
  private final RandomStream random = RandomStream.of(7, "cart pole test");

  @Test
  void aPushFromRestMovesTheSpeedsAndNotYetThePositions() {
    double[] state = new double[4];
    assertThat(cartPole.step(state, new float[] {CartPole.RIGHT}, random)).isEqualTo(1);
    double u = 10 / 1.1;
    double spinRate = -u / (0.5 * (4.0 / 3.0 - 0.1 / 1.1));
    assertThat(state[0]).isZero();
    assertThat(state[1]).isCloseTo(0.02 * (u - 0.05 * spinRate / 1.1), within(1e-15));
    assertThat(state[2]).isZero();
    assertThat(state[3]).isCloseTo(0.02 * spinRate, within(1e-15));
  }

  @Test
  void theStepThatEndsTheEpisodeIsRewardedAndThoseAfterItAreNot() {
    double[] state = {2.399, 1, 0, 0};
    assertThat(cartPole.step(state, new float[] {CartPole.LEFT}, random)).isEqualTo(1);
    assertThat(cartPole.terminated(state)).isTrue();
    assertThat(cartPole.step(state, new float[] {CartPole.LEFT}, random)).isZero();
  }

  @Test
  void theLimitsThemselvesAreStillInside() {
    assertThat(cartPole.terminated(new double[] {2.4, 0, 0, 0})).isFalse();
    assertThat(cartPole.terminated(new double[] {-2.4, 0, 0, 0})).isFalse();
    assertThat(cartPole.terminated(new double[] {Math.nextUp(2.4), 0, 0, 0})).isTrue();
    assertThat(cartPole.terminated(new double[] {0, 0, 12 * 2 * Math.PI / 360, 0})).isFalse();
    assertThat(cartPole.terminated(new double[] {0, 0, -0.21, 0})).isTrue();
  }

  @Test
  void episodesBeginWithinFiveHundredths() {
    double[] state = new double[4];
    double largest = 0;
    for (int i = 0; i < 2000; i++) {
      cartPole.reset(state, random);
      for (double number : state) {
        largest = Math.max(largest, Math.abs(number));
      }
    }
    assertThat(largest).isBetween(0.0499, 0.05);
  }

  @Test
  void theDefaultsAreCartPoleV1() {
    assertThat(cartPole.name()).isEqualTo("CartPole");
    assertThat(cartPole.toString()).isEqualTo("CartPole");
    assertThat(cartPole.horizon()).isEqualTo(500);
    assertThat(cartPole.solvedAt()).hasValue(475);
    assertThat(cartPole.parameters()).containsEntry("gravity", 9.8).containsEntry("tau", 0.02);
    float[] edge = {4.8f, 1e30f, 0.4188f, -1e30f};
    assertThat(cartPole.observations().contains(edge, 0)).isTrue();
  }

  @Test
  void oneParameterIsChangedAndTheOthersStay() {
    CartPole moon = cartPole.with("gravity", 1.62).with("horizon", 200);
    assertThat(moon.gravity()).isEqualTo(1.62);
    assertThat(moon.horizon()).isEqualTo(200);
    assertThat(moon.with("gravity", 9.8).with("horizon", 500)).isEqualTo(cartPole);
    assertThat(moon.toString()).isEqualTo("CartPole(gravity 1.62, horizon 200.0)");
  }

  @Test
  void wrongParametersAreRefusedWithTheReason() {
    assertThatThrownBy(() -> cartPole.with("gravty", 1))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageStartingWith("unknown parameter of CartPole 'gravty': did you mean 'gravity'?");
    assertThatThrownBy(() -> cartPole.with("massPole", 0))
        .isInstanceOf(RetortException.class)
        .hasMessage("CartPole: expected massPole to be finite and positive, got 0.");
    assertThatThrownBy(() -> cartPole.with("gravity", Double.NaN))
        .hasMessage("CartPole: expected gravity to be finite and not negative, got NaN.");
    assertThatThrownBy(() -> cartPole.with("horizon", 10.5))
        .hasMessage("CartPole: expected horizon to be a whole number of steps, got 10.5.");
    assertThatThrownBy(() -> cartPole.with("horizon", 0))
        .hasMessage("CartPole: expected horizon to be at least 1 step, got 0.");
  }

  @Test
  void sineAndCosineOfSmallAnglesAreRightToTheLastBitButOne() {
    for (int i = 0; i < 200_000; i++) {
      double x = (2 * random.nextDouble() - 1) * (i % 2 == 0 ? Math.PI / 4 : 0.21);
      assertThat(Math.abs(SmallAngle.sin(x) - StrictMath.sin(x)))
          .isLessThanOrEqualTo(2 * Math.ulp(StrictMath.sin(x)));
      assertThat(Math.abs(SmallAngle.cos(x) - StrictMath.cos(x)))
          .isLessThanOrEqualTo(2 * Math.ulp(StrictMath.cos(x)));
    }
    for (double x : new double[] {0, 3, -100, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThat(SmallAngle.sin(x)).isEqualTo(Double.valueOf(StrictMath.sin(x)));
      assertThat(SmallAngle.cos(x)).isEqualTo(Double.valueOf(StrictMath.cos(x)));
    }
  }

  @Test
  void theBitsAreTheSameOnEveryJdk() {
    double[] state = new double[4];
    RandomStream golden = RandomStream.of(0, "golden");
    cartPole.reset(state, golden);
    for (int i = 0; i < 100; i++) {
      cartPole.step(state, new float[] {state[2] + 0.3 * state[3] > 0 ? 1 : 0}, golden);
    }
    assertThat(state).containsExactly(GOLDEN);
  }

  private static final double[] GOLDEN = {
    0.2202370185869799, 0.33634815648119054, 0.006315395948815681, -0.2941774885673511
  };
}
