package dev.retort.env.navigation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.Env;
import dev.retort.env.EnvContract;
import dev.retort.env.Environments;
import dev.retort.random.RandomStream;
import dev.retort.space.Group;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RobotRoomsTest {
  private final RobotRooms world = new RobotRooms();
  private final Group seen = (Group) world.observations();

  /** An empty room with a robot in its middle that looks east, and a goal 3.5 m north-east. */
  private static double[] empty() {
    double[] state = new double[new RobotRooms().stateSize()];
    state[RobotState.X] = 10;
    state[RobotState.Y] = 10;
    state[RobotState.GOAL] = 12.1;
    state[RobotState.GOAL + 1] = 12.8;
    return state;
  }

  private float[] observed(RobotRooms env, double[] state) {
    float[] observation = new float[env.observations().size()];
    env.observe(state, observation);
    return observation;
  }

  @Test
  void theWorldKeepsTheContractForEachRobot() {
    for (Robot robot : Robot.values()) {
      RobotRooms robots = new RobotRooms(robot).with("headingGate", robot.number() % 2);
      assertThat(EnvContract.check(robots.test(9), 3).toString())
          .startsWith(robots.test(9).name() + " keeps the contract");
    }
    assertThat(EnvContract.check(world.with("truth", 1).narrowed("unseen", 5), 4).findings())
        .isEmpty();
  }

  @Test
  void raysMeetWhatStandsInTheirWayAndNameIt() {
    double[] state = empty();
    Obstacles.add(state, Matter.RACK, 14, 10, 1, 3);
    Obstacles.add(state, Matter.WALL, 12, 10.05, 0.25, 0);
    float[] shown = observed(world, state);
    double off = Scan.angle(31); // just left of straight ahead, where the pillar stands
    double aside = 2 * Math.sin(off) - 0.05 * Math.cos(off);
    double expected = 2 * Math.cos(off) + 0.05 * Math.sin(off) - Math.sqrt(0.0625 - aside * aside);
    assertThat(shown[31]).isCloseTo((float) (expected / (expected + 1)), within(1e-6f));
    assertThat(Scan.range(shown[31])).isCloseTo(expected, within(1e-5));
    assertThat(shown[seen.offset("classes") + 31]).isEqualTo(1);
    double left = Scan.angle(20);
    assertThat(Scan.range(shown[20])).isCloseTo(3 / Math.cos(left), within(1e-5));
    assertThat(shown[seen.offset("classes") + 64 + 20]).isEqualTo(1);
    assertThat(shown[seen.offset("classes") + 20]).isZero();
    assertThat(shown[0]).isEqualTo(1); // nothing within 10 m, and no class
    assertThat(Scan.range(shown[0])).isEqualTo(10);
    for (int channel = 0; channel < 4; channel++) {
      assertThat(shown[seen.offset("classes") + 64 * channel]).isZero();
    }
  }

  @Test
  void aHumanoidLooksOverLowBoxesUnlessItsSensorIsLower() {
    double[] state = empty();
    Obstacles.add(state, Matter.LOW, 12, 10, 0.2, 0.2);
    RobotRooms tall = new RobotRooms(Robot.HUMANOID);
    assertThat(observed(tall, state)[32]).isEqualTo(1);
    float[] lower = observed(tall.with("sensorHeight", 0.3), state);
    assertThat(Scan.range(lower[32])).isLessThan(2);
    assertThat(Scan.range(observed(world, state)[32])).isLessThan(2);
  }

  @Test
  void theRouteIsCutIntoMetersInTheRobotsFrame() {
    double[] state = empty();
    state[RobotState.HEADING] = Math.PI / 2;
    float[] shown = observed(world, state);
    int route = seen.offset("route");
    // The goal lies 2.1 m east and 2.8 m north: 2.8 m ahead and 2.1 m to the right, 3.5 m away.
    assertThat(Arrays.copyOfRange(shown, route, route + 4))
        .containsExactly(new float[] {0, 0, 0.8f, -0.6f}, within(1e-6f));
    assertThat(Arrays.copyOfRange(shown, route + 12, route + 16))
        .containsExactly(new float[] {2.4f, -1.8f, 2.8f, -2.1f}, within(1e-6f));
    assertThat(Arrays.copyOfRange(shown, route + 16, route + 40)).containsOnly(0);
    state[RobotState.GOAL + 1] = 25;
    assertThat(world.potential(observed(world, state), 0)).isCloseTo(-10, within(1e-6));
  }

  @Test
  void theGoalsHeadingIsSeenFromTheRobot() {
    double[] state = empty();
    state[RobotState.HEADING] = 0.5;
    state[RobotState.GOAL + 2] = 0.8;
    float[] shown = observed(world, state);
    int at = seen.offset("goalHeading");
    assertThat(shown[at]).isCloseTo((float) Math.cos(0.3), within(1e-6f));
    assertThat(shown[at + 1]).isCloseTo((float) Math.sin(0.3), within(1e-6f));
  }

  @Test
  void aRobotKnowsWhichOneItIs() {
    for (Robot robot : Robot.values()) {
      float[] shown = observed(new RobotRooms(robot), empty());
      int at = seen.offset("embodiment");
      for (int i = 0; i < 4; i++) {
        assertThat(shown[at + i]).isEqualTo(i == robot.number() ? 1 : 0);
      }
    }
  }

  @Test
  void theGoalIsReachedAtRestAndWithTheGateInItsHeading() {
    RobotRooms gated = world.with("headingGate", 1);
    double[] state = empty();
    state[RobotState.GOAL] = 10.4;
    state[RobotState.GOAL + 1] = 10;
    state[RobotState.GOAL + 2] = 1;
    double[] moving = state.clone();
    moving[RobotState.VELOCITY] = 0.5;
    world.step(moving, new float[] {0.5f, 0, 0}, RandomStream.at(0));
    assertThat(world.terminated(moving)).isFalse();

    double[] resting = state.clone();
    double reward = world.step(resting, new float[3], RandomStream.at(0));
    assertThat(world.terminated(resting)).isTrue();
    assertThat(reward).isCloseTo(0.1 * 0.01 * (2000 - 0.4), within(1e-9));
    double[] measured = new double[5];
    world.measure(resting, measured);
    assertThat(measured[0]).isEqualTo(1);
    assertThat(measured[2]).isCloseTo(0.1, within(1e-12));

    double[] turned = state.clone();
    gated.step(turned, new float[3], RandomStream.at(0));
    assertThat(gated.terminated(turned)).isFalse();
    turned[RobotState.HEADING] = 0.95;
    gated.step(turned, new float[3], RandomStream.at(0));
    assertThat(gated.terminated(turned)).isTrue();
  }

  @Test
  void whoTouchesSomethingHasFailedAndHowIsMeasured() {
    double[] state = empty();
    Obstacles.add(state, Matter.LOW, 10.7, 10, 0.2, 0.2);
    double reward = 0;
    while (!world.terminated(state)) {
      reward = world.step(state, new float[] {1, 0, 0}, RandomStream.at(0));
    }
    assertThat(reward).isCloseTo(-1, within(0.01));
    double[] measured = new double[5];
    world.measure(state, measured);
    assertThat(measured).containsExactly(0, Double.NaN, Double.NaN, 1, 0);
    assertThat(world.step(state, new float[3], RandomStream.at(0))).isZero();

    RobotRooms tall = new RobotRooms(Robot.HUMANOID);
    double[] falling = empty();
    tall.step(falling, new float[] {1, 0, 0}, RandomStream.at(0));
    tall.step(falling, new float[] {-1, 0, 0}, RandomStream.at(0));
    tall.measure(falling, measured);
    assertThat(measured[4]).isEqualTo(1);
    double[] standing = empty();
    RobotRooms steady = tall.with("fallsAbove", 100);
    steady.step(standing, new float[] {1, 0, 0}, RandomStream.at(0));
    assertThat(steady.terminated(standing)).isFalse();
  }

  @Test
  void aQuadrupedsTailTouchesTooAndACarsEnds() {
    double[] state = empty();
    Obstacles.add(state, Matter.BOX, 8.7, 10, 0.3, 0.3);
    assertThat(Obstacles.clearance(state, Robot.QUADRUPED)).isCloseTo(-0.05, within(1e-9));
    assertThat(Obstacles.clearance(state, Robot.CAR)).isCloseTo(0.4, within(1e-9));
    assertThat(Obstacles.clearance(state, Robot.HUMANOID)).isCloseTo(0.7, within(1e-9));
    assertThat(Obstacles.clearance(state, Robot.DIFFERENTIAL)).isCloseTo(0.65, within(1e-9));
  }

  @Test
  void startAndGoalAreClearAndAsFarApartAsIsSaid() {
    for (int type = 1; type <= 4; type++) {
      for (double far : new double[] {0, 1}) {
        RobotRooms rooms = new RobotRooms(Robot.QUADRUPED).with("room", type).with("farGoals", far);
        double[] state = new double[rooms.stateSize()];
        for (int i = 0; i < 50; i++) {
          rooms.reset(state, RandomStream.of(i, "missions"));
          double x = Math.abs(state[RobotState.GOAL] - state[RobotState.X]);
          double y = Math.abs(state[RobotState.GOAL + 1] - state[RobotState.Y]);
          assertThat(RobotState.distance(state)).isGreaterThanOrEqualTo(1);
          assertThat(Math.min(x, y)).isGreaterThanOrEqualTo(2 * far);
          assertThat(Math.max(x, y)).isLessThanOrEqualTo(5);
          assertThat(Obstacles.clearance(state, state[RobotState.GOAL], state[RobotState.GOAL + 1]))
              .isGreaterThanOrEqualTo(0.7);
          assertThat(Obstacles.clearance(state, Robot.QUADRUPED)).isGreaterThan(0);
          assertThat(Obstacles.count(state)).isLessThanOrEqualTo(Obstacles.MOST);
        }
      }
    }
  }

  @Test
  void partsHoldRoomsOfTheirTypesAndNoneOfThemTwice() {
    Set<String> rooms = new HashSet<>();
    for (RobotRooms.Part part : RobotRooms.Part.values()) {
      if (part == RobotRooms.Part.FAMILY) {
        continue;
      }
      RobotRooms narrowed = world.narrowed(part, 30);
      Set<RoomType> types = EnumSet.noneOf(RoomType.class);
      double[] state = new double[world.stateSize()];
      for (int room = 0; room < 30; room++) {
        types.add(narrowed.roomType(room));
        narrowed.reset(room, state, RandomStream.at(room));
        double[] obstacles = Arrays.copyOfRange(state, RobotState.OBSTACLES, state.length);
        assertThat(rooms.add(Arrays.toString(obstacles))).isTrue();
      }
      boolean isUnseen = part == RobotRooms.Part.UNSEEN;
      assertThat(types)
          .containsExactlyInAnyOrder(
              isUnseen ? RoomType.MULTI_RACKS : RoomType.SINGLE_RACKS,
              isUnseen ? RoomType.HALL : RoomType.OFFICE);
    }
    assertThat(world.with("room", 4).roomType(7)).isEqualTo(RoomType.HALL);
    assertThat(world.with("room", 4).drawn(7)).containsEntry("room", 4.0);
  }

  @Test
  void aRoomIsTheSameInEveryEpisodeAndForEveryRobot() {
    double[] one = new double[world.stateSize()];
    double[] other = one.clone();
    world.test(20).reset(3, one, RandomStream.at(1));
    new RobotRooms(Robot.CAR).test(5).reset(3, other, RandomStream.at(2));
    assertThat(Arrays.copyOfRange(other, RobotState.COUNT, other.length))
        .containsExactly(Arrays.copyOfRange(one, RobotState.COUNT, one.length));
    assertThat(other[RobotState.X]).isNotEqualTo(one[RobotState.X]);
  }

  @Test
  void everySeedOfATrainingMayDriveAnotherRobot() {
    RobotRooms rooms = world.narrowed(RobotRooms.Part.TRAIN, 5);
    assertThat(rooms.ofSeed(3)).isSameAs(rooms);
    RobotRooms each = rooms.with("eachRobot", 1);
    for (Robot robot : Robot.values()) {
      assertThat(each.ofSeed(4 + robot.number())).isEqualTo(new RobotRooms(robot).train(5));
    }
    assertThat(each.observations()).isEqualTo(rooms.observations());
  }

  @Test
  void robotsAndPartsAreFoundByNameAndOthersRefused() {
    Env found = Environments.get("RobotRooms-humanoid/unseen-12");
    assertThat(found)
        .isEqualTo(new RobotRooms(Robot.HUMANOID).narrowed(RobotRooms.Part.UNSEEN, 12));
    assertThatThrownBy(() -> world.train(10).with("room", 4))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "RobotRooms: expected a type of the train rooms, [1 (single racks), 2 (office)], got 4 (hall). Say with(\"room\", 0) for all of them.");
    assertThatThrownBy(() -> world.narrowed("unsen", 3))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("unseen");
    assertThatThrownBy(() -> world.test(3).reset(3, empty(), RandomStream.at(0)))
        .hasMessage("RobotRooms/test-3: expected a room from 0 to 2, got 3.");
    assertThatThrownBy(() -> world.with("robot", 4)).hasMessageContaining("robot");
  }
}
