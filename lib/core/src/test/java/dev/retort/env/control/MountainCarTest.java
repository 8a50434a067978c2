package dev.retort.env.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.env.Env;
import dev.retort.random.RandomStream;
import org.junit.jupiter.api.Test;

class MountainCarTest {
  private final MountainCar car = new MountainCar();
  private final MountainCarContinuous throttle = new MountainCarContinuous();
  private final RandomStream random = RandomStream.of(7, "mountain car test");

  @Test
  void aPushWorksAgainstTheSlope() {
    double[] state = {-0.5, 0};
    assertThat(car.step(state, new float[] {MountainCar.RIGHT}, random)).isEqualTo(-1);
    assertThat(state[1]).isCloseTo(0.001 - 0.0025 * Math.cos(-1.5), within(1e-17));
    assertThat(state[0]).isEqualTo(-0.5 + state[1]);
  }

  @Test
  void theWallStopsTheCar() {
    for (Env env : new Env[] {car, throttle}) {
      double[] state = {-1.19, -0.07};
      env.step(state, new float[] {0}, random);
      assertThat(state).containsExactly(env == car ? -1.2 : -1.2f, 0);
    }
  }

  @Test
  void rockingGetsOutAndPushingAloneDoesNot() {
    assertThat(steps(car, state -> state[1] >= 0 ? 2 : 0)).isBetween(80, 160);
    assertThat(steps(car, state -> 2)).isEqualTo(200);
    assertThat(steps(throttle, state -> state[1] >= 0 ? 1 : -1)).isBetween(50, 120);
    assertThat(steps(throttle, state -> 1)).isEqualTo(999);
  }

  @FunctionalInterface
  private interface Rule {
    float act(double[] state);
  }

  private static int steps(Env env, Rule rule) {
    RandomStream chance = RandomStream.of(1, "rocking");
    double[] state = new double[2];
    env.reset(state, chance);
    int steps = 0;
    while (steps < env.horizon() && !env.terminated(state)) {
      env.step(state, new float[] {rule.act(state)}, chance);
      steps++;
    }
    return steps;
  }

  @Test
  void theFlagMustBeReachedFastEnough() {
    MountainCar demanding = car.with("goalSpeed", 0.03);
    assertThat(car.terminated(new double[] {0.5, 0.01})).isTrue();
    assertThat(demanding.terminated(new double[] {0.5, 0.01})).isFalse();
    assertThat(demanding.terminated(new double[] {0.5, 0.03})).isTrue();
  }

  @Test
  void effortIsThatOfTheActionAsAskedFor() {
    double[] state = {-0.5, 0};
    double[] clipped = {-0.5, 0};
    assertThat(throttle.step(state, new float[] {3}, random)).isCloseTo(-0.9, within(1e-15));
    assertThat(throttle.step(clipped, new float[] {1}, random)).isCloseTo(-0.1, within(1e-15));
    assertThat(state).isEqualTo(clipped);
    double[] near = {0.44, 0.05};
    assertThat(throttle.step(near, new float[] {-1}, random)).isCloseTo(99.9, within(1e-12));
    assertThat(throttle.terminated(near)).isTrue();
  }

  @Test
  void statesBecomeFloats() {
    double[] state = new double[2];
    throttle.reset(state, random);
    for (int i = 0; i < 50; i++) {
      throttle.step(state, new float[] {random.nextInt(5) - 2}, random);
      assertThat(state[0]).isEqualTo((float) state[0]);
      assertThat(state[1]).isEqualTo((float) state[1]);
    }
  }

  @Test
  void actionsThatAreNoneAreRefused() {
    double[] state = {-0.5, 0};
    assertThatThrownBy(() -> car.step(state, new float[] {3}, random))
        .hasMessage("MountainCar: expected an action from 0 to 2, got 3.0.");
    assertThatThrownBy(() -> throttle.step(state, new float[] {Float.NaN}, random))
        .hasMessageStartingWith("MountainCarContinuous: expected a number as action[0], got NaN.");
  }

  @Test
  void parametersAreThoseOfTheValley() {
    assertThat(car.solvedAt()).hasValue(-110);
    assertThat(throttle.solvedAt()).hasValue(90);
    assertThat(car.with("force", 0.0012).toString()).isEqualTo("MountainCar(force 0.0012)");
    assertThatThrownBy(() -> car.with("goal", -0.5))
        .hasMessageStartingWith(
            "MountainCar: expected goal to be from -0.39999999999999997 to 0.6");
  }
}
