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
 * Agents move in the unit square until all of them are equally far from each other.
 *
 * <p>They begin at random places. All act at the same time: rest, or move by {@code speed} up,
 * right, down or left; the square's border stops them. With {@code d} the distances of all pairs
 * the team's reward, and an agent's own with the distances of its pairs, is
 *
 * <pre>
 *   r = − std(d)                      side = 0: whatever the distance, only equal
 *   r = − sqrt(mean((d − side)²))     side > 0: of that length
 * </pre>
 *
 * <p>Where the side is free, all in one corner are equally far as well: a policy that sees nothing
 * can go there. A given side has no such way out.
 *
 * <p>An agent sees its own place and its last move in units of {@code speed}, and of others where
 * they are from it, with noise of standard deviation {@code noise}: of the nearest one alone where
 * {@code sight} is 0, else of all in their order, each with a 1 before it where it is no farther
 * than {@code sight}, and three zeros where it is.
 *
 * <p>The measure <em>deviation</em> is what the last state's reward would be, without its sign.
 *
 * <p><b>Reconstructed</b> after the task "Equal Space" of Wei-Cheng Tseng, Tsun-Hsuan Wang,
 * Yen-Chen Lin, Phillip Isola, "Offline multi-agent reinforcement learning with knowledge
 * distillation", 2022, whose constants were not available to us: all numbers are ours.
 *
 * @param agents how many there are, at least 3
 * @param speed how far a move leads
 * @param noise standard deviation of the noise in what is seen of others
 * @param side the distance wanted; 0 for any
 * @param sight how far others are seen; 0 for the nearest one at any distance
 * @param global 1 where everything is seen beside what each agent sees; else 0
 * @param horizon the steps after which an episode is truncated
 */
