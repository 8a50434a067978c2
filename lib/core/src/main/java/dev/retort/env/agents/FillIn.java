package dev.retort.env.agents;

import dev.retort.env.Parameters;
import dev.retort.env.Sign;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Map;

/**
 * Agents walk over a square of cells until they have been everywhere.
 *
 * <p>All act at the same time: stay, up, right, down or left. A cell is filled once somebody has
 * been in it; the one in which they start, drawn at random, is filled from the beginning, or with
 * {@code apart} those of each. Every step costs the team what is left,
 *
 * <pre>
 *   r = − unfilled cells / cells
 * </pre>
 *
 * <p>so that agents who stay together fill slowly and those who share the square out fill fast. An
 * agent's own reward is the share of cells that it filled in the step, the first one's in their
 * order where several came into a cell.
 *
 * <p>An agent sees the cells around it, row by row, 1 where filled, 0 where not and −1 beyond the
 * edge, and then its own column and row, from 0 to 1. It sees nobody else. The episode goes on when
 * everything is filled, since nobody sees that either.
 *
 * <p>The measures: <em>success</em>, whether everything was filled, and <em>filled</em>, the share.
 *
 * <p><b>Reconstructed</b> after the task "Fill-In" of Wei-Cheng Tseng, Tsun-Hsuan Wang, Yen-Chen
 * Lin, Phillip Isola, "Offline multi-agent reinforcement learning with knowledge distillation",
 * 2022, whose constants were not available to us: sizes and rewards are decided here.
 *
 * @param agents how many there are
 * @param side cells a side
 * @param sight how many cells an agent sees each way
 * @param global 1 where everything is seen beside what each agent sees; else 0
 * @param horizon the steps after which an episode is truncated
 * @param apart 1 where each agent starts in a cell that is drawn for it; else 0, all in one cell
 */
public record FillIn(int agents, int side, int sight, int global, int horizon, int apart)
    implements AgentTask {
  private static final String NAME = "FillIn";
  private static final List<String> NAMES =
      List.of("agents", "side", "sight", "global", "horizon", "apart");

  /** Refuses worlds without room or agents. */
  public FillIn {
    Parameters.between(NAME, "agents", agents, 1, AgentDrawing.MOST_AGENTS);
    Parameters.between(NAME, "side", side, 2, 50);
    Parameters.between(NAME, "sight", sight, 1, 10);
    Parameters.between(NAME, "global", global, 0, 1);
    Parameters.steps(NAME, horizon);
    Parameters.between(NAME, "apart", apart, 0, 1);
  }

  /** Agents that start in one cell. */
  public FillIn(int agents, int side, int sight, int global, int horizon) {
    this(agents, side, sight, global, horizon, 0);
  }

  /** Three agents on 7 × 7 cells, who see 5 × 5 of them and start in one, for 25 steps. */
  public FillIn() {
    this(3, 7, 2, 0, 25);
  }

  int cells() {
    return side * side;
  }

  /** Where the cells stand in the state: 0 where unfilled, else who filled it, from 1. */
  int filledAt() {
    return 2 * agents;
  }

  @Override
  public Box seen() {
    int width = 2 * sight + 1;
    return Box.of(-1, 1, width * width + 2);
  }

  @Override
  public Discrete choices() {
    return new Discrete(Moves.COUNT);
  }

  /** Column and row of each agent, then of each cell who filled it. */
  @Override
  public Box world() {
    return Moves.world(2 * agents, side, cells(), agents + 1);
  }

  @Override
  public float most() {
    return 1;
  }

  @Override
  public void begin(double[] state, RandomStream random) {
    int x = 0;
    int y = 0;
    for (int i = 0; i < agents; i++) {
      if (i == 0 || apart == 1) {
        x = random.nextInt(side);
        y = random.nextInt(side);
      }
      state[2 * i] = x;
      state[2 * i + 1] = y;
      state[filledAt() + y * side + x] = apart == 1 ? i + 1 : agents + 1; // or by all of them
    }
  }

  @Override
  public double act(double[] state, int[] choices, double[] rewards, RandomStream random) {
    for (int i = 0; i < agents; i++) {
      int x = Moves.moved(state[2 * i], Moves.dx(choices[i]), side);
      int y = Moves.moved(state[2 * i + 1], Moves.dy(choices[i]), side);
      state[2 * i] = x;
      state[2 * i + 1] = y;
      int cell = filledAt() + y * side + x;
      if (state[cell] == 0) {
        state[cell] = i + 1;
        rewards[i] = 1.0 / cells();
      }
    }
    return -unfilled(state) / (double) cells();
  }

  private int unfilled(double[] state) {
    int count = 0;
    for (int cell = 0; cell < cells(); cell++) {
      count += state[filledAt() + cell] == 0 ? 1 : 0;
    }
    return count;
  }

  @Override
  public void see(double[] state, int agent, float[] observation, int at) {
    int own = at;
    int x = (int) state[2 * agent];
    int y = (int) state[2 * agent + 1];
    for (int row = y - sight; row <= y + sight; row++) {
      for (int column = x - sight; column <= x + sight; column++) {
        boolean inside = row >= 0 && row < side && column >= 0 && column < side;
        boolean filled = inside && state[filledAt() + row * side + column] != 0;
        observation[own++] = filled ? 1 : inside ? 0 : -1;
      }
    }
    observation[own++] = (float) x / (side - 1);
    observation[own] = (float) y / (side - 1);
  }

  @Override
  public List<String> worldMeasures() {
    return List.of(SUCCESS, "filled");
  }

  @Override
  public void measureWorld(double[] state, double[] measured) {
    int unfilled = unfilled(state);
    measured[0] = unfilled == 0 ? 1 : 0;
    measured[1] = 1 - unfilled / (double) cells();
  }

  @Override
  public Map<String, Double> parameters() {
    return Parameters.named(NAMES, agents, side, sight, global, horizon, apart);
  }

  @Override
  public FillIn with(String parameter, double value) {
    return withParameters(Parameters.changed(this, parameter, value));
  }

  @Override
  public FillIn withParameters(double... p) {
    int[] whole = Parameters.whole(NAME, NAMES, p);
    return new FillIn(whole[0], whole[1], whole[2], whole[3], whole[4], whole[5]);
  }

  @Override
  public List<Sign> legend() {
    return CellWorldDrawing.filled(agents, apart == 1);
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    CellWorldDrawing.draw(this, state, canvas, width, height);
  }

  /** The name, and whatever differs from the usual world. */
  @Override
  public String toString() {
    return Parameters.text(this, new FillIn());
  }
}
