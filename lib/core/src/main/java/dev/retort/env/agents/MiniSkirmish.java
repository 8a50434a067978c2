package dev.retort.env.agents;

import dev.retort.env.Parameters;
import dev.retort.env.Sign;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Agents fight as many enemies on a square of cells; whoever hits one enemy together wins.
 *
 * <p>Agents begin on the left and enemies on the right, each with a health of 10. An agent stays,
 * moves up, right, down or left, or attacks enemy {@code k}. Agents move first, in their order,
 * into cells where nobody stands. Then each enemy turns to the nearest living agent and attacks it
 * if it is within reach, 2 steps; else it moves towards it. Then all attacks within reach hit at
 * the same time and take 2 of health each.
 *
 * <pre>
 *   r = 20 / 30n (damage done + 10 kills + 10n if all enemies are dead)
 * </pre>
 *
 * <p>so that the most is 20. An agent's own reward is its damage, its part of the kills among those
 * who hit in that step, and an n-th of the victory; the dead have a part in that too. The fight is
 * over when one side is dead.
 *
 * <p>An agent sees its health, from 0 to 1, its column and row, from 0 to 1, and then of its
 * fellows and of the enemies, in their order, four numbers each: 1, where they are from it in units
 * of {@code sight}, and their health; zeros of those that are farther than {@code sight} in a
 * column or row, or dead. The dead see zeros, and do nothing.
 *
 * <p>The measures: <em>success</em>, victory, and <em>steps to success</em>.
 *
 * <p>A small stand-in for the battles of Mikayel Samvelyan and others, "The StarCraft multi-agent
 * challenge", 2019, arXiv 1902.04043: all numbers are decided here.
 *
 * @param agents how many there are on each side
 * @param side cells a side
 * @param sight how many cells an agent sees each way
 * @param global 1 where everything is seen beside what each agent sees; else 0
 * @param horizon the steps after which an episode is truncated
 */
