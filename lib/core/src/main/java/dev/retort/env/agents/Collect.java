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
 * Agents on a square of cells look for objects of their own color, and walk around those of others.
 *
 * <p>All act at the same time: stay, up, right, down or left. Who comes upon an object of its own
 * collects it, which earns itself and the team 1; an object that somebody else comes upon is lost,
 * and where several come upon one, it is whose it is who has it. Agents begin in cells of their
 * own, and so do objects; agents may meet in a cell later.
 *
 * <p>An agent sees three maps of the cells around it, each row by row: 1 at its own objects, 1 at
 * the others', 1 beyond the edge, and else 0; and then its own column and row, from 0 to 1. Objects
 * that lie in the sight of others only are what agents could tell each other.
 *
 * <p>The measures: <em>success</em>, whether every object was collected, and <em>lost</em>, how
 * many objects were lost.
 *
 * <p><b>Reconstructed</b> after the task "Grid-World" of Wei-Cheng Tseng, Tsun-Hsuan Wang, Yen-Chen
 * Lin, Phillip Isola, "Offline multi-agent reinforcement learning with knowledge distillation",
 * 2022, whose constants were not available to us: sizes, and that objects are lost, are decided
 * here.
 *
 * @param agents how many there are
 * @param objects how many objects each agent has
 * @param side cells a side
 * @param sight how many cells an agent sees each way
 * @param global 1 where everything is seen beside what each agent sees; else 0
 * @param horizon the steps after which an episode is truncated
 */
