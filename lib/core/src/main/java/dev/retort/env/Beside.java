package dev.retort.env;

import dev.retort.space.Box;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A wrapper that remembers numbers, zeros at first, and shows them beside what is seen: as one more
 * part of it, or, where every part of the actions is a part of the observations too, as one more
 * part of what each of these agents sees.
 */
sealed interface Beside extends Wrapper permits LastAction, LastReward {
  /** The numbers that are shown of a space of actions. */
  Box shown(Space actions);

  /** How many these are, which every step asks. */
  int count(Space actions);

  /**
   * Whether all agents are shown the same numbers; each its own otherwise, which stand in the order
   * of the actions.
   */
  boolean isCommon();

  @Override
  default int stateSize() {
    return inner().stateSize() + count(inner().actions());
  }

  @Override
  default void begin(double[] state) {
    Arrays.fill(state, inner().stateSize(), stateSize(), 0);
  }

  /** What is seen, and the numbers. */
  @Override
  default Group observations() {
    Space seen = inner().observations();
    Space done = inner().actions();
    Map<String, Space> agents = agents(seen, done);
    if (agents.isEmpty()) {
      return with(seen, done);
    }
    Map<String, Space> parts = new LinkedHashMap<>(((Group) seen).parts());
    agents.forEach((agent, own) -> parts.computeIfPresent(agent, (a, its) -> with(its, own)));
    return new Group(parts);
  }

  /** What each agent does, where each part of the actions is that of one; else nothing. */
  private static Map<String, Space> agents(Space seen, Space done) {
    boolean isOfAgents =
        done instanceof Group actions
            && seen instanceof Group observations
            && observations.parts().keySet().containsAll(actions.parts().keySet());
    return isOfAgents ? ((Group) done).parts() : Map.of();
  }

  private Group with(Space seen, Space done) {
    Group group = seen instanceof Group parts ? parts : Group.of("observation", seen);
    return group.and(segment(), shown(done));
  }

  /** Writes what is seen, and the numbers. */
  @Override
  default void observe(double[] state, float[] observation) {
    Space whole = inner().observations();
    Space done = inner().actions();
    Map<String, Space> agents = agents(whole, done);
    float[] seen = new float[whole.size()];
    inner().observe(state, seen);
    if (agents.isEmpty()) {
      System.arraycopy(seen, 0, observation, 0, seen.length);
      show(state, 0, count(done), observation, seen.length);
      return;
    }
    Map<String, Integer> first = new LinkedHashMap<>();
    int numbers = 0;
    for (Map.Entry<String, Space> own : agents.entrySet()) {
      first.put(own.getKey(), numbers);
      numbers += isCommon() ? 0 : count(own.getValue());
    }
    int from = 0;
    int to = 0;
    for (Map.Entry<String, Space> each : ((Group) whole).parts().entrySet()) {
      int width = each.getValue().size();
      System.arraycopy(seen, from, observation, to, width);
      from += width;
      to += width;
      if (first.containsKey(each.getKey())) {
        int own = count(agents.get(each.getKey()));
        show(state, first.get(each.getKey()), own, observation, to);
        to += own;
      }
    }
  }

  private void show(double[] state, int from, int numbers, float[] observation, int to) {
    for (int i = 0; i < numbers; i++) {
      observation[to + i] = (float) state[inner().stateSize() + from + i];
    }
  }

  /** The task is the same. */
  @Override
  default OptionalDouble solvedAt() {
    return inner().solvedAt();
  }
}
