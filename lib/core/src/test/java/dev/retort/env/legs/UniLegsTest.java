package dev.retort.env.legs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.Env;
import dev.retort.env.EnvContract;
import dev.retort.env.Environments;
import dev.retort.env.Split;
import dev.retort.env.world.Coupling;
import dev.retort.env.world.PlanarWorld;
import dev.retort.env.world.RigidBody;
import dev.retort.env.world.Terrain;
import dev.retort.random.RandomStream;
import dev.retort.space.Group;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UniLegsTest {
  private final UniLegs world = new UniLegs();
  private final UniLegs calm = world.with("bumps", 0).with("push", 0);

  private static int at(UniLegs env) {
    return env.stateSize() - LegState.SIZE;
  }

  /** A state of a robot under a command that stays. */
  private static final class Walk {
    final UniLegs env;
    final double[] state;
    final float[] seen;
    final float[] action = new float[16];
    final RandomStream random = RandomStream.of(3, "walk");
    double steepest;
    double reward;

    Walk(UniLegs env, int robot) {
      this.env = env;
      this.state = new double[env.stateSize()];
      this.seen = new float[env.observations().size()];
      env.reset(robot, state, random);
    }

    Walk trot(int steps, double command) {
      for (int t = 0; t < steps && !env.terminated(state); t++) {
        state[at(env) + LegState.COMMAND] = command;
        env.observe(state, seen);
        Gait.trot(seen, action);
        reward = env.step(state, action, random);
        steepest = Math.max(steepest, Math.abs(state[2]));
      }
      return this;
    }

    double[] measures() {
      double[] measured = new double[env.measures().size()];
      env.measure(state, measured);
      return measured;
    }
  }

  @Test
  void allRobotsKeepTheContract() {
    assertThat(EnvContract.check(world, 3).findings()).isEmpty();
    assertThat(EnvContract.check(world.narrowed("scaled", 10).with("timeStep", 0.005), 4).ok())
        .isTrue();
    assertThat(EnvContract.check(UniLegs.of(Morphology.B.limbs(0.9)), 5).ok()).isTrue();
  }

  @Test
  void everyNumberOfLegsWalksAheadAndBackByAGaitThatLooksAtNothing() {
    for (int robot = 0; robot < calm.contexts(); robot++) {
      String name = calm.robots().get(robot).name();
      int legs = calm.robots().get(robot).legs();
      for (double command : new double[] {-0.3, 0.3}) {
        Walk walk = new Walk(calm, robot).trot(50, command);
        double from = walk.state[0];
        walk.trot(250, command);
        double speed = (walk.state[0] - from) / (250 * UniLegs.STEP);
        System.out.printf(
            "%s: %.1f m/s asked, %.3f m/s, pitch %.3f%n", name, command, speed, walk.steepest);
        assertThat(speed * Math.signum(command)).as(name).isBetween(legs % 2 == 0 ? 0.2 : 0.1, 0.6);
        assertThat(walk.steepest).as(name).isLessThan(0.3);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.002})
  void theGaitOfAHexapodIsTheSameInShorterStepsOfThePhysics(double timeStep) {
    Walk walk = new Walk(calm.with("timeStep", timeStep), 3).trot(300, 0.4);
    assertThat(walk.state[0] / (300 * UniLegs.STEP)).isBetween(0.25, 0.5);
    assertThat(walk.steepest).isLessThan(0.1);
  }

  /** A leg of a robot that hangs from its hip and swings, without motors, for 10 s. */
  private static double energyError(Morphology robot, double timeStep) {
    PlanarWorld whole = robot.world(timeStep);
    PlanarWorld leg = PlanarWorld.empty().timeStep(timeStep);
    for (RigidBody body : whole.bodies()) {
      if (body.name().endsWith("0")) {
        leg = leg.with(body.touching(RigidBody.Touch.NOTHING));
      }
    }
    for (Coupling joint : whole.couplings()) {
      if (joint.name().endsWith("0")) {
        String parent = joint.parent().equals("trunk") ? PlanarWorld.GROUND : joint.parent();
        leg =
            leg.with(Coupling.hinge(joint.name(), parent, joint.child()).at(joint.x(), joint.y()));
      }
    }
    double[] state = leg.start();
    state[leg.place("hip 0")] = 1.5;
    double before = leg.energy(state);
    double most = 0;
    for (int i = 0; i < Math.round(10 / timeStep); i++) {
      leg.step(state, new double[0], Terrain.flat());
      most = Math.max(most, Math.abs(leg.energy(state) - before));
    }
    return most / (9.81 * 2 * robot.limbMass() * (robot.thigh() + robot.shank()));
  }

  @Test
  void energyThatASwingingLegLosesIsTheLessTheShorterTheStep() {
    double at100 = energyError(Morphology.A, 0.01);
    double at500 = energyError(Morphology.A, 0.002);
    System.out.printf("energy is off by %.4f at 100 Hz, by %.5f at 500 Hz%n", at100, at500);
    assertThat(at100).isBetween(1e-4, 0.05);
    assertThat(at500).isLessThan(at100 / 10);
  }

  @Test
  void aRobotStandsWhereItIsBuiltToStand() {
    for (Morphology robot : world.robots()) {
      PlanarWorld physics = robot.world(0.01);
      double[] state = physics.start();
      double[] told = new double[robot.joints()];
      for (int i = 0; i < 200; i++) {
        physics.step(state, told, Terrain.flat());
      }
      assertThat(physics.pose(state, "trunk").y())
          .as(robot.name())
          .isCloseTo(robot.height(), within(0.02));
      double load = 0;
      for (RigidBody body : physics.bodies()) {
        load += physics.load(state, body.name());
      }
      assertThat(load).as(robot.name()).isCloseTo(9.81 * robot.mass(), within(0.5));
      assertThat(physics.load(state, "shank 0")).as(robot.name()).isPositive();
      assertThat(Math.abs(physics.drive(state, "knee 0"))).isBetween(0.1, robot.torque());
    }
  }

  @Test
  void theStateAloneDecidesTheFuture() {
    Walk first = new Walk(world, 4).trot(137, 0.3);
    Walk second = new Walk(new UniLegs(), 4);
    System.arraycopy(first.state, 0, second.state, 0, first.state.length);
    second.random.restore(first.random.state());
    first.trot(200, 0.3);
    second.trot(200, 0.3);
    assertThat(second.state).isEqualTo(first.state);
    assertThat(second.reward).isEqualTo(first.reward);
  }

  @Test
  void whatARobotLacksIsNeitherSeenNorDone() {
    Group parts = world.observations();
    Walk one = new Walk(world, 0).trot(30, 0.3);
    Walk other = new Walk(world, 0).trot(30, 0.3);
    Arrays.fill(one.action, 8, 16, 1);
    Arrays.fill(other.action, 8, 16, -1);
    double reward = one.env.step(one.state, one.action, one.random);
    assertThat(other.env.step(other.state, other.action, other.random)).isEqualTo(reward);
    assertThat(other.state).isEqualTo(one.state);
    one.env.observe(one.state, one.seen);
    for (String part : List.of("joints", "past", "description", "present")) {
      int size = parts.parts().get(part).size();
      int from = parts.offset(part);
      assertThat(Arrays.copyOfRange(one.seen, from + size / 2, from + size))
          .as(part)
          .containsOnly(0);
      assertThat(Arrays.copyOfRange(one.seen, from, from + size / 2))
          .as(part)
          .isNotEqualTo(new float[size / 2]);
    }
    int present = parts.offset("present");
    assertThat(Arrays.copyOfRange(one.seen, present, present + 8)).containsOnly(1);
    int contacts = parts.offset("contacts");
    assertThat(Arrays.copyOfRange(one.seen, contacts + 4, contacts + 8)).containsOnly(0);
  }

  @Test
  void legsThatStandWhileTheClockLiftsThemCostWhereItWalks() {
    int contacts = calm.observations().offset("contacts");
    double[] rewards = new double[4];
    for (int i = 0; i < rewards.length; i++) {
      Walk stands = new Walk(calm, 0);
      for (int t = 0; t < 50; t++) {
        stands.env.step(stands.state, stands.action, stands.random);
      }
      double turned = 2 * Math.PI * UniLegs.CLOCK * UniLegs.STEP * 50;
      stands.state[at(calm) + LegState.PHASE] = (i % 2 == 0 ? Math.PI / 2 : 0) - turned;
      stands.state[at(calm) + LegState.COMMAND] = i < 2 ? 0.2 : 0.1;
      rewards[i] = stands.env.step(stands.state, stands.action, stands.random);
      stands.env.observe(stands.state, stands.seen);
      assertThat(Arrays.copyOfRange(stands.seen, contacts, contacts + 4)).containsOnly(1);
    }
    assertThat(rewards[0] - rewards[1]).as("two of four legs").isCloseTo(0.25, within(1e-9));
    assertThat(rewards[2]).as("who hardly walks may stand").isEqualTo(rewards[3]);
  }

  @Test
  void theEstimateIsTheTruthAndAnErrorOfItsDeviationThatLasts() {
    int told = world.observations().offset("estimate");
    int truth = world.observations().offset("velocity");
    assertThat(UniLegs.PRIVILEGED).contains("velocity").doesNotContain("estimate");
    UniLegs still = calm.with("fastest", 0).with("horizon", 20_000);
    Walk walk = new Walk(still, 4);
    int steps = 20_000;
    double[][] errors = new double[3][steps];
    for (int t = 0; t < steps; t++) {
      walk.env.step(walk.state, walk.action, walk.random);
      walk.env.observe(walk.state, walk.seen);
      for (int i = 0; i < 3; i++) {
        errors[i][t] = walk.seen[told + i] - walk.seen[truth + i];
      }
    }
    assertThat(walk.env.terminated(walk.state)).isFalse();
    for (int i = 0; i < 3; i++) {
      double deviation = Math.sqrt(Arrays.stream(errors[i]).map(e -> e * e).average().orElse(0));
      assertThat(deviation).isCloseTo(i == 2 ? 0.01 : 0.05, withinPercentage(5));
      double lasting = 0;
      for (int t = 0; t + 10 < steps; t++) { // 0.2 s later
        lasting += errors[i][t] * errors[i][t + 10] / (steps - 10) / (deviation * deviation);
      }
      assertThat(lasting).isCloseTo(Math.pow(0.9, 10), within(0.06));
    }
    Walk exact = new Walk(calm.with("estimateError", 0), 0).trot(20, 0.3);
    exact.env.observe(exact.state, exact.seen);
    assertThat(Arrays.copyOfRange(exact.seen, told, told + 3))
        .isEqualTo(Arrays.copyOfRange(exact.seen, truth, truth + 3));
  }

  /** What is opposite in legs side by side has to be told by more than a small difference. */
  @Test
  void legsAreToldApartByWavesAlongTheTrunk() {
    float[] one = new float[Morphology.DESCRIPTION];
    float[] other = new float[Morphology.DESCRIPTION];
    for (Morphology robot : world.robots()) {
      for (int leg = 0; leg < robot.legs(); leg++) {
        robot.describe(2 * leg, one, 0);
        double x = 0.9 * (2.0 * leg / (robot.legs() - 1) - 1);
        assertThat((double) one[2]).isCloseTo(x, within(1e-6));
        for (int wave = 0; wave < 3; wave++) {
          double turned = Math.PI * Math.pow(2, wave) * x;
          assertThat((double) one[10 + 2 * wave]).isCloseTo(Math.sin(turned), within(1e-6));
          assertThat((double) one[11 + 2 * wave]).isCloseTo(Math.cos(turned), within(1e-6));
        }
        for (int next = leg + 1; next < robot.legs(); next++) {
          robot.describe(2 * next, other, 0);
          double square = 0;
          for (int i = 0; i < one.length; i++) {
            square += (one[i] - other[i]) * (one[i] - other[i]);
          }
          assertThat(Math.sqrt(square)).as("%s: %s and %s", robot, leg, next).isGreaterThan(1.5);
        }
      }
    }
  }

  @Test
  void thePastIsWhatWasSeenBefore() {
    Group parts = world.observations();
    Walk walk = new Walk(world, 3);
    float[][] seen = new float[4][];
    for (int t = 0; t < 4; t++) {
      walk.trot(1, 0.4);
      walk.env.observe(walk.state, walk.seen);
      seen[t] = walk.seen.clone();
    }
    int joints = parts.offset("joints");
    int past = parts.offset("past");
    for (int j = 0; j < 12; j++) {
      for (int before = 1; before < 4; before++) {
        for (int i = 0; i < 3; i++) {
          assertThat(seen[3][past + 9 * j + 3 * (before - 1) + i])
              .isEqualTo(seen[3 - before][joints + 3 * j + i]);
        }
      }
    }
  }

  @Test
  void aFallEndsTheTaskAndTimeDoesNot() {
    Walk falls = new Walk(calm, 0).trot(10, 0);
    int steps = 10;
    while (!falls.env.terminated(falls.state) && steps < 200) {
      Arrays.fill(falls.action, 0);
      for (int leg = 0; leg < 2; leg++) { // hind legs fold, front legs stand
        falls.action[2 * leg] = -1;
        falls.action[2 * leg + 1] = -1;
      }
      falls.env.step(falls.state, falls.action, falls.random);
      if (steps == 100) {
        falls.env.robot(falls.state).push(falls.state, 6);
      }
      steps++;
    }
    assertThat(falls.env.terminated(falls.state)).isTrue();
    double[] before = falls.state.clone();
    assertThat(falls.env.step(falls.state, falls.action, falls.random)).isZero();
    assertThat(falls.state).isEqualTo(before);
    double[] measured = falls.measures();
    assertThat(measured[0]).isZero();
    assertThat(measured[3]).isOne();
    assertThat(measured[2]).as("what a fall leaves out counts as 0").isLessThan(steps / 1_000.0);

    Walk lasts = new Walk(calm, 3).trot(1_000, 0.3);
    assertThat(lasts.env.horizon()).isEqualTo(1_000);
    assertThat(lasts.env.terminated(lasts.state)).isFalse();
    assertThat(lasts.measures()[3]).isZero();
  }

  @Test
  void theSpeedErrorIsThatOfTheMeanUnderEachCommand() {
    Walk walk = new Walk(calm, 3).trot(50, 0.3);
    double from = walk.state[0];
    walk.trot(199, 0.3);
    double mean = (walk.state[0] - from) / (199 * UniLegs.STEP);
    assertThat(walk.measures()[1]).isCloseTo(Math.abs(mean - 0.3), within(0.01));
    double power = walk.measures()[4];
    assertThat(power).isBetween(0.2, 10.0);
    assertThat(walk.measures()[2]).isBetween(0.0, 1.0);
    assertThat(new Walk(calm, 3).measures()[1]).as("nothing counted yet").isNaN();
  }

  @Test
  void standingStillWhereNothingIsAskedIsWorthNearlyOne() {
    Walk stands = new Walk(calm.with("fastest", 0), 4);
    for (int t = 0; t < 100; t++) {
      stands.reward = stands.env.step(stands.state, stands.action, stands.random);
    }
    assertThat(stands.reward).isBetween(0.9, 1.0);
    stands.env.observe(stands.state, stands.seen);
    int contacts = stands.env.observations().offset("contacts");
    assertThat(Arrays.copyOfRange(stands.seen, contacts, contacts + 8)).containsOnly(1);
  }

  @Test
  void robotsToLearnOnToChooseOnAndToReportAreDifferent() {
    Set<Morphology> all = new HashSet<>();
    int count = 0;
    for (UniLegs.Part part : UniLegs.Part.values()) {
      if (part != UniLegs.Part.FAMILY && part != UniLegs.Part.OWN) {
        for (int most = 1; most < 20; most++) {
          int robots = most;
          try {
            all.addAll(world.narrowed(part, robots).robots());
          } catch (RetortException e) {
            count += robots - 1;
            break;
          }
        }
      }
    }
    assertThat(all).hasSize(count).hasSize(20);
    assertThat(world.split(Split.TRAIN, 5).robots())
        .extracting(Morphology::legs)
        .containsExactly(4, 4, 4, 6, 8);
    assertThat(world.narrowed("topology", 3).robots())
        .extracting(Morphology::legs)
        .containsExactly(3, 5, 7);
  }

  @Test
  void theRobotToReportIsOutsideOfThoseToLearnOnAlongOneAxis() {
    List<Morphology> known = List.of(Morphology.A, Morphology.B, Morphology.C);
    Morphology test = world.split(Split.TEST, 1).robots().get(0);
    int outside = 0;
    List<ToDoubleFunction<Morphology>> axes =
        List.of(
            Morphology::trunk,
            Morphology::thigh,
            Morphology::shank,
            Morphology::trunkMass,
            Morphology::limbMass,
            Morphology::torque);
    for (var axis : axes) {
      double low = known.stream().mapToDouble(axis).min().orElseThrow();
      double high = known.stream().mapToDouble(axis).max().orElseThrow();
      double value = axis.applyAsDouble(test);
      outside += value < low || value > high ? 1 : 0;
    }
    assertThat(outside).isOne();
  }

  @Test
  void robotsAreFoundByNameAndOnesOwnHaveTheirNumbersAsParameters() {
    Env third = Environments.get("UniLegs/train-5/task-3");
    assertThat(third.drawn(0)).containsEntry("legs", 6.0);
    UniLegs own = UniLegs.of(new Morphology("own", 4, 0.9, 0.25, 0.22, 5, 0.4, 15));
    assertThat(own.name()).isEqualTo("UniLegs-own");
    assertThat(own.with("thigh", 0.3).robots().get(0).thigh()).isEqualTo(0.3);
    assertThat(own.with("thigh", 0.3)).isNotEqualTo(own).hasToString("UniLegs-own");
    assertThat(own.with("push", 0).parameters()).containsEntry("legs", 4.0);
    assertThat(world.with("push", 0)).hasToString("UniLegs(push 0.0)");
    assertThat(new UniLegs()).isEqualTo(world).hasSameHashCodeAs(world);
  }

  @Test
  void whatIsNoRobotIsRefusedInWords() {
    assertThatThrownBy(() -> world.narrowed("trian", 2))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("trian");
    assertThatThrownBy(() -> world.train(6))
        .isInstanceOf(RetortException.class)
        .hasMessage("UniLegs: expected 1 to 5 train robots, got 6; the nearest is 5.");
    assertThatThrownBy(() -> world.with("timeStep", 0.003))
        .hasMessageContaining("expected a timeStep that divides 0.02 s, got 0.003");
    assertThatThrownBy(() -> new Morphology("spider", 9, 1, 1, 1, 1, 1, 1))
        .hasMessage("morphology 'spider': expected 2 to 8 legs, got 9.");
    assertThatThrownBy(() -> Morphology.A.limbs(0))
        .hasMessageContaining("the factor of limbs to be finite and positive");
    assertThatThrownBy(() -> UniLegs.of(Morphology.A).train(1)).isInstanceOf(RetortException.class);
  }
}
