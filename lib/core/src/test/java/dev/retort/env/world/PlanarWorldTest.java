package dev.retort.env.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.world.RigidBody.Touch;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanarWorldTest {
  private static final double[] NOTHING = {};

  private static PlanarWorld doublePendulum(double timeStep) {
    return PlanarWorld.empty()
        .timeStep(timeStep)
        .with(rod("upper").at(0.25, 0))
        .with(rod("lower").at(0.75, 0))
        .with(Coupling.hinge("shoulder", PlanarWorld.GROUND, "upper"))
        .with(Coupling.hinge("elbow", "upper", "lower").at(0.5, 0));
  }

  private static RigidBody rod(String name) {
    return RigidBody.of(name, Outline.box(0.5, 0.04)).touching(Touch.NOTHING);
  }

  /** By how much energy was off in 10 s at most, as a part of what falling from level gives. */
  private static double energyError(double timeStep) {
    PlanarWorld world = doublePendulum(timeStep);
    double[] state = world.start();
    double before = world.energy(state);
    double most = 0;
    for (int i = 0; i < Math.round(10 / timeStep); i++) {
      world.step(state, NOTHING, Terrain.flat());
      most = Math.max(most, Math.abs(world.energy(state) - before));
    }
    return most / (9.81 * (0.25 + 0.75));
  }

  @Test
  void theEnergyOfADoublePendulumIsKeptTheBetterTheShorterTheStep() {
    double at100 = energyError(0.01);
    double at500 = energyError(0.002);
    assertThat(at100).isBetween(1e-4, 0.02);
    assertThat(at500).isLessThan(at100 / 10);
  }

  @ParameterizedTest
  @CsvSource({"0.99, 0, 0.00001", "1.01, 0.62, 0.65"})
  void aBlockStaysOnASlopeUpToTheAngleOfFrictionAndSlidesBeyond(
      double share, double least, double most) {
    double angle = share * Math.atan(0.5);
    PlanarWorld world =
        PlanarWorld.empty()
            .with(
                RigidBody.of("block", Outline.box(0.4, 0.2))
                    .turned(angle)
                    .at(-0.1 * Math.sin(angle), 0.1 * Math.cos(angle))
                    .friction(0.25));
    double[] state = world.start();
    Pose before = world.pose(state, "block");
    for (int i = 0; i < 500; i++) {
      world.step(state, NOTHING, Terrain.slope(angle));
    }
    Pose after = world.pose(state, "block");
    double moved = Math.hypot(after.x() - before.x(), after.y() - before.y());
    assertThat(moved).isBetween(least, most);
    if (share > 1) {
      double pull = 9.81 * (Math.sin(angle) - 0.5 * Math.cos(angle));
      assertThat(moved).isCloseTo(pull * 12.5, within(0.01 * pull * 12.5));
    }
  }

  @Test
  void aStackOfTenStandsForTenSeconds() {
    PlanarWorld world = PlanarWorld.empty();
    for (int i = 0; i < 10; i++) {
      world = world.with(RigidBody.of("box " + i, Outline.box(0.2, 0.2)).at(0, 0.1 + 0.2 * i));
    }
    double[] state = world.start();
    for (int i = 0; i < 1_000; i++) {
      world.step(state, NOTHING, Terrain.flat());
    }
    for (int i = 0; i < 10; i++) {
      Pose pose = world.pose(state, "box " + i);
      assertThat(pose.y()).as("height of box %s", i).isCloseTo(0.1 + 0.2 * i, within(0.005));
      assertThat(pose.x()).as("place of box %s", i).isCloseTo(0, within(0.02));
    }
    assertThat(world.load(state, "box 0")).isCloseTo(10 * 9.81, within(1.0));
    assertThat(world.load(state, "box 1")).isZero();
  }

  @Test
  void momentumOfWhatMeetsInTheAirIsKeptAndEnergyIsNotGained() {
    PlanarWorld world =
        PlanarWorld.empty()
            .gravity(0)
            .with(RigidBody.of("box", Outline.box(0.3, 0.2)).at(-1, 5.05).mass(2))
            .with(RigidBody.of("disc", Outline.disc(0.2)).at(1, 5).mass(3))
            .with(RigidBody.of("rod", Outline.capsule(0.4, 0.05)).at(1.6, 5).turned(1.2));
    double[] state = world.start();
    world.push(state, "box", 4, 0);
    world.push(state, "disc", -1, 0.1);
    double before = world.energy(state);
    double angular = angular(world, state);
    for (int i = 0; i < 400; i++) {
      world.step(state, NOTHING, Terrain.flat());
    }
    double x = 0;
    double y = 0;
    for (RigidBody body : world.bodies()) {
      Pose pose = world.pose(state, body.name());
      x += body.mass() * pose.speedX();
      y += body.mass() * pose.speedY();
    }
    assertThat(x).isCloseTo(3, within(1e-9));
    assertThat(y).isCloseTo(0.1, within(1e-9));
    assertThat(world.energy(state)).isLessThan(before);
    assertThat(angular(world, state)).isCloseTo(angular, within(0.02 * Math.abs(angular)));
    assertThat(world.pose(state, "rod").speedX()).isGreaterThan(0.1);
  }

  private static double angular(PlanarWorld world, double[] state) {
    double sum = 0;
    for (RigidBody body : world.bodies()) {
      Pose pose = world.pose(state, body.name());
      sum +=
          body.mass() * (pose.x() * pose.speedY() - pose.y() * pose.speedX())
              + body.inertia() * pose.spin();
    }
    return sum;
  }

  @Test
  void aDiscRollsDownASlopeAtTwoThirdsOfAFreeSlide() {
    double angle = 0.2;
    PlanarWorld world =
        PlanarWorld.empty()
            .with(
                RigidBody.of("disc", Outline.disc(0.1))
                    .at(-0.1 * Math.sin(angle), 0.1 * Math.cos(angle)));
    double[] state = world.start();
    for (int i = 0; i < 200; i++) {
      world.step(state, NOTHING, Terrain.slope(angle));
    }
    Pose pose = world.pose(state, "disc");
    double speed = 2 * 9.81 * Math.sin(angle) * 2 / 3;
    assertThat(Math.hypot(pose.speedX(), pose.speedY())).isCloseTo(speed, within(0.01 * speed));
    assertThat(pose.spin()).isCloseTo(speed / 0.1, within(0.01 * speed / 0.1));
  }

  @Test
  void theStateAloneDecidesTheFutureInAnotherWorldOfTheSameDescriptionToo() {
    double[] state = Walkers.quadruped().start();
    PlanarWorld first = Walkers.quadruped();
    Terrain terrain = Terrain.bumps(3, 0.15, 0.02, 1);
    for (int i = 0; i < 137; i++) {
      first.step(state, Walkers.gait(i, 4), terrain);
    }
    double[] copy = state.clone();
    PlanarWorld second = Walkers.quadruped();
    for (int i = 137; i < 400; i++) {
      first.step(state, Walkers.gait(i, 4), terrain);
      second.step(copy, Walkers.gait(i, 4), Terrain.bumps(3, 0.15, 0.02, 1));
    }
    assertThat(copy).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6, 8})
  void robotsWithAnyNumberOfLegsWalkLevelByAGaitThatLooksAtNothing(int legs) {
    PlanarWorld world = Walkers.robot(legs);
    double[] state = world.start();
    double steepest = 0;
    for (int i = 0; i < 1_000; i++) {
      world.step(state, Walkers.gait(i, legs), Terrain.flat());
      steepest = Math.max(steepest, Math.abs(world.pose(state, "trunk").angle()));
    }
    assertThat(world.pose(state, "trunk").x()).isGreaterThan(2);
    assertThat(steepest).isLessThan(0.3);
  }

  /** Two steps of 0.01 s each are one of control; processor time, after Java has compiled them. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.02})
  void aRobotOfFifteenBodiesTakesFourThousandStepsOfControlASecondOnOneCore(double height) {
    PlanarWorld world = Walkers.robot(7);
    assertThat(world.bodies()).hasSize(15);
    Terrain terrain = height == 0 ? Terrain.flat() : Terrain.bumps(3, 0.15, height, 1);
    double[] state = world.start();
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    double best = 0;
    for (int round = 0; round < 5; round++) {
      long from = clock.getCurrentThreadCpuTime();
      for (int i = 0; i < 2_000; i++) {
        world.step(state, Walkers.gait(i, 7), terrain);
      }
      best = Math.max(best, 1_000 / ((clock.getCurrentThreadCpuTime() - from) / 1e9));
    }
    System.out.printf("bumps of %s m: %.0f steps of control a second%n", height, best);
    assertThat(best).isGreaterThan(4_000);
  }

  @Test
  void aMotorHoldsItsSpeedUpToItsStrengthAndAServoGoesWhereItIsTold() {
    PlanarWorld wheel =
        PlanarWorld.empty()
            .with(RigidBody.of("wheel", Outline.disc(0.1)).touching(Touch.NOTHING))
            .with(Coupling.hinge("axle", "ground", "wheel").drivenBy(Motor.speed(0.01)));
    double[] state = wheel.start();
    wheel.step(state, new double[] {100}, Terrain.flat());
    assertThat(state[wheel.speed("axle")]).isCloseTo(0.01 * 0.01 / 0.005, within(1e-12));
    for (int i = 0; i < 1_000; i++) {
      wheel.step(state, new double[] {3}, Terrain.flat());
    }
    assertThat(state[wheel.speed("axle")]).isCloseTo(3, within(1e-9));

    PlanarWorld arm =
        PlanarWorld.empty()
            .with(rod("arm").at(0.25, 0))
            .with(
                Coupling.hinge("shoulder", "ground", "arm")
                    .within(-1, 0.8)
                    .drivenBy(Motor.servo(20, 10).fastest(2)));
    double[] held = arm.start();
    for (int i = 0; i < 300; i++) {
      arm.step(held, new double[] {0.5}, Terrain.flat());
      assertThat(held[arm.speed("shoulder")]).isLessThan(2 + 1e-9);
    }
    assertThat(held[arm.place("shoulder")]).isCloseTo(0.5, within(1e-6));
    for (int i = 0; i < 300; i++) {
      arm.step(held, new double[] {3}, Terrain.flat());
      assertThat(held[arm.place("shoulder")]).isLessThan(0.801);
    }
    assertThat(held[arm.place("shoulder")]).isCloseTo(0.8, within(0.001));
  }

  @Test
  void aBoxOnAPeakLiesOnIt() {
    Terrain peak = Terrain.of(1, index -> index == 0 ? 0.3 : 0);
    PlanarWorld world =
        PlanarWorld.empty().with(RigidBody.of("plank", Outline.box(1, 0.1)).at(0, 0.36));
    double[] state = world.start();
    for (int i = 0; i < 300; i++) {
      world.step(state, NOTHING, peak);
    }
    assertThat(world.pose(state, "plank").y()).isCloseTo(0.35, within(0.002));
    assertThat(world.load(state, "plank")).isCloseTo(9.81, within(0.05));
  }

  @Test
  void raysEndWhereSomethingIs() {
    PlanarWorld world =
        PlanarWorld.empty()
            .with(RigidBody.of("eye", Outline.disc(0.1)).at(0, 1))
            .with(RigidBody.of("box", Outline.box(0.2, 0.4)).at(2, 1))
            .with(RigidBody.of("ball", Outline.disc(0.25)).at(0, 3))
            .with(RigidBody.of("rod", Outline.capsule(1, 0.1)).at(-2, 1));
    double[] state = world.start();
    Terrain terrain = Terrain.flat();
    assertThat(world.distance(state, terrain, 0, 1, 0, 5, "eye")).isCloseTo(1.9, within(1e-12));
    assertThat(world.distance(state, terrain, 0, 1, Math.PI / 2, 5, "eye"))
        .isCloseTo(1.75, within(1e-12));
    assertThat(world.distance(state, terrain, 0, 1, Math.PI, 5, "eye"))
        .isCloseTo(1.4, within(1e-9));
    assertThat(world.distance(state, terrain, 0, 1, -Math.PI / 2, 5, "eye"))
        .isCloseTo(1, within(1e-12));
    assertThat(world.distance(state, terrain, 0, 1, -Math.PI / 4, 5, "eye"))
        .isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(world.distance(state, terrain, 0, 1, 0.5, 0.7, "eye")).isEqualTo(0.7);
    assertThat(world.distance(state, Terrain.slope(0.3), -1, 1, 0, 9, "eye"))
        .isCloseTo(2.9, within(1e-9));
  }

  @Test
  void aPictureShowsTerrainAndBodiesInTheirShades() {
    PlanarWorld world =
        PlanarWorld.empty().with(RigidBody.of("box", Outline.box(0.4, 0.2)).at(0, 0.5));
    float[] picture = new float[10 * 20];
    world.picture(world.start(), Terrain.flat(), -1, 0.9, 0.1, 20, 10, picture);
    int bright = 0;
    for (int row = 0; row < 10; row++) {
      for (int column = 0; column < 20; column++) {
        float shade = picture[row * 20 + column];
        if (shade == 1) {
          bright++;
          assertThat(row).isBetween(3, 4);
          assertThat(column).isBetween(8, 11);
        } else {
          assertThat(shade).isEqualTo(row == 9 ? PlanarWorld.TERRAIN_SHADE : 0);
        }
      }
    }
    assertThat(bright).isEqualTo(8);
  }

  @Test
  void whatCannotBeBuiltIsRefusedInWords() {
    PlanarWorld one = PlanarWorld.empty().with(RigidBody.of("box", Outline.box(1, 1)));
    assertThatThrownBy(() -> one.with(Coupling.hinge("h", "box", "boks")))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage(
            "coupling 'h' of parent 'box' and child 'boks': expected a body among [box], got 'boks'. Say .with(RigidBody.of(\"boks\", outline)) before it; a parent may be 'ground' too.");
    assertThatThrownBy(() -> PlanarWorld.empty().with(Coupling.hinge("h", "ground", "c")))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage(
            "coupling 'h' of parent 'ground' and child 'c': expected a body, of which there is none yet, got 'c'. Say .with(RigidBody.of(\"c\", outline)) before it; a parent may be 'ground' too.");
    refused(
        () -> one.pose(one.start(), "bocs"),
        "world: expected a body among [box], got 'bocs'. Bodies are built with .with(RigidBody.of(name, outline)).");
    refused(
        () -> one.place("axle"),
        "world: expected a coupling, of which there is none yet, got 'axle'. Couplings are built with .with(Coupling.hinge(name, parent, child)).");
    refused(
        () -> one.with(RigidBody.of("box", Outline.disc(1))),
        "expected every body to have a name of its own");
    PlanarWorld two = one.with(RigidBody.of("disc", Outline.disc(1)));
    refused(
        () -> two.with(Coupling.hinge("a", "box", "disc")).with(Coupling.hinge("b", "disc", "box")),
        "got a circle of [box, disc]");
    refused(
        () ->
            two.with(Coupling.hinge("a", "box", "disc"))
                .with(Coupling.hinge("b", "ground", "disc")),
        "held by one coupling, got two");
    refused(() -> Outline.disc(0), "disc: expected a finite positive radius in meters, got 0.0");
    refused(
        () -> RigidBody.of("a", Outline.disc(1)).mass(-1),
        "body 'a': expected a finite positive mass");
    refused(
        () -> Coupling.hinge("a", "b", "c").within(0.1, 0.2),
        "coupling 'a': expected a range about 0");
    refused(() -> Motor.speed(0), "motor: expected a finite positive strength, got 0.0");
    refused(() -> PlanarWorld.empty().timeStep(0), "expected a time step above 0");
    refused(() -> Terrain.slope(2), "slope: expected an angle below a right one");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable what, String why) {
    assertThatThrownBy(what).isInstanceOf(RetortException.class).hasMessageContaining(why);
  }
}
