package dev.retort.env.agents;

import dev.retort.env.Env;
import dev.retort.env.Parameters;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the tasks of this package share: parts with the names of agents, and an account of each
 * one's own rewards.
 *
 * <p>A state is the world, then each agent's own reward in the last step, then the sum of its own
 * rewards since the episode began.
 */
public interface AgentTask extends Env {
  /** How many agents there are. */
  int agents();

  /** 1 where everything is seen beside what each agent sees; else 0. */
  int global();

  /** What one agent sees. */
  Box seen();

  /** What one agent may do. */
  Discrete choices();

  /** Bounds of all that the world is made of. */
  Box world();

  /** The most that an agent may earn or lose in a step. */
  float most();

  /** Measures of the world in which an episode ended, which come before those of the agents. */
  List<String> worldMeasures();

  /** The name of an agent's part, counted from 0: {@code agent1}, {@code agent2} .. */
  static String agent(int number) {
    return "agent" + (number + 1);
  }

  /** Writes what one agent sees, {@code observation[at .. at + seen().size())}. */
  void see(double[] state, int agent, float[] observation, int at);

  /** Begins the world, {@code state[0 .. world().size())}. */
  void begin(double[] state, RandomStream random);

  /**
   * Lets all agents act at the same time.
   *
   * @param choices what each does, {@code (agents)}
   * @param rewards receives the own reward of each, {@code (agents)}, zeros before
   * @return the team's reward
   */
  double act(double[] state, int[] choices, double[] rewards, RandomStream random);

  @Override
  default Group observations() {
    Group parts = Group.of(agent(0), seen());
    for (int i = 1; i < agents(); i++) {
      parts = parts.and(agent(i), seen());
    }
    return global() == 0
        ? parts
        : parts.and("global", world()).and("rewards", Box.of(-most(), most(), agents()));
  }

  @Override
  default Group actions() {
    Group parts = Group.of(agent(0), choices());
    for (int i = 1; i < agents(); i++) {
      parts = parts.and(agent(i), choices());
    }
    return parts;
  }

  @Override
  default int stateSize() {
    return world().size() + 2 * agents();
  }

  @Override
  default void reset(double[] state, RandomStream random) {
    Arrays.fill(state, 0, stateSize(), 0);
    begin(state, random);
  }

  @Override
  default double step(double[] state, float[] action, RandomStream random) {
    int[] chosen = new int[agents()];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = Parameters.choice(name(), action, i, choices().n());
    }
    if (terminated(state)) {
      return 0;
    }
    double[] rewards = new double[chosen.length];
    double reward = act(state, chosen, rewards, random);
    int last = world().size();
    for (int i = 0; i < chosen.length; i++) {
      state[last + i] = rewards[i];
      state[last + chosen.length + i] += rewards[i];
    }
    return reward;
  }

  @Override
  default boolean terminated(double[] state) {
    return false;
  }

  @Override
  default void observe(double[] state, float[] observation) {
    int width = seen().size();
    for (int i = 0; i < agents(); i++) {
      see(state, i, observation, i * width);
    }
    if (global() == 1) {
      int at = agents() * width;
      for (int i = 0; i < world().size() + agents(); i++) {
        observation[at + i] = (float) state[i];
      }
    }
  }

  @Override
  default List<String> measures() {
    List<String> names = new ArrayList<>(worldMeasures());
    for (int i = 0; i < agents(); i++) {
      names.add(agent(i) + " return");
    }
    return List.copyOf(names);
  }

  @Override
  default void measure(double[] state, double[] measured) {
    measureWorld(state, measured);
    int own = worldMeasures().size();
    System.arraycopy(state, world().size() + agents(), measured, own, agents());
  }

  /** Measures the world, a number for each of {@link #worldMeasures()}. */
  void measureWorld(double[] state, double[] measured);
}
