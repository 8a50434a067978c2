package dev.retort.env.navigation;

import dev.retort.RetortException;
import dev.retort.env.Scratch;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds the way with a map: what a robot can reach at best, and the teacher of those that learn.
 *
 * <pre>{@code
 * Env world = env("RobotRooms/test-40").with("truth", 1);
 * Policy planner = Scripted.of("planner", world, Planner::act);
 * evaluate(planner).on(world).by("success");
 * }</pre>
 *
 * <p>For each mission it computes the time that is left to the goal from every cell of 0.1 m and,
 * where that matters, each of 16 headings, over the moves that the robot can make. At every step it
 * then looks ahead: of some dozens of commands within the robot's limits it follows each one for a
 * while with the robot's own dynamics, and brakes. Of those after which the robot stands without
 * having touched anything it takes the one that leaves the least time. A heading that is asked for
 * at the goal is found mostly by robots that turn on the spot, and by a car in two cases of three.
 *
 * <p>The differential drive slows down on its arc where less than half a meter is left beside it,
 * to three tenths of its speed at most: Steve Macenski and others, "Regulated pure pursuit for
 * robot path tracking", 2023, arXiv 2305.20026. Whoever imitates it has time to mend small errors
 * there.
 *
 * <p>Dieter Fox, Wolfram Burgard, Sebastian Thrun, "The dynamic window approach to collision
 * avoidance", 1997, with a planned cost-to-go for their heading term and stopping without collision
 * for their admissible velocities.
 */
public final class Planner {
  /** Missions that are remembered by a thread: more than an evaluation plays at once. */
  private static final int PLANS = 128;

  private static final Scratch<Map<FloatBuffer, CostToGo>> KNOWN = Scratch.of(Planner::plans);

  private Planner() {}

  private static Map<FloatBuffer, CostToGo> plans() {
    return new LinkedHashMap<>(2 * PLANS, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<FloatBuffer, CostToGo> eldest) {
        return size() > PLANS;
      }
    };
  }

  /**
   * Commands the robot.
   *
   * @param seen what {@code RobotRooms} shows {@code with("truth", 1)}
   * @param action receives the command, {@code (3)}
   */
  public static void act(float[] seen, float[] action) {
    if (seen.length <= RobotSight.TRUTH) {
      throw new RetortException(
          "planner: expected rooms that show their map, got an observation of %s numbers. Say with(\"truth\", 1)."
              .formatted(seen.length));
    }
    double[] state = new double[seen.length - RobotSight.TRUTH];
    for (int i = 0; i < state.length; i++) {
      state[i] = seen[RobotSight.TRUTH + i];
    }
    new Forecast(plan(seen, state), state).choose(action);
  }

  /** The plan of a mission: it is known by goal, robot, start and all that stands in the room. */
  private static CostToGo plan(float[] seen, double[] state) {
    float[] mission = Arrays.copyOfRange(seen, RobotSight.TRUTH, seen.length);
    Arrays.fill(mission, 0, RobotState.GOAL, 0);
    Arrays.fill(mission, RobotState.STATUS, RobotState.ROBOT, 0);
    Arrays.fill(mission, RobotState.TRAIL + 2, RobotState.COUNT, 0);
    return KNOWN.here().computeIfAbsent(FloatBuffer.wrap(mission), key -> new CostToGo(state));
  }
}
