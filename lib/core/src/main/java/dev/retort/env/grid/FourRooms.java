package dev.retort.env.grid;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.Env;
import dev.retort.env.Grid;
import dev.retort.env.Outcome;
import dev.retort.env.Parameters;
import dev.retort.env.Sign;
import dev.retort.env.Split;
import dev.retort.option.Given;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent in four rooms turns and walks to a goal; the tasks of the family differ in doors, start
 * and goal.
 *
 * <p>Two crossing walls part a square into four rooms of {@code rooms × rooms} cells. Each of the
 * four wall segments has one door, an open cell, at one of {@code rooms} places, which makes {@code
 * rooms⁴} topologies: 4096 at the published size of 8, in a grid of 19 × 19. A context is doors,
 * start, direction and goal. Stepping onto the goal gives 1 and terminates; every other reward is
 * 0.
 *
 * <p><b>From the paper:</b> the grid, the doors, the three actions, the reward, the horizon of 100,
 * 200 training contexts of 200 distinct topologies, 40 and 200 unreachable contexts for validation
 * and test, 200 reachable ones, and an observation of 3 × 19 × 19 integers which the network
 * divides by 10. <b>Reconstructed:</b> the meaning of the three planes, taken from Minigrid's fully
 * observable encoding, whose largest number is that 10:
 *
 * <table>
 *   <caption>What a cell shows, plane by plane</caption>
 *   <tr><th>cell</th><th>0 object</th><th>1 color</th><th>2 state</th></tr>
 *   <tr><td>empty, door</td><td>1</td><td>0</td><td>0</td></tr>
 *   <tr><td>wall</td><td>2</td><td>5</td><td>0</td></tr>
 *   <tr><td>goal</td><td>8</td><td>1</td><td>0</td></tr>
 *   <tr><td>agent</td><td>10</td><td>0</td><td>its direction</td></tr>
 * </table>
 *
 * <p>A plane is stored row by row, {@code (plane, y, x)}. Also reconstructed: start and goal lie in
 * rooms, never in a door; <em>unreachable</em> means doors that occur in no other split; and
 * <em>reachable</em> means the doors and the goal of the training context with the same index with
 * another start, since doors and goals are what no action can change.
 *
 * <p>With {@link Sight#EGOCENTRIC} an agent sees the same from where it stands, which small
 * perceptrons learn and generalize far better: a window of {@code 4·rooms + 1} cells a side, large
 * enough to show every cell from every other one, with the agent in its middle and turned so that
 * it looks up. Its two planes are 1 where there is a wall, as there is outside of the grid, and 1
 * at the goal. <b>Decided here</b>, not in the paper.
 *
 * <p>A size has only so many topologies, 256 with rooms of 4. With {@code tasksPerTopology} above 1
 * contexts go round those of their part again, each time with other starts and goals.
 *
 * <p>The state is {@code (door north, door south, door west, door east, x, y, direction, goal x,
 * goal y)}, with doors counted from 0, y downwards, and directions 0 east, 1 south, 2 west, 3
 * north.
 *
 * <p>Max Weltevrede, Moritz A. Zanger, Matthijs T. J. Spaan, Wendelin Böhmer, "How Ensembles of
 * Distilled Policies Improve Generalisation in Reinforcement Learning", 2025, arXiv 2505.16581.
 *
 * @param rooms the side of a room in cells, 2 to 50
 * @param horizon the steps after which an episode is truncated
 * @param familySeed what every context is derived from
 * @param sight what the agent sees
 * @param tasksPerTopology how many contexts of a part may have the same doors, 1 to 1000
 * @param part which part of the family tasks are drawn from
 * @param contexts how many contexts there are; {@code Integer.MAX_VALUE} for the whole family
 */
public record FourRooms(
    int rooms,
    int horizon,
    long familySeed,
    Sight sight,
    int tasksPerTopology,
    Part part,
    int contexts)
    implements Env {
  /** The action that turns the agent a quarter to its left. */
  public static final int TURN_LEFT = 0;

  /** The action that turns the agent a quarter to its right. */
  public static final int TURN_RIGHT = 1;

  /** The action that moves the agent a cell ahead; a wall stops it. */
  public static final int FORWARD = 2;

  static final int X = 4;
  static final int Y = 5;
  static final int DIRECTION = 6;
  static final int GOAL_X = 7;
  static final int GOAL_Y = 8;

  private static final int PUBLISHED_ROOMS = 8;
  private static final int PUBLISHED_HORIZON = 100;
  private static final long DEFAULT_SEED = 2505_16581;

  /** What an agent sees. */
  public enum Sight {
    /** The whole grid from above, as Minigrid shows it: three planes of {@code side × side}. */
    PLANES,
    /** Walls and the goal from where the agent stands, ahead of it up: two planes. */
    EGOCENTRIC
  }

  /** A part of the family. */
  public enum Part {
    /** Every task there is. */
    FAMILY,
    /** Tasks that teachers and data may see, each with doors of its own. */
    TRAIN,
    /** Tasks to choose hyper-parameters on, with doors that occur in no other part. */
    VALIDATION,
    /** Tasks to report results on, with doors that occur in no other part. */
    TEST,
    /** The training tasks' doors and goals, begun elsewhere. */
    REACHABLE
  }

  /** Refuses sizes that hold no rooms, and parts larger than the doors set aside for them. */
  public FourRooms {
    if (rooms < 2 || rooms > 50) {
      throw new RetortException(
          "FourRooms: expected rooms to be 2 to 50 cells wide, got " + rooms + ".");
    }
    if (horizon < 1) {
      throw new RetortException(
          "FourRooms: expected horizon to be at least 1 step, got " + horizon + ".");
    }
    Parameters.between("FourRooms", "tasksPerTopology", tasksPerTopology, 1, 1_000);
    int most = FourRoomsContext.size(part, rooms, tasksPerTopology);
    if (contexts < 1 || contexts > most || (part == Part.FAMILY && contexts != most)) {
      throw new RetortException(
          "FourRooms(%s): expected 1 to %s %s contexts, %s for each topology set aside, got %s.%s"
              .formatted(
                  rooms,
                  most,
                  FourRoomsContext.word(part),
                  tasksPerTopology == 1 ? "one" : tasksPerTopology,
                  contexts,
                  contexts < 1 ? "" : " Take fewer, larger rooms, or more tasksPerTopology."));
    }
  }

  /** The whole family at its published size: rooms of 8 × 8, 100 steps. */
  public FourRooms() {
    this(
        PUBLISHED_ROOMS,
        PUBLISHED_HORIZON,
        DEFAULT_SEED,
        Sight.PLANES,
        1,
        Part.FAMILY,
        Integer.MAX_VALUE);
  }

  /** The same tasks seen in another way. */
  public FourRooms seeing(Sight other) {
    Given.given("FourRooms", "a sight", other);
    return new FourRooms(rooms, horizon, familySeed, other, tasksPerTopology, part, contexts);
  }

  /** The name, with size and part where they are not the published family's. */
  @Override
  public String name() {
    return "FourRooms"
        + (rooms == PUBLISHED_ROOMS ? "" : "-" + rooms)
        + (part == Part.FAMILY ? "" : "/" + FourRoomsContext.word(part) + "-" + contexts);
  }

  @Override
  public Space observations() {
    return sight == Sight.PLANES ? planes().space() : Box.of(0, 1, 2, window(), window());
  }

  @Override
  public Space actions() {
    return new Discrete(3);
  }

  @Override
  public int stateSize() {
    return 9;
  }

  /** The side of the whole grid in cells, walls included. */
  public int side() {
    return 2 * rooms + 3;
  }

  /** The side of the window of an egocentric agent in cells, which shows every open cell. */
  public int window() {
    return 4 * rooms + 1;
  }

  private FourRoomsPlanes planes() {
    return new FourRoomsPlanes(rooms);
  }

  /** The rotations of the grid seen from above. */
  public QuarterTurns quarterTurns() {
    return new QuarterTurns(side());
  }

  /** How many ways there are to place the doors. */
  public int topologies() {
    return rooms * rooms * rooms * rooms;
  }

  @Override
  public FourRooms split(Split split, int count) {
    Given.given("FourRooms", "a part such as TRAIN", split);
    return narrowed(
        switch (split) {
          case TRAIN -> Part.TRAIN;
          case VALIDATION -> Part.VALIDATION;
          case TEST -> Part.TEST;
        },
        count);
  }

  @Override
  public FourRooms train(int count) {
    return narrowed(Part.TRAIN, count);
  }

  @Override
  public FourRooms validation(int count) {
    return narrowed(Part.VALIDATION, count);
  }

  @Override
  public FourRooms test(int count) {
    return narrowed(Part.TEST, count);
  }

  /** The tasks that begin where an agent of the first {@code count} training tasks could get to. */
  public FourRooms reachable(int count) {
    return narrowed(Part.REACHABLE, count);
  }

  @Override
  public FourRooms narrowed(String name, int count) {
    return narrowed(
        Arrays.stream(Part.values())
            .filter(
                known ->
                    known != Part.FAMILY && FourRoomsContext.word(known).equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnknownNameException(
                        "part of FourRooms",
                        name,
                        Arrays.stream(Part.values()).skip(1).map(FourRoomsContext::word).toList())),
        count);
  }

  private FourRooms narrowed(Part narrower, int count) {
    return new FourRooms(rooms, horizon, familySeed, sight, tasksPerTopology, narrower, count);
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    reset(random.nextInt(contexts), state, random);
  }

  @Override
  public void reset(int context, double[] state, RandomStream random) {
    if (context < 0 || context >= contexts) {
      throw new RetortException(
          "%s: expected a context from 0 to %s, got %s.".formatted(name(), contexts - 1, context));
    }
    FourRoomsContext.write(this, context, state);
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    if (terminated(state)) {
      return 0;
    }
    int direction = (int) state[DIRECTION];
    if (action[0] == TURN_LEFT) {
      state[DIRECTION] = (direction + 3) & 3;
    } else if (action[0] == TURN_RIGHT) {
      state[DIRECTION] = (direction + 1) & 3;
    } else {
      int x = (int) state[X] + dx(direction);
      int y = (int) state[Y] + dy(direction);
      if (!wall(state, x, y)) {
        state[X] = x;
        state[Y] = y;
      }
    }
    return terminated(state) ? 1 : 0;
  }

  /** The one way in which each context begins. */
  @Override
  public List<Outcome> beginnings(int context) {
    double[] state = new double[stateSize()];
    reset(context, state, RandomStream.of(familySeed, "unused"));
    return List.of(Outcome.sure(state, 0));
  }

  @Override
  public List<Outcome> outcomes(double[] state, int choice) {
    double[] next = Arrays.copyOf(state, stateSize());
    double reward = step(next, new float[] {choice}, RandomStream.of(familySeed, "unused"));
    return List.of(Outcome.sure(next, reward));
  }

  @Override
  public Optional<Grid> grid() {
    return Optional.of(new Grid(side(), side(), state -> (int) (state[Y] * side() + state[X])));
  }

  @Override
  public boolean terminated(double[] state) {
    return state[X] == state[GOAL_X] && state[Y] == state[GOAL_Y];
  }

  @Override
  public List<String> measures() {
    return List.of(SUCCESS, STEPS_TO_SUCCESS, LENGTH_RATIO);
  }

  @Override
  public void measure(double[] state, double[] measured) {
    measured[0] = terminated(state) ? 1 : 0;
  }

  static int dx(int direction) {
    return direction == 0 ? 1 : direction == 2 ? -1 : 0;
  }

  static int dy(int direction) {
    return direction == 1 ? 1 : direction == 3 ? -1 : 0;
  }

  /** Whether a cell of the grid is a wall in a state's task. */
  public boolean wall(double[] state, int x, int y) {
    int middle = rooms + 1;
    if (x <= 0 || y <= 0 || x >= 2 * middle || y >= 2 * middle || (x == middle && y == middle)) {
      return true;
    }
    if (x == middle) {
      return y < middle ? y != 1 + state[0] : y != middle + 1 + state[1];
    }
    return y == middle && (x < middle ? x != 1 + state[2] : x != middle + 1 + state[3]);
  }

  @Override
  public void observe(double[] state, float[] observation) {
    if (sight == Sight.EGOCENTRIC) {
      lookAround(state, observation);
    } else {
      planes().write(state, observation);
    }
  }

  private void lookAround(double[] state, float[] observation) {
    int window = window();
    int reach = window / 2;
    int direction = (int) state[DIRECTION];
    int toTheRight = (direction + 1) & 3;
    Arrays.fill(observation, window * window, 2 * window * window, 0);
    for (int row = 0; row < window; row++) {
      int ahead = reach - row;
      int x = (int) state[X] + ahead * dx(direction) - reach * dx(toTheRight);
      int y = (int) state[Y] + ahead * dy(direction) - reach * dy(toTheRight);
      for (int column = 0; column < window; column++) {
        int cell = row * window + column;
        observation[cell] = wall(state, x, y) ? 1 : 0;
        if (x == state[GOAL_X] && y == state[GOAL_Y]) {
          observation[window * window + cell] = 1;
        }
        x += dx(toTheRight);
        y += dy(toTheRight);
      }
    }
  }

  /**
   * Reads an observation back, so that a scripted teacher can act on what an agent sees. On the
   * goal the agent hides it, and the goal is then where the agent is.
   *
   * @param observation what {@link #observe} wrote, {@code (3, side, side)}; an egocentric one does
   *     not tell where north is
   * @param state receives the state, {@code (stateSize)}
   */
  public void stateOf(float[] observation, double[] state) {
    if (sight != Sight.PLANES) {
      throw new RetortException(
          "FourRooms: expected an observation from above to read a state from, got an egocentric one. Take seeing(Sight.PLANES).");
    }
    planes().read(observation, state);
  }

  /** The fewest steps to the goal, turns included; 0 where it is reached. */
  @Override
  public int shortestPath(double[] state) {
    return new ShortestPaths(this, state)
        .from((int) state[X], (int) state[Y], (int) state[DIRECTION]);
  }

  /**
   * An action that begins a shortest path: a turn rather than a step ahead where both do, and to
   * the left rather than to the right.
   */
  public int optimalAction(double[] state) {
    ShortestPaths paths = new ShortestPaths(this, state);
    int best = TURN_LEFT;
    int fewest = Integer.MAX_VALUE;
    for (int action = 0; action < 3; action++) {
      double[] next = state.clone();
      step(next, new float[] {action}, RandomStream.at(0));
      int steps = paths.from((int) next[X], (int) next[Y], (int) next[DIRECTION]);
      if (steps < fewest) {
        fewest = steps;
        best = action;
      }
    }
    return best;
  }

  @Override
  public Map<String, Double> parameters() {
    Map<String, Double> parameters = new LinkedHashMap<>();
    parameters.put("rooms", (double) rooms);
    parameters.put("horizon", (double) horizon);
    parameters.put("familySeed", (double) familySeed);
    parameters.put("egocentric", sight == Sight.EGOCENTRIC ? 1.0 : 0.0);
    parameters.put("tasksPerTopology", (double) tasksPerTopology);
    return Collections.unmodifiableMap(parameters);
  }

  @Override
  public FourRooms with(String parameter, double value) {
    if (!parameters().containsKey(parameter)) {
      throw new UnknownNameException("parameter of FourRooms", parameter, parameters().keySet());
    }
    if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
      throw new RetortException(
          "FourRooms: expected %s to be a whole number, got %s.".formatted(parameter, value));
    }
    if (parameter.equals("egocentric")) {
      Parameters.between("FourRooms", parameter, value, 0, 1);
      return seeing(value == 1 ? Sight.EGOCENTRIC : Sight.PLANES);
    }
    Map<String, Double> all = new LinkedHashMap<>(parameters());
    all.put(parameter, value);
    return new FourRooms(
        all.get("rooms").intValue(),
        all.get("horizon").intValue(),
        all.get("familySeed").longValue(),
        sight,
        all.get("tasksPerTopology").intValue(),
        part,
        contexts);
  }

  @Override
  public List<Sign> legend() {
    return FourRoomsDrawing.SIGNS;
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    FourRoomsDrawing.draw(this, state, canvas, width, height);
  }

  /** Size and part, and whatever else differs from the published family. */
  @Override
  public String toString() {
    return "FourRooms("
        + rooms
        + (part == Part.FAMILY ? "" : ", " + FourRoomsContext.word(part) + " " + contexts)
        + (horizon == PUBLISHED_HORIZON ? "" : ", horizon " + horizon)
        + (familySeed == DEFAULT_SEED ? "" : ", seed " + familySeed)
        + (sight == Sight.PLANES ? "" : ", egocentric")
        + (tasksPerTopology == 1 ? "" : ", " + tasksPerTopology + " tasks per topology")
        + ")";
  }
}
