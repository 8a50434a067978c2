package dev.retort.env.navigation;

import static dev.retort.Retort.evaluate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.env.Env;
import dev.retort.evaluate.Evaluation;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What robots can reach with a map, in every type of room. */
class PlannerTest {
  private static final int EPISODES = 32;

  @TempDir Path folder;

  @BeforeEach
  void runsStandInAFolderOfTheirOwn() {
    System.setProperty("retort.runs", folder.toString());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  private static Evaluation.Row played(Robot robot, String measure) {
    return played(new RobotRooms(robot), measure);
  }

  private static Evaluation.Row played(RobotRooms rooms, String measure) {
    Env world = rooms.with("truth", 1);
    Policy planner = Scripted.of("planner", world, Planner::act);
    return evaluate(planner).on(world).episodes(EPISODES).by(measure).run().rows().get(0);
  }

  @Test
  @Tag("slow")
  void everyRobotReachesNearlyEveryGoalAndTouchesNothing() {
    for (Robot robot : Robot.values()) {
      assertThat(played(robot, "success").mean().value())
          .as(robot.word())
          .isGreaterThanOrEqualTo(0.93);
    }
    assertThat(played(Robot.QUADRUPED, "bump").mean().value()).isZero();
    assertThat(played(Robot.HUMANOID, "fall").mean().value()).isZero();
  }

  @Test
  @Tag("slow")
  void robotsThatTurnOnTheSpotMostlyArriveInTheHeadingThatIsAskedFor() {
    for (Robot robot : new Robot[] {Robot.DIFFERENTIAL, Robot.HUMANOID}) {
      RobotRooms gated = new RobotRooms(robot).with("headingGate", 1);
      assertThat(played(gated, "success").mean().value()).as(robot.word()).isGreaterThan(0.85);
    }
  }

  /** A robot in the middle of a floor on which nothing stands, with the goal under it. */
  private static double[] open(Robot robot) {
    double[] state = new double[new RobotRooms().stateSize()];
    state[RobotState.ROBOT] = robot.number();
    for (int place : new int[] {RobotState.X, RobotState.TRAIL, RobotState.GOAL}) {
      state[place] = 10;
      state[place + 1] = 10;
    }
    return state;
  }

  @Test
  void onAnOpenFloorTheTimeThatIsLeftIsThatOfTheWayAndTheTurn() {
    CostToGo walker = new CostToGo(open(Robot.HUMANOID));
    assertThat(walker.at(10, 12, 1)).isCloseTo(1.6 / 0.7 + 0.4, within(0.1));
    CostToGo wheels = new CostToGo(open(Robot.DIFFERENTIAL));
    assertThat(wheels.at(8, 10, 0)).isCloseTo(2, within(0.1));
    assertThat(wheels.at(8, 10, Math.PI)).isCloseTo(2 + Math.PI, within(0.15));
    CostToGo car = new CostToGo(open(Robot.CAR));
    assertThat(car.at(8, 10, 0)).isCloseTo(2, within(0.1));
    assertThat(car.at(8, 10, Math.PI)).as("in reverse").isCloseTo(2 * 1.6 + 0.4, within(0.2));
    assertThat(car.at(10, 8.8, 0)).as("beside").isGreaterThan(1.9);
  }

  @Test
  void thePlannerGoesAroundAndStopsWhereItShould() {
    RobotRooms world = new RobotRooms().with("truth", 1);
    double[] state = open(Robot.DIFFERENTIAL);
    state[RobotState.GOAL] = 13;
    Obstacles.add(state, Matter.RACK, 11.5, 10, 0.4, 1);
    float[] seen = new float[world.observations().size()];
    float[] action = new float[3];
    double farthestAside = 0;
    int steps = 0;
    while (!world.terminated(state) && steps++ < 100) {
      world.observe(state, seen);
      Planner.act(seen, action);
      world.step(state, action, RandomStream.at(0));
      farthestAside = Math.max(farthestAside, Math.abs(state[RobotState.Y] - 10));
    }
    assertThat(state[RobotState.STATUS]).isEqualTo(RobotState.REACHED);
    assertThat(farthestAside).isBetween(1.35, 2.2);
  }
}
