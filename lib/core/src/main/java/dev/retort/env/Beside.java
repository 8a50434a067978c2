package dev.retort.env;

import dev.retort.space.Box;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Numbers that a wrapper remembers and shows beside what is seen: as one more part of it, or, where
 * every part of the actions is a part of the observations too, as one more part of what each of
 * these agents sees, its own numbers only.
 *
 * @param inner what is wrapped, behind whose state the numbers stand, in the order of the actions
 * @param part the name of what is shown
 * @param shown the numbers that are shown of a space of actions
 */
record Beside(Env inner, String part, Function<Space, Box> shown) {
  private static final String OBSERVATION = "observation";

  static Beside of(Env inner, String part, Function<Space, Box> shown) {
    return new Beside(inner, part, shown);
  }

  /** Whether each part of the actions is that of an agent, who sees a part of its own. */
  private boolean isOfAgents() {
    return inner.actions() instanceof Group done
        && inner.observations() instanceof Group seen
        && seen.parts().keySet().containsAll(done.parts().keySet());
  }

  private Map<String, Space> actions() {
    return isOfAgents() ? ((Group) inner.actions()).parts() : Map.of("", inner.actions());
  }

  /** How many numbers there are. */
  int size() {
    return actions().values().stream().mapToInt(own -> shown.apply(own).size()).sum();
  }

  /** What is seen, and the numbers. */
  Group space() {
    if (!isOfAgents()) {
      return with(inner.observations(), inner.actions());
    }
    Map<String, Space> parts = new LinkedHashMap<>(((Group) inner.observations()).parts());
    actions().forEach((agent, own) -> parts.computeIfPresent(agent, (a, seen) -> with(seen, own)));
    return new Group(parts);
  }

  private Group with(Space seen, Space done) {
    Group group = seen instanceof Group parts ? parts : Group.of(OBSERVATION, seen);
    return group.and(part, shown.apply(done));
  }

  /** Writes what is seen, and the numbers. */
  void observe(double[] state, float[] observation) {
    float[] seen = new float[inner.observations().size()];
    inner.observe(state, seen);
    if (!isOfAgents()) {
      System.arraycopy(seen, 0, observation, 0, seen.length);
      show(state, 0, size(), observation, seen.length);
      return;
    }
    Map<String, Integer> first = new LinkedHashMap<>();
    int numbers = 0;
    for (Map.Entry<String, Space> own : actions().entrySet()) {
      first.put(own.getKey(), numbers);
      numbers += shown.apply(own.getValue()).size();
    }
    int from = 0;
    int to = 0;
    for (Map.Entry<String, Space> each : ((Group) inner.observations()).parts().entrySet()) {
      int width = each.getValue().size();
      System.arraycopy(seen, from, observation, to, width);
      from += width;
      to += width;
      if (first.containsKey(each.getKey())) {
        int count = shown.apply(actions().get(each.getKey())).size();
        show(state, first.get(each.getKey()), count, observation, to);
        to += count;
      }
    }
  }

  private void show(double[] state, int from, int count, float[] observation, int to) {
    for (int i = 0; i < count; i++) {
      observation[to + i] = (float) state[inner.stateSize() + from + i];
    }
  }
}
