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
import java.util.OptionalDouble;

/**
 * An agent crosses a frozen lake from its upper left corner to its lower right one; the ice is
 * slippery and has holes.
 *
 * <p>A step goes where it was meant to with probability {@code successRate}, and otherwise at right
 * angles to it, either way with the same probability; the edge stops it. A hole and the goal
 * terminate the episode, the goal with a reward of 1; every other reward is 0. An agent sees the
 * number of its cell, counted row by row, which is the state.
 *
 * <p>The defaults are those of FrozenLake-v1 in Gymnasium 1.x, and {@link Lake#LARGE} is its
 * FrozenLake8x8-v1. Where {@code successRate} is 1 the lake is its {@code is_slippery=False}.
 *
 * @param lake the map
 * @param successRate how likely a step goes where it was meant to, 0 to 1
 * @param horizon the steps after which an episode is truncated
 */
public record FrozenLake(Lake lake, double successRate, int horizon) implements Env {
  /** The action to the left. */
  public static final int LEFT = 0;

  /** The action down. */
  public static final int DOWN = 1;

  /** The action to the right. */
  public static final int RIGHT = 2;

  /** The action up. */
  public static final int UP = 3;

  private static final int[] DX = {-1, 0, 1, 0};
  private static final int[] DY = {0, 1, 0, -1};
  private static final double THIRD = 1.0 / 3;
  private static final List<String> NAMES = List.of("successRate", "horizon");

  /** A map: S is the start, F is frozen, H is a hole, G is the goal. */
  public enum Lake {
    /** Four by four cells, 100 steps. */
    SMALL("FrozenLake", 4, 100, 0.7, "SFFF" + "FHFH" + "FFFH" + "HFFG"),
    /** Eight by eight cells, 200 steps. */
    LARGE(
        "FrozenLake8x8",
        8,
        200,
        0.85,
        "SFFFFFFF"
            + "FFFFFFFF"
            + "FFFHFFFF"
            + "FFFFFHFF"
            + "FFFHFFFF"
            + "FHHFFFHF"
            + "FHFFHFHF"
            + "FFFHFFFG");

    private final String title;
    private final int side;
    private final int horizon;
    private final double solvedAt;
    private final String cells;

    Lake(String title, int side, int horizon, double solvedAt, String cells) {
      this.title = title;
      this.side = side;
      this.horizon = horizon;
      this.solvedAt = solvedAt;
      this.cells = cells;
    }

    /** How many cells the lake is wide and long. */
    public int side() {
      return side;
    }

    private int step(int cell, int taken) {
      return Compass.step(cell, side, side, DX[taken], DY[taken]);
    }

    boolean isHole(int cell) {
      return cells.charAt(cell) == 'H';
    }

    boolean isGoal(int cell) {
      return cells.charAt(cell) == 'G';
    }
  }

  /** Refuses what is no probability and no horizon. */
  public FrozenLake {
    Parameters.between("FrozenLake", "successRate", successRate, 0, 1);
    Parameters.steps("FrozenLake", horizon);
  }

  /** A lake as it is known. */
  public FrozenLake(Lake lake) {
    this(lake, THIRD, lake.horizon);
  }

  /** FrozenLake-v1 as it is known. */
  public FrozenLake() {
    this(Lake.SMALL);
  }

  @Override
  public String name() {
    return lake.title;
  }

  @Override
  public Space observations() {
    return new Discrete(lake.cells.length());
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
    state[0] = 0;
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    int chosen = Parameters.choice("FrozenLake", action, Compass.ACTIONS);
    if (terminated(state)) {
      return 0;
    }
    int taken = Compass.taken(chosen, successRate, random);
    state[0] = lake.step((int) state[0], taken);
    return reward((int) state[0]);
  }

  private double reward(int cell) {
    return lake.isGoal(cell) ? 1 : 0;
  }

  @Override
  public List<Outcome> beginnings(int context) {
    return List.of(Outcome.sure(new double[] {0}, 0));
  }

  @Override
  public List<Outcome> outcomes(double[] state, int choice) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int taken = 0; taken < Compass.ACTIONS; taken++) {
      double probability = Compass.probability(taken, choice, successRate);
      if (probability > 0) {
        int cell = lake.step((int) state[0], taken);
        outcomes.add(new Outcome(probability, new double[] {cell}, reward(cell)));
      }
    }
    return outcomes;
  }

  @Override
  public boolean terminated(double[] state) {
    return lake.isHole((int) state[0]) || lake.isGoal((int) state[0]);
  }

  @Override
  public List<String> measures() {
    return List.of(SUCCESS, STEPS_TO_SUCCESS);
  }

  @Override
  public void measure(double[] state, double[] measured) {
    measured[0] = lake.isGoal((int) state[0]) ? 1 : 0;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    observation[0] = (float) state[0];
  }

  @Override
  public Optional<Grid> grid() {
    return Optional.of(new Grid(lake.side, lake.side, state -> (int) state[0]));
  }

  /** Agreed for the slippery lake. */
  @Override
  public OptionalDouble solvedAt() {
    return successRate == THIRD ? OptionalDouble.of(lake.solvedAt) : OptionalDouble.empty();
  }

  @Override
  public List<Env> variants() {
    return List.of(new FrozenLake(Lake.LARGE));
  }

  @Override
  public Map<String, Double> parameters() {
    return Parameters.named(NAMES, successRate, horizon);
  }

  @Override
  public FrozenLake with(String parameter, double value) {
    return withParameters(Parameters.changed(this, parameter, value));
  }

  @Override
  public FrozenLake withParameters(double... p) {
    return new FrozenLake(lake, p[0], (int) p[1]);
  }

  @Override
  public List<Sign> legend() {
    return CellDrawing.signs(
        new Sign(CellDrawing.WATER, "blue", "hole"), new Sign(CellDrawing.ICE, "pale blue", "ice"));
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    new CellDrawing(canvas, lake.side, lake.side, width, height)
        .floor(cell -> lake.isHole(cell) ? CellDrawing.WATER : CellDrawing.ICE)
        .goal(lake.cells.indexOf('G'))
        .agent((int) state[0]);
  }

  /** The name, and whatever differs from the lake as it is known. */
  @Override
  public String toString() {
    return Parameters.text(this, new FrozenLake(lake));
  }
}