public record EqualSpace(
    int agents, double speed, double noise, double side, double sight, int global, int horizon)
    implements AgentTask {
  private static final String NAME = "EqualSpace";
  private static final String DEVIATION = "deviation";
  private static final List<String> NAMES =
      List.of("agents", "speed", "noise", "side", "sight", "global", "horizon");
  private static final double MOST_NOISE = 1;

  /** Refuses worlds in which nothing can be equal. */
  public EqualSpace {
    Parameters.between(NAME, "agents", agents, 3, AgentDrawing.MOST_AGENTS);
    Parameters.positive(NAME, "speed", speed);
    Parameters.between(NAME, "speed", speed, 0, 1);
    Parameters.between(NAME, "noise", noise, 0, MOST_NOISE);
    Parameters.between(NAME, "side", side, 0, 1);
    Parameters.between(NAME, "sight", sight, 0, 2);
    Parameters.between(NAME, "global", global, 0, 1);
    Parameters.steps(NAME, horizon);
  }

  /** Three agents that move by 0.05 and see the nearest one with noise of 0.02, for 25 steps. */
  public EqualSpace() {
    this(3, 0.05, 0.02, 0, 0, 0, 25);
  }

  private int moveAt(int agent) {
    return 2 * (agents + agent);
  }

  /** Where the noise stands in which an agent sees another one. */
  private int noiseAt(int agent, int other) {
    return 2 * (2 * agents + agent * agents + other);
  }

  @Override
  public Box seen() {
    int shown = sight == 0 ? 2 : 3 * (agents - 1);
    float[] high = new float[4 + shown];
    float[] low = new float[high.length];
    Arrays.fill(high, 1);
    Arrays.fill(low, 2, 4, -1);
    for (int i = 4; i < high.length; i++) {
      boolean flag = sight > 0 && (i - 4) % 3 == 0;
      high[i] = flag ? 1 : 2;
      low[i] = flag ? 0 : -2;
    }
    return Moves.bounded(low, high);
  }

  @Override
  public Discrete choices() {
    return new Discrete(Moves.COUNT);
  }

  /** Place of each agent, last move of each, and the noise in what each sees of each. */
  @Override
  public Box world() {
    float[] high = new float[4 * agents + 2 * agents * agents];
    Arrays.fill(high, 1);
    float[] low = new float[high.length];
    Arrays.fill(low, 2 * agents, low.length, -1);
    return Moves.bounded(low, high);
  }

  @Override
  public float most() {
    return 2;
  }

  @Override
  public void begin(double[] state, RandomStream random) {
    for (int i = 0; i < 2 * agents; i++) {
      state[i] = random.nextDouble();
    }
    blur(state, random);
  }

  private void blur(double[] state, RandomStream random) {
    for (int i = noiseAt(0, 0); i < noiseAt(agents, 0); i++) {
      state[i] = bounded(noise * random.nextGaussian());
    }
  }

  @Override
  public double act(double[] state, int[] choices, double[] rewards, RandomStream random) {
    for (int i = 0; i < agents; i++) {
      move(state, i, choices[i]);
    }
    blur(state, random);
    for (int i = 0; i < agents; i++) {
      rewards[i] = -deviation(state, i);
    }
    return -deviation(state);
  }

  void move(double[] state, int agent, int move) {
    double x = state[2 * agent];
    double y = state[2 * agent + 1];
    state[2 * agent] = Math.max(0, Math.min(1, x + speed * Moves.dx(move)));
    state[2 * agent + 1] = Math.max(0, Math.min(1, y + speed * Moves.dy(move)));
    state[moveAt(agent)] = bounded((state[2 * agent] - x) / speed);
    state[moveAt(agent) + 1] = bounded((state[2 * agent + 1] - y) / speed);
  }

  private static double bounded(double value) {
    return Math.max(-1, Math.min(1, value));
  }

  static double distance(double[] state, int agent, int other) {
    double x = state[2 * agent] - state[2 * other];
    double y = state[2 * agent + 1] - state[2 * other + 1];
    return Math.sqrt(x * x + y * y);
  }

  /** How far the distances of all pairs are from what is wanted. */
  double deviation(double[] state) {
    double[] distances = new double[agents * (agents - 1) / 2];
    int pair = 0;
    for (int i = 0; i < agents; i++) {
      for (int j = i + 1; j < agents; j++) {
        distances[pair++] = distance(state, i, j);
      }
    }
    return spread(distances);
  }

  private double deviation(double[] state, int agent) {
    double[] distances = new double[agents - 1];
    int pair = 0;
    for (int other = 0; other < agents; other++) {
      if (other != agent) {
        distances[pair++] = distance(state, agent, other);
      }
    }
    return spread(distances);
  }

  private double spread(double[] distances) {
    double wanted = side > 0 ? side : Arrays.stream(distances).sum() / distances.length;
    double sum = 0;
    for (double distance : distances) {
      sum += (distance - wanted) * (distance - wanted);
    }
    return Math.sqrt(sum / distances.length);
  }

  @Override
  public void see(double[] state, int agent, float[] observation, int at) {
    observation[at] = (float) state[2 * agent];
    observation[at + 1] = (float) state[2 * agent + 1];
    observation[at + 2] = (float) state[moveAt(agent)];
    observation[at + 3] = (float) state[moveAt(agent) + 1];
    int next = at + 4;
    int nearest = -1;
    for (int other = 0; other < agents; other++) {
      if (other == agent) {
        continue;
      }
      if (sight > 0) {
        boolean near = distance(state, agent, other) <= sight;
        Arrays.fill(observation, next, next + 3, 0);
        if (near) {
          observation[next] = 1;
          show(state, agent, other, observation, next + 1);
        }
        next += 3;
      } else if (nearest < 0 || distance(state, agent, other) < distance(state, agent, nearest)) {
        nearest = other;
      }
    }
    if (sight == 0) {
      show(state, agent, nearest, observation, next);
    }
  }

  private void show(double[] state, int agent, int other, float[] observation, int at) {
    for (int axis = 0; axis < 2; axis++) {
      double apart = state[2 * other + axis] - state[2 * agent + axis];
      observation[at + axis] = (float) (apart + state[noiseAt(agent, other) + axis]);
    }
  }

  @Override
  public List<String> worldMeasures() {
    return List.of(DEVIATION);
  }

  @Override
  public boolean isLowerBetter(String measure) {
    return AgentTask.super.isLowerBetter(measure) || measure.equals(DEVIATION);
  }

  @Override
  public void measureWorld(double[] state, double[] measured) {
    measured[0] = deviation(state);
  }

  @Override
  public Map<String, Double> parameters() {
    return Parameters.named(NAMES, agents, speed, noise, side, sight, global, horizon);
  }

  @Override
  public EqualSpace with(String parameter, double value) {
    return withParameters(Parameters.changed(this, parameter, value));
  }

  @Override
  public EqualSpace withParameters(double... p) {
    int[] whole = Parameters.whole(NAME, List.of("agents", "global", "horizon"), p[0], p[5], p[6]);
    return new EqualSpace(whole[0], p[1], p[2], p[3], p[4], whole[1], whole[2]);
  }

  @Override
  public List<Sign> legend() {
    return EqualSpaceDrawing.signs(agents);
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    EqualSpaceDrawing.draw(this, state, canvas, width, height);
  }

  /** The name, and whatever differs from the usual world. */
  @Override
  public String toString() {
    return Parameters.text(this, new EqualSpace());
  }
}
