package dev.retort.env.grid;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.Grid;
import dev.retort.env.Outcome;
import dev.retort.env.Parameters;
import dev.retort.env.Sign;
import dev.retort.env.Split;
import dev.retort.option.Given;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An agent looks for a goal in four rooms that are always the same; the tasks of the family differ
 * in start and goal, and some goals are likelier than others.
 *
 * <p>Two crossing walls part a square of {@code 2·rooms + 1} cells a side into four rooms, with a
 * door in the middle of each of the four wall segments: 104 open cells with the usual rooms of 5 ×
 * 5. A step leads to a neighboring cell; walls and the edge stop it. Stepping onto the goal gives 1
 * and terminates; every other reward is 0. An agent sees the number of its cell, counted row by
 * row, and not where the goal is: what one task teaches of another is all in how likely goals are.
 *
 * <p>There are {@code goals} places for the goal. The k-th likeliest of them, from 1, has a
 * probability of
 *
 * <pre>
 * p(k) = k^−skew / Σ_j j^−skew
 * </pre>
 *
 * <p>so that all are equally likely where {@code skew} is 0. {@link #rarest()} is the last one's,
 * from which {@code Aggregation.tasks(δ, p)} says how many solved tasks a prior needs to have met a
 * goal that will come.
 *
 * <p><b>A task is a start and a goal.</b> Few goals exist, so they occur in all parts of the
 * family, as likely in each; disjoint are the starts, and hence the tasks: half of the cells in
 * rooms are starts of training tasks, a quarter each of validation and test tasks. Contexts of one
 * part are drawn independently: a task may come again, as often as its goal is likely.
 *
 * <p>The state is {@code (cell, goal)}. {@code solve(..)} gives the policy of a single task; those
 * of several look alike to an agent.
 *
 * <p>The rooms are in the manner of Richard S. Sutton, Doina Precup, Satinder Singh, "Between MDPs
 * and semi-MDPs", 1999; the distribution of the goals is decided here.
 *
 * @param rooms the side of a room in cells, 2 to 50
 * @param goals how many places there are for the goal, at most one for each cell in a room
 * @param skew how unequal their probabilities are, 0 to 10
 * @param successRate how likely a step goes where it was meant to, 0 to 1; else at right angles
 * @param horizon the steps after which an episode is truncated
 * @param familySeed what every context is derived from
 * @param part which part of the family tasks are drawn from
 * @param contexts how many contexts there are; {@code Integer.MAX_VALUE} for the whole family
 */
public record GoalRooms(
    int rooms,
    int goals,
    double skew,
    double successRate,
    int horizon,
    long familySeed,
    Part part,
    int contexts)
    implements Env {
  /** The action up. */
  public static final int UP = 0;

  /** The action to the right. */
  public static final int RIGHT = 1;

  /** The action down. */
  public static final int DOWN = 2;

  /** The action to the left. */
  public static final int LEFT = 3;

  private static final int USUAL_ROOMS = 5;
  private static final int CELL = 0;
  private static final int GOAL = 1;
  private static final int[] DX = {0, 1, 0, -1};
  private static final int[] DY = {-1, 0, 1, 0};
  private static final List<String> NAMES =
      List.of("rooms", "goals", "skew", "successRate", "horizon", "familySeed");

  /** A part of the family. */
  public enum Part {
    /** Every task there is. */
    FAMILY,
    /** Tasks that may be learned from. */
    TRAIN,
    /** Tasks to choose hyper-parameters on, with starts that occur in no other part. */
    VALIDATION,
    /** Tasks to report results on, with starts that occur in no other part. */
    TEST;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses sizes that hold no rooms, and more goals than there are cells for. */
  public GoalRooms {
    Parameters.between("GoalRooms", "rooms", rooms, 2, 50);
    Parameters.between("GoalRooms", "goals", goals, 1, 4 * rooms * rooms);
    Parameters.between("GoalRooms", "skew", skew, 0, 10);
    Parameters.between("GoalRooms", "successRate", successRate, 0, 1);
    Parameters.steps("GoalRooms", horizon);
    if (contexts < 1 || (part == Part.FAMILY && contexts != Integer.MAX_VALUE)) {
      throw new RetortException(
          "GoalRooms: expected at least 1 %s context, got %s.".formatted(part.word(), contexts));
    }
  }

  /**
   * The whole family: rooms of 5 × 5, eight goals of which the likeliest comes every third time.
   */
  public GoalRooms() {
    this(USUAL_ROOMS, 8, 1, 1, 100, 0, Part.FAMILY, Integer.MAX_VALUE);
  }

  /** The name, with size and part where they are not the usual ones. */
  @Override
  public String name() {
    return "GoalRooms"
        + (rooms == USUAL_ROOMS ? "" : "-" + rooms)
        + (part == Part.FAMILY ? "" : "/" + part.word() + "-" + contexts);
  }

  @Override
  public Space observations() {
    return new Discrete(side() * side());
  }

  @Override
  public Space actions() {
    return new Discrete(Compass.ACTIONS);
  }

  @Override
  public int stateSize() {
    return 2;
  }

  /** The side of the whole grid in cells, the walls between rooms included. */
  public int side() {
    return 2 * rooms + 1;
  }

  /** How likely a goal is, from 0, the likeliest, to {@code goals() - 1}. */
  public double chance(int rank) {
    return weight(rank) / weights();
  }

  private double weight(int rank) {
    return StrictMath.pow(rank + 1.0, -skew); // the same bits on every machine
  }

  private double weights() {
    double sum = 0;
    for (int rank = 0; rank < goals; rank++) {
      sum += weight(rank);
    }
    return sum;
  }

  /** How likely the rarest goal is. */
  public double rarest() {
    return chance(goals - 1);
  }

  /** The cell of a goal, from 0, the likeliest, to {@code goals() - 1}. */
  public int goal(int rank) {
    return inRooms(shuffle("goals").apply(rank));
  }

  private Shuffle shuffle(String what) {
    return new Shuffle(
        4 * rooms * rooms, RandomStream.of(familySeed, "GoalRooms " + what).nextLong());
  }

  /** The i-th cell that lies in a room. */
  private int inRooms(int i) {
    int x = i % (2 * rooms);
    int y = i / (2 * rooms);
    return (y < rooms ? y : y + 1) * side() + (x < rooms ? x : x + 1);
  }

  @Override
  public GoalRooms split(Split split, int count) {
    Given.given("GoalRooms", "a part such as TRAIN", split);
    Part narrower =
        switch (split) {
          case TRAIN -> Part.TRAIN;
          case VALIDATION -> Part.VALIDATION;
          case TEST -> Part.TEST;
        };
    return new GoalRooms(rooms, goals, skew, successRate, horizon, familySeed, narrower, count);
  }

  @Override
  public GoalRooms train(int count) {
    return split(Split.TRAIN, count);
  }

  @Override
  public GoalRooms validation(int count) {
    return split(Split.VALIDATION, count);
  }

  @Override
  public GoalRooms test(int count) {
    return split(Split.TEST, count);
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
    RandomStream chance = RandomStream.of(familySeed, "GoalRooms " + part.word(), context);
    state[GOAL] = goal(rank(chance.nextDouble()));
    int all = 4 * rooms * rooms;
    int from = part == Part.VALIDATION ? all / 2 : part == Part.TEST ? all / 2 + all / 4 : 0;
    int starts = part == Part.FAMILY ? all : part == Part.TRAIN ? all / 2 : all / 4;
    int start = chance.nextInt(starts);
    state[CELL] = inRooms(shuffle("starts").apply(from + start));
    if (state[CELL] == state[GOAL]) {
      state[CELL] = inRooms(shuffle("starts").apply(from + (start + 1) % starts));
    }
  }

  /** The goal that a number from 0 to 1 draws. */
  private int rank(double u) {
    double left = u * weights();
    int rank = 0;
    while (rank < goals - 1 && left >= weight(rank)) {
      left -= weight(rank++);
    }
    return rank;
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    int chosen = Parameters.choice("GoalRooms", action, Compass.ACTIONS);
    if (terminated(state)) {
      return 0;
    }
    state[CELL] = step((int) state[CELL], Compass.taken(chosen, successRate, random));
    return terminated(state) ? 1 : 0;
  }

  private int step(int cell, int taken) {
    int next = Compass.step(cell, side(), side(), DX[taken], DY[taken]);
    return isWall(next) ? cell : next;
  }

  /** Whether a cell is part of a wall. */
  public boolean isWall(int cell) {
    int x = cell % side();
    int y = cell / side();
    return (x == rooms && !isDoor(y)) || (y == rooms && !isDoor(x));
  }

  /** Whether a wall has a door so far along. */
  private boolean isDoor(int along) {
    return along == rooms / 2 || along == rooms + 1 + rooms / 2;
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
    List<Outcome> outcomes = new ArrayList<>();
    for (int taken = 0; taken < Compass.ACTIONS; taken++) {
      double probability = Compass.probability(taken, choice, successRate);
      if (probability > 0) {
        double[] next = Arrays.copyOf(state, stateSize());
        next[CELL] = step((int) state[CELL], taken);
        outcomes.add(new Outcome(probability, next, terminated(next) ? 1 : 0));
      }
    }
    return outcomes;
  }

  @Override
  public boolean terminated(double[] state) {
    return state[CELL] == state[GOAL];
  }

  @Override
  public List<String> measures() {
    return successRate == 1
        ? List.of(SUCCESS, STEPS_TO_SUCCESS, LENGTH_RATIO)
        : List.of(SUCCESS, STEPS_TO_SUCCESS);
  }

  @Override
  public void measure(double[] state, double[] measured) {
    measured[0] = terminated(state) ? 1 : 0;
  }

  @Override
  public int shortestPath(double[] state) {
    return Compass.shortestPath((int) state[CELL], (int) state[GOAL], this::step);
  }

  @Override
  public void observe(double[] state, float[] observation) {
    observation[0] = (float) state[CELL];
  }

  @Override
  public Optional<Grid> grid() {
    return Optional.of(new Grid(side(), side(), state -> (int) state[CELL]));
  }

  @Override
  public Map<String, Double> parameters() {
    return Parameters.named(NAMES, rooms, goals, skew, successRate, horizon, (double) familySeed);
  }

  @Override
  public GoalRooms with(String parameter, double value) {
    return withParameters(Parameters.changed(this, parameter, value));
  }

  @Override
  public GoalRooms withParameters(double... p) {
    Parameters.requireWhole("GoalRooms", NAMES, p, 0, 1, 4, 5);
    return new GoalRooms(
        (int) p[0], (int) p[1], p[2], p[3], (int) p[4], (long) p[5], part, contexts);
  }

  @Override
  public List<Sign> legend() {
    return CellDrawing.signs(new Sign(CellDrawing.ROCK, "brown", "wall"));
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    new CellDrawing(canvas, side(), side(), width, height)
        .floor(cell -> isWall(cell) ? CellDrawing.ROCK : CellDrawing.GRASS)
        .goal((int) state[GOAL])
        .agent((int) state[CELL]);
  }

  /** The name, and whatever differs from the usual family. */
  @Override
  public String toString() {
    return Parameters.text(this, new GoalRooms());
  }
}
