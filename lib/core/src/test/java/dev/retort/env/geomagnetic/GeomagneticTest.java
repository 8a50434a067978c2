package dev.retort.env.geomagnetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.EnvContract;
import dev.retort.env.Environments;
import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeomagneticTest {
  private final Geomagnetic world = new Geomagnetic();

  /** Missions that somebody flew: how many, how many arrived, and the mean of a measure. */
  private record Flown(double success, double pathRatio, double deviation) {}

  @FunctionalInterface
  private interface Pilot {
    void steer(double[] state, float[] seen, float[] action);
  }

  private static Flown fly(Geomagnetic env, int missions, Pilot pilot) {
    double[] state = new double[env.stateSize()];
    float[] seen = new float[env.observations().size()];
    float[] action = new float[2];
    double[] measured = new double[env.measures().size()];
    double arrived = 0;
    double ratio = 0;
    double deviation = 0;
    for (int i = 0; i < missions; i++) {
      RandomStream random = RandomStream.of(i, "missions");
      env.reset(state, random);
      for (int t = 0; t < env.horizon() && !env.terminated(state); t++) {
        env.observe(state, seen);
        pilot.steer(state, seen, action);
        env.step(state, action, random);
      }
      env.measure(state, measured);
      arrived += measured[0];
      ratio += measured[0] == 1 ? measured[2] : 0;
      deviation += measured[5];
    }
    return new Flown(arrived / missions, ratio / arrived, deviation / missions);
  }

  private static void straight(double[] state, float[] seen, float[] action) {
    double bearing =
        Math.toRadians(
            Globe.bearing(
                state[0], state[1], state[Geomagnetic.GOAL], state[Geomagnetic.GOAL + 1]));
    action[0] = (float) Math.cos(bearing);
    action[1] = (float) Math.sin(bearing);
  }

  @Test
  void theWorldKeepsTheContract() {
    assertThat(EnvContract.check(world.with("anomaly", 100), 3).toString())
        .startsWith("Geomagnetic keeps the contract");
    assertThat(EnvContract.check(world.test(36), 4).ok()).isTrue();
  }

  @Test
  void whoKnowsTheWayArrivesAlwaysAndOnTheGreatCircle() {
    Flown flown = fly(world, 300, GeomagneticTest::straight);
    assertThat(flown.success()).isEqualTo(1);
    assertThat(flown.pathRatio()).isBetween(0.93, 1.0);
    assertThat(flown.deviation()).isCloseTo(0, within(1e-4));
  }

  @Test
  void theOracleSeesTheBearingAndFliesIt() {
    Geomagnetic shown = world.with("bearing", 1);
    Flown flown = fly(shown, 100, (state, seen, action) -> Pilots.oracle(seen, action));
    assertThat(flown.success()).isEqualTo(1);
    assertThat(flown.deviation()).isCloseTo(0, within(1e-3));
  }

  @Test
  void broydensRuleNearlySolvesTheWorldAndEvolutionWanders() {
    Geomagnetic unseen = (Geomagnetic) world.test(36);
    Flown broyden = fly(unseen, 300, remembering(Pilots.BROYDEN_MEMORY, Pilots::broyden));
    Flown evolution = fly(unseen, 300, remembering(Pilots.EVOLUTION_MEMORY, Pilots::evolution));
    assertThat(broyden.success()).isGreaterThan(0.9);
    assertThat(broyden.pathRatio()).isBetween(1.0, 1.4);
    assertThat(evolution.pathRatio()).isGreaterThan(broyden.pathRatio());
    assertThat(evolution.deviation()).isGreaterThan(45);
  }

  @FunctionalInterface
  private interface Rule {
    void act(float[] seen, float[] memory, float[] action);
  }

  /** A rule whose memory begins anew with every mission. */
  private static Pilot remembering(int memory, Rule rule) {
    float[] kept = new float[memory];
    return (state, seen, action) -> {
      if (state[Geomagnetic.MOVES] == 0) {
        Arrays.fill(kept, 0);
      }
      rule.act(seen, kept, action);
    };
  }

  @Test
  void whoKeepsOneHeadingLeavesTheArea() {
    Flown flown =
        fly(
            world,
            100,
            (state, seen, action) -> {
              action[0] = 1;
              action[1] = 0;
            });
    assertThat(flown.success()).isLessThan(0.2);
  }

  @Test
  void partsAreDisjointAndTogetherTheWholeLattice() {
    Set<String> areas = new HashSet<>();
    for (Geomagnetic part :
        new Geomagnetic[] {
          world.narrowed(Geomagnetic.Part.TRAIN, 32),
          world.narrowed(Geomagnetic.Part.VALIDATION, 4),
          world.narrowed(Geomagnetic.Part.TEST, 36)
        }) {
      for (int i = 0; i < part.contexts(); i++) {
        assertThat(areas.add(part.area(i))).isTrue();
      }
    }
    assertThat(areas).hasSize(72);
    assertThat(world.narrowed(Geomagnetic.Part.TRAIN, 2).area(0)).isEqualTo(world.area(0));
    assertThat(world.with("familySeed", 5).area(0)).isNotEqualTo(world.area(0));
  }

  @Test
  void anAreaIsWhereItWasInEveryProcess() {
    assertThat(world.area(0)).isEqualTo("20°S to 0°, 100°W to 80°W");
    assertThat(world.area(71)).isEqualTo("40°S to 20°S, 120°W to 100°W");
  }

  @Test
  void movesAreAsLongAsTheyAreMeantToBeAcrossTheDateLineToo() {
    RandomStream random = RandomStream.at(9);
    for (int i = 0; i < 200; i++) {
      double latitude = 80 * random.nextDouble() - 40;
      double longitude = i % 2 == 0 ? 179.9 : 360 * random.nextDouble() - 180;
      double heading = 2 * Math.PI * random.nextDouble();
      double[] place = {latitude, longitude};
      Globe.move(place, 0, Math.cos(heading), Math.sin(heading), 50);
      assertThat(place[1]).isBetween(-180.0, 180.0);
      assertThat(Globe.distance(latitude, longitude, place[0], place[1]))
          .isCloseTo(50, within(0.001));
      assertThat(
              Globe.wrapped(
                  Globe.bearing(latitude, longitude, place[0], place[1]) - Math.toDegrees(heading)))
          .isCloseTo(0, within(1e-6));
    }
  }

  @Test
  void whatIsSeenDoesNotTellTheTruePosition() {
    // Two states that differ in position, start and area alone, with the same readings and moves.
    double[] state = new double[world.stateSize()];
    float[] seen = new float[world.observations().size()];
    float[] other = new float[seen.length];
    world.reset(state, RandomStream.at(1));
    world.step(state, new float[] {0.3f, 0.9f}, RandomStream.at(2));
    world.observe(state, seen);
    for (int hidden : new int[] {0, 1, 2, 3, 4, 5, 24, 26, 27, 28}) {
      state[hidden] += 1.5;
    }
    world.observe(state, other);
    assertThat(other).containsExactly(seen);
  }

  @Test
  void theRunningJacobianIsTheFieldsOwnWhereThereIsNoNoise() {
    Geomagnetic quiet = world.with("noise", 0);
    double[] state = new double[quiet.stateSize()];
    float[] seen = new float[quiet.observations().size()];
    RandomStream random = RandomStream.at(5);
    quiet.reset(7, state, random);
    for (int i = 0; i < 12; i++) { // to and fro, so that the place stays about the same
      float sign = i % 4 < 2 ? 1 : -1;
      quiet.step(state, i % 2 == 0 ? new float[] {sign, 0} : new float[] {0, sign}, random);
    }
    quiet.observe(state, seen);
    double[] north = change(state, 1, 0);
    double[] east = change(state, 0, 1);
    for (int element = 0; element < 3; element++) {
      assertThat(seen[12 + 2 * element] / 10.0).isCloseTo(north[element], within(0.01));
      assertThat(seen[13 + 2 * element] / 10.0).isCloseTo(east[element], within(0.01));
    }
  }

  /** How the reading changes over a move, in units of S. */
  private static double[] change(double[] state, double north, double east) {
    double[] place = {state[0], state[1]};
    double[] here = new double[3];
    double[] there = new double[3];
    Magnetometer.read(place, 0, 0, 0, RandomStream.at(0), here, 0);
    Globe.move(place, 0, north, east, 50);
    Magnetometer.read(place, 0, 0, 0, RandomStream.at(0), there, 0);
    return new double[] {
      (there[0] - here[0]) / 2000, (there[1] - here[1]) / 5, (there[2] - here[2]) / 5
    };
  }

  @Test
  void theCrustHasTheStandardDeviationThatIsAskedFor() {
    double sum = 0;
    double squares = 0;
    int places = 4_000;
    double[] reading = new double[3];
    double[] quiet = new double[3];
    RandomStream random = RandomStream.at(3);
    for (int i = 0; i < places; i++) {
      double[] place = {80 * random.nextDouble() - 40, 360 * random.nextDouble() - 180};
      Magnetometer.read(place, 0, 150, 0, random, reading, 0);
      Magnetometer.read(place, 0, 0, 0, random, quiet, 0);
      double more = reading[0] - quiet[0]; // almost along one component of the three
      sum += more;
      squares += more * more;
    }
    assertThat(sum / places).isCloseTo(0, within(10.0));
    assertThat(Math.sqrt(squares / places)).isCloseTo(150, within(15.0));
  }

  @Test
  void areasThatThereAreNotAreRefusedWithTheNearest() {
    assertThatThrownBy(() -> world.train(33))
        .isInstanceOf(RetortException.class)
        .hasMessage("Geomagnetic: expected 1 to 32 train areas, got 33; the nearest is 32.");
    assertThatThrownBy(() -> world.area(72))
        .hasMessage("Geomagnetic: expected an area from 0 to 71, got 72; the nearest is 71.");
    assertThatThrownBy(() -> world.with("noise", -1)).hasMessageContaining("noise");
  }

  @Test
  void itIsFoundByItsName() {
    Env found = Environments.get("Geomagnetic/test-36");
    assertThat(found).isEqualTo(world.test(36));
  }
}