public record MiniSkirmish(int agents, int side, int sight, int global, int horizon)
    implements AgentTask {
  /** The choice by which an agent attacks the first enemy. */
  public static final int ATTACK = Moves.COUNT;

  /** How far attacks reach, in steps. */
  public static final int REACH = 2;

  static final int HEALTH = 10;
  private static final int DAMAGE = 2;
  private static final double MOST = 20;
  private static final String NAME = "MiniSkirmish";
  private static final List<String> NAMES = List.of("agents", "side", "sight", "global", "horizon");

  /** Refuses fields without room or fighters. */
  public MiniSkirmish {
    Parameters.between(NAME, "agents", agents, 1, AgentDrawing.MOST_AGENTS);
    Parameters.between(NAME, "side", side, AgentDrawing.MOST_AGENTS, 50);
    Parameters.between(NAME, "sight", sight, 1, 50);
    Parameters.between(NAME, "global", global, 0, 1);
    Parameters.steps(NAME, horizon);
  }

  /** Three against three on 9 × 9 cells, of which an agent sees 9 × 9 around it, for 40 steps. */
  public MiniSkirmish() {
    this(3, 9, 4, 0, 40);
  }

  /** Where a fighter's health stands in the state; enemies are counted on from the agents. */
  int healthAt(int fighter) {
    return 4 * agents + fighter;
  }

  /** Where it stands whom a fighter hit in the last step, counted from 1; 0 for nobody. */
  int hitAt(int fighter) {
    return 6 * agents + fighter;
  }

  boolean isAlive(double[] state, int fighter) {
    return state[healthAt(fighter)] > 0;
  }

  static int apart(double[] state, int fighter, int other) {
    return Moves.distance(
        state[2 * fighter], state[2 * fighter + 1], state[2 * other], state[2 * other + 1]);
  }

  @Override
  public Box seen() {
    float[] high = new float[3 + 4 * (2 * agents - 1)];
    float[] low = new float[high.length];
    Arrays.fill(high, 1);
    for (int i = 3; i < low.length; i += 4) {
      low[i + 1] = -1;
      low[i + 2] = -1;
    }
    return Moves.bounded(low, high);
  }

  @Override
  public Discrete choices() {
    return new Discrete(ATTACK + agents);
  }

  /** Column and row of each agent and enemy, then their health, then whom they hit. */
  @Override
  public Box world() {
    return Moves.world(4 * agents, side, 4 * agents, HEALTH);
  }

  @Override
  public float most() {
    return (float) MOST;
  }

  @Override
  public void begin(double[] state, RandomStream random) {
    for (int team = 0; team < 2; team++) {
      int[] rows = new int[side];
      Arrays.setAll(rows, row -> row);
      for (int i = 0; i < agents; i++) {
        int other = i + random.nextInt(side - i);
        int row = rows[other];
        rows[other] = rows[i];
        rows[i] = row;
        int fighter = team * agents + i;
        int column = random.nextInt(2);
        state[2 * fighter] = team == 0 ? column : side - 1 - column;
        state[2 * fighter + 1] = row;
        state[healthAt(fighter)] = HEALTH;
      }
    }
  }

  @Override
  public double act(double[] state, int[] choices, double[] rewards, RandomStream random) {
    int[] attacks = new int[2 * agents]; // whom each fighter attacks, −1 for nobody
    Arrays.fill(attacks, -1);
    for (int i = 0; i < agents; i++) {
      if (isAlive(state, i) && choices[i] >= ATTACK) {
        attacks[i] = agents + choices[i] - ATTACK;
      } else if (isAlive(state, i)) {
        move(state, i, choices[i]);
      }
    }
    for (int enemy = agents; enemy < 2 * agents; enemy++) {
      if (isAlive(state, enemy)) {
        int target = nearest(state, enemy);
        if (apart(state, enemy, target) <= REACH) {
          attacks[enemy] = target;
        } else {
          approach(state, enemy, target);
        }
      }
    }
    return strike(state, attacks, rewards);
  }

  private void move(double[] state, int fighter, int move) {
    int x = Moves.moved(state[2 * fighter], Moves.dx(move), side);
    int y = Moves.moved(state[2 * fighter + 1], Moves.dy(move), side);
    for (int other = 0; other < 2 * agents; other++) {
      boolean stands = state[2 * other] == x && state[2 * other + 1] == y;
      if (stands && isAlive(state, other)) {
        return;
      }
    }
    state[2 * fighter] = x;
    state[2 * fighter + 1] = y;
  }

  /** The nearest living agent, the first of those that are equally near. */
  private int nearest(double[] state, int enemy) {
    int nearest = -1;
    for (int i = 0; i < agents; i++) {
      boolean nearer = nearest < 0 || apart(state, enemy, i) < apart(state, enemy, nearest);
      if (isAlive(state, i) && nearer) {
        nearest = i;
      }
    }
    return nearest;
  }

  private void approach(double[] state, int enemy, int target) {
    move(
        state,
        enemy,
        Moves.towards(
            state[2 * enemy], state[2 * enemy + 1], state[2 * target], state[2 * target + 1]));
  }

  /** Lets all attacks hit that are within reach. */
  private double strike(double[] state, int[] attacks, double[] rewards) {
    int[] hits = new int[attacks.length];
    for (int fighter = 0; fighter < attacks.length; fighter++) {
      int target = attacks[fighter];
      boolean hit = target >= 0 && isAlive(state, target) && apart(state, fighter, target) <= REACH;
      state[hitAt(fighter)] = hit ? 1 + target % agents : 0;
      if (hit) {
        hits[target]++;
      }
    }
    double points = 0;
    for (int target = 0; target < attacks.length; target++) {
      if (hits[target] == 0) {
        continue;
      }
      double damage = Math.min(DAMAGE * hits[target], state[healthAt(target)]);
      state[healthAt(target)] -= damage;
      if (target >= agents) {
        double gained = damage + (isAlive(state, target) ? 0 : HEALTH);
        points += gained;
        for (int i = 0; i < agents; i++) {
          if (state[hitAt(i)] == 1 + target - agents) {
            rewards[i] += scaled(gained / hits[target]);
          }
        }
      }
    }
    if (isDead(state, agents)) {
      points += HEALTH * agents;
      for (int i = 0; i < agents; i++) {
        rewards[i] += scaled(HEALTH);
      }
    }
    return scaled(points);
  }

  private double scaled(double points) {
    return MOST * points / (3 * HEALTH * agents);
  }

  /** Whether a side is dead, whose first fighter this is. */
  private boolean isDead(double[] state, int first) {
    for (int i = 0; i < agents; i++) {
      if (isAlive(state, first + i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean terminated(double[] state) {
    return isDead(state, 0) || isDead(state, agents);
  }

  @Override
  public void see(double[] state, int agent, float[] observation, int at) {
    Arrays.fill(observation, at, at + seen().size(), 0);
    if (!isAlive(state, agent)) {
      return;
    }
    observation[at] = (float) state[healthAt(agent)] / HEALTH;
    observation[at + 1] = (float) state[2 * agent] / (side - 1);
    observation[at + 2] = (float) state[2 * agent + 1] / (side - 1);
    int next = at + 3;
    for (int other = 0; other < 2 * agents; other++) {
      if (other == agent) {
        continue;
      }
      double x = state[2 * other] - state[2 * agent];
      double y = state[2 * other + 1] - state[2 * agent + 1];
      if (isAlive(state, other) && Math.max(Math.abs(x), Math.abs(y)) <= sight) {
        observation[next] = 1;
        observation[next + 1] = (float) x / sight;
        observation[next + 2] = (float) y / sight;
        observation[next + 3] = (float) state[healthAt(other)] / HEALTH;
      }
      next += 4;
    }
  }

  @Override
  public List<String> worldMeasures() {
    return List.of(SUCCESS, STEPS_TO_SUCCESS);
  }

  @Override
  public void measureWorld(double[] state, double[] measured) {
    measured[0] = isDead(state, agents) ? 1 : 0;
    measured[1] = Double.NaN; // counted by those who play
  }

  @Override
  public Map<String, Double> parameters() {
    return Parameters.named(NAMES, agents, side, sight, global, horizon);
  }

  @Override
  public MiniSkirmish with(String parameter, double value) {
    return withParameters(Parameters.changed(this, parameter, value));
  }

  @Override
  public MiniSkirmish withParameters(double... p) {
    int[] whole = Parameters.whole(NAME, NAMES, p);
    return new MiniSkirmish(whole[0], whole[1], whole[2], whole[3], whole[4]);
  }

  @Override
  public List<Sign> legend() {
    return SkirmishDrawing.signs(agents);
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    SkirmishDrawing.draw(this, state, canvas, width, height);
  }

  /** The name, and whatever differs from the usual battle. */
  @Override
  public String toString() {
    return Parameters.text(this, new MiniSkirmish());
  }
}
