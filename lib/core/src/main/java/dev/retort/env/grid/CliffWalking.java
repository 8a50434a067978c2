package dev.retort.env.grid;

import dev.retort.env.Env;
import dev.retort.env.Grid;
import dev.retort.env.Outcome;
import dev.retort.env.Parameters;
import dev.retort.env.Sign;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent walks along a cliff, from the lower left corner of a field of 4 × 12 cells to the lower
 * right one; the cells between the two are the cliff.
 *
 * <p>A step costs 1. A step into the cliff costs 100 and leads back to the start, and the episode
 * goes on; only the goal terminates it. The edge of the field stops a step. The shortest way takes
 * 13 steps, right beside the cliff. An agent sees the number of its cell, counted row by row, which
 * is the state.
 *
 * <p>The defaults are those of CliffWalking-v1 in Gymnasium 1.x, but for the horizon, of which that
 * one has none. With a {@code successRate} below 1 a step may go at right angles to where it was
 * meant to, either way with the same probability; a third is Gymnasium's {@code is_slippery=True}.
 *
 * <p>Richard S. Sutton, Andrew G. Barto, "Reinforcement learning: an introduction", 2nd edition,
 * 2018, example 6.6.
 *
 * @param successRate how likely a step goes where it was meant to, 0 to 1
 * @param horizon the steps after which an episode is truncated
 */
public record CliffWalking(double successRate, int horizon) implements Env {
  /** The action up. */
  public static final int UP = 0;

  /** The action to the right. */
  public static final int RIGHT = 1;

  /** The action down. */
  public static final int DOWN = 2;

  /** The action to the left. */
  public static final int LEFT = 3;

  private static final int ROWS = 4;
  private static final int COLUMNS = 12;
  private static final int START = (ROWS - 1) * COLUMNS;
  private static final int GOAL = ROWS * COLUMNS - 1;
  private static final int[] DX = {0, 1, 0, -1};
  private static final int[] DY = {-1, 0, 1, 0};
  private static final List<String> NAMES = List.of("successRate", "horizon");

  /** Refuses what is no probability and no horizon. */
  public CliffWalking {
    Parameters.between("CliffWalking", "successRate", successRate, 0, 1);
    Parameters.steps("CliffWalking", horizon);
  }

  /** CliffWalking-v1 as it is known, cut after 200 steps. */
  public CliffWalking() {
    this(1, 200);
  }

  @Override
  public Space observations() {
    return new Discrete(ROWS * COLUMNS);
  }

  @Override
  public Space actions() {
    return new Discrete(Compass.ACTIONS);
  }

  @Override
  public int stateSize() {
    return 1;
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    state[0] = START;
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    int chosen = Parameters.choice("CliffWalking", action, Compass.ACTIONS);
    if (terminated(state)) {
      return 0;
    }
    int cell = step((int) state[0], Compass.taken(chosen, successRate, random));
    state[0] = isCliff(cell) ? START : cell;
    return reward(cell);
  }

  private static int step(int cell, int taken) {
    return Compass.step(cell, ROWS, COLUMNS, DX[taken], DY[taken]);
  }

  private static boolean isCliff(int cell) {
    return cell > START && cell < GOAL;
  }

  private static double reward(int cell) {
    return isCliff(cell) ? -100 : -1;
  }

  @Override
  public List<Outcome> beginnings(int context) {
    return List.of(Outcome.sure(new double[] {START}, 0));
  }

  @Override
  public List<Outcome> outcomes(double[] state, int choice) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int taken = 0; taken < Compass.ACTIONS; taken++) {
      double probability = Compass.probability(taken, choice, successRate);
      if (probability > 0) {
        int cell = step((int) state[0], taken);
        double[] next = {isCliff(cell) ? START : cell};
        outcomes.add(new Outcome(probability, next, reward(cell)));
      }
    }
    return outcomes;
  }

  @Override
  public boolean terminated(double[] state) {
    return state[0] == GOAL;
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
    return Compass.shortestPath(
        (int) state[0],
        GOAL,
        (cell, taken) -> {
          int next = step(cell, taken);
          return isCliff(next) ? START : next;
        });
  }

  @Override
  public void observe(double[] state, float[] observation) {
    observation[0] = (float) state[0];
  }

  @Override
  public Optional<Grid> grid() {
    return Optional.of(new Grid(ROWS, COLUMNS, state -> (int) state[0]));
  }

  @Override
  public Map<String, Double> parameters() {
    return Parameters.named(NAMES, successRate, horizon);
  }

  @Override
  public CliffWalking with(String parameter, double value) {
    return withParameters(Parameters.changed(this, parameter, value));
  }

  @Override
  public CliffWalking withParameters(double... p) {
    return new CliffWalking(p[0], (int) p[1]);
  }

  @Override
  public double aspect() {
    return (double) COLUMNS / ROWS;
  }

  @Override
  public List<Sign> legend() {
    return CellDrawing.signs(new Sign(CellDrawing.ROCK, "brown", "cliff"));
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    new CellDrawing(canvas, ROWS, COLUMNS, width, height)
        .floor(cell -> isCliff(cell) ? CellDrawing.ROCK : CellDrawing.GRASS)
        .goal(GOAL)
        .agent((int) state[0]);
  }

  /** The name, and whatever differs from CliffWalking-v1. */
  @Override
  public String toString() {
    return Parameters.text(this, new CliffWalking());
  }
}