public record Collect(int agents, int objects, int side, int sight, int global, int horizon)
    implements AgentTask {
  /** Fate of an object that lies where it lay. */
  static final int THERE = 0;

  /** Fate of an object that its owner has collected. */
  static final int COLLECTED = 1;

  /** Fate of an object that somebody else came upon. */
  static final int LOST = 2;

  private static final String NAME = "Collect";
  private static final String LOST_OBJECTS = "lost";
  private static final List<String> NAMES =
      List.of("agents", "objects", "side", "sight", "global", "horizon");

  /** Refuses worlds in which agents and objects do not find room. */
  public Collect {
    Parameters.between(NAME, "agents", agents, 1, AgentDrawing.MOST_AGENTS);
    Parameters.between(NAME, "side", side, 4, 50);
    Parameters.between(NAME, "objects", objects, 1, side * side / agents - 1);
    Parameters.between(NAME, "sight", sight, 1, 10);
    Parameters.between(NAME, "global", global, 0, 1);
    Parameters.steps(NAME, horizon);
  }

  /** Three agents with three objects each on 9 × 9 cells, who see 5 × 5 of them, for 30 steps. */
  public Collect() {
    this(3, 3, 9, 2, 0, 30);
  }

  int places() {
    return agents + agents * objects;
  }

  /** Where an agent's object stands in the state: its column, its row. */
  int placeOf(int agent, int object) {
    return 2 * (agents + agent * objects + object);
  }

  private int fateAt(int agent, int object) {
    return 2 * places() + agent * objects + object;
  }

  /** What has become of an agent's object. */
  int fate(double[] state, int agent, int object) {
    return (int) state[fateAt(agent, object)];
  }

  @Override
  public Box seen() {
    int width = 2 * sight + 1;
    return Box.of(0, 1, 3 * width * width + 2);
  }

  @Override
  public Discrete choices() {
    return new Discrete(Moves.COUNT);
  }

  /** Column and row of each agent and then of each object, and what has become of the objects. */
  @Override
  public Box world() {
    return Moves.world(2 * places(), side, agents * objects, 2);
  }

  @Override
  public float most() {
    return objects;
  }

  @Override
  public void begin(double[] state, RandomStream random) {
    int[] cells = new int[side * side];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = i;
    }
    for (int i = 0; i < places(); i++) {
      int other = i + random.nextInt(cells.length - i);
      int drawn = cells[other];
      cells[other] = cells[i];
      cells[i] = drawn;
      int row = drawn / side;
      state[2 * i] = drawn % side;
      state[2 * i + 1] = row;
    }
  }

  @Override
  public double act(double[] state, int[] choices, double[] rewards, RandomStream random) {
    for (int i = 0; i < agents; i++) {
      state[2 * i] = Moves.moved(state[2 * i], Moves.dx(choices[i]), side);
      state[2 * i + 1] = Moves.moved(state[2 * i + 1], Moves.dy(choices[i]), side);
    }
    double sum = 0;
    for (int owner = 0; owner < agents; owner++) {
      for (int object = 0; object < objects; object++) {
        if (fate(state, owner, object) != THERE) {
          continue;
        }
        int fate = THERE;
        for (int i = 0; i < agents && fate != COLLECTED; i++) {
          if (stands(state, i, placeOf(owner, object))) {
            fate = i == owner ? COLLECTED : LOST;
          }
        }
        state[fateAt(owner, object)] = fate;
        if (fate == COLLECTED) {
          rewards[owner]++;
          sum++;
        }
      }
    }
    return sum;
  }

  private static boolean stands(double[] state, int agent, int place) {
    return state[2 * agent] == state[place] && state[2 * agent + 1] == state[place + 1];
  }

  @Override
  public void see(double[] state, int agent, float[] observation, int at) {
    int width = 2 * sight + 1;
    int map = width * width;
    int left = (int) state[2 * agent] - sight;
    int top = (int) state[2 * agent + 1] - sight;
    for (int cell = 0; cell < map; cell++) {
      int column = left + cell % width;
      int row = top + cell / width;
      boolean inside = row >= 0 && row < side && column >= 0 && column < side;
      observation[at + cell] = 0;
      observation[at + map + cell] = 0;
      observation[at + 2 * map + cell] = inside ? 0 : 1;
    }
    for (int owner = 0; owner < agents; owner++) {
      for (int object = 0; object < objects; object++) {
        int column = (int) state[placeOf(owner, object)] - left;
        int row = (int) state[placeOf(owner, object) + 1] - top;
        boolean near = column >= 0 && column < width && row >= 0 && row < width;
        if (near && fate(state, owner, object) == THERE) {
          observation[at + (owner == agent ? 0 : map) + row * width + column] = 1;
        }
      }
    }
    observation[at + 3 * map] = (float) state[2 * agent] / (side - 1);
    observation[at + 3 * map + 1] = (float) state[2 * agent + 1] / (side - 1);
  }

  /** Over where every object has been collected or lost. */
  @Override
  public boolean terminated(double[] state) {
    return count(state, THERE) == 0;
  }

  private int count(double[] state, int fate) {
    int count = 0;
    for (int owner = 0; owner < agents; owner++) {
      for (int object = 0; object < objects; object++) {
        count += fate(state, owner, object) == fate ? 1 : 0;
      }
    }
    return count;
  }

  @Override
  public List<String> worldMeasures() {
    return List.of(SUCCESS, LOST_OBJECTS);
  }

  @Override
  public boolean isLowerBetter(String measure) {
    return AgentTask.super.isLowerBetter(measure) || measure.equals(LOST_OBJECTS);
  }

  @Override
  public void measureWorld(double[] state, double[] measured) {
    measured[0] = count(state, COLLECTED) == agents * objects ? 1 : 0;
    measured[1] = count(state, LOST);
  }

  @Override
  public Map<String, Double> parameters() {
    return Parameters.named(NAMES, agents, objects, side, sight, global, horizon);
  }

  @Override
  public Collect with(String parameter, double value) {
    return withParameters(Parameters.changed(this, parameter, value));
  }

  @Override
  public Collect withParameters(double... p) {
    int[] whole = Parameters.whole(NAME, NAMES, p);
    return new Collect(whole[0], whole[1], whole[2], whole[3], whole[4], whole[5]);
  }

  @Override
  public List<Sign> legend() {
    return CellWorldDrawing.collected(agents);
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    CellWorldDrawing.draw(this, state, canvas, width, height);
  }

  /** The name, and whatever differs from the usual world. */
  @Override
  public String toString() {
    return Parameters.text(this, new Collect());
  }
}
