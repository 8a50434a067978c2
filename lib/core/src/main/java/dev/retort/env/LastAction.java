package dev.retort.env;

import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.List;

/**
 * Shows the last action beside the observation; see {@link Env#lastAction}.
 *
 * <p>The state remembers the action as it is shown; a number beyond its bound as that bound.
 *
 * @param inner what is wrapped
 */
record LastAction(Env inner) implements Beside {
  /** Its part of a name, and of an observation. */
  static final String SEGMENT = LAST_ACTION;

  /** Refuses observations that have such a part already. */
  LastAction(Env inner) {
    this.inner = inner;
    observations();
  }

  @Override
  public Env around(Env other) {
    return new LastAction(other);
  }

  @Override
  public String segment() {
    return SEGMENT;
  }

  @Override
  public boolean isCommon() {
    return false;
  }

  /** Numbers for an action: its own, or a 1 among zeros for a choice; zeros are among them. */
  @Override
  public Box shown(Space actions) {
    if (actions instanceof Discrete choices) {
      return Box.of(0, 1, choices.n());
    }
    if (actions instanceof Box box) {
      List<Float> low = box.low().stream().map(bound -> Math.min(bound, 0)).toList();
      List<Float> high = box.high().stream().map(bound -> Math.max(bound, 0)).toList();
      return new Box(low, high, List.of(box.size()));
    }
    List<Box> parts = ((Group) actions).parts().values().stream().map(this::shown).toList();
    List<Float> low = parts.stream().flatMap(part -> part.low().stream()).toList();
    List<Float> high = parts.stream().flatMap(part -> part.high().stream()).toList();
    return new Box(low, high, List.of(low.size()));
  }

  @Override
  public int count(Space actions) {
    if (actions instanceof Discrete choices) {
      return choices.n();
    }
    return actions instanceof Group group
        ? group.parts().values().stream().mapToInt(this::count).sum()
        : actions.size();
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    double reward = inner.step(state, action, random);
    begin(state);
    keep(inner.actions(), action, 0, state, inner.stateSize());
    return reward;
  }

  private void keep(Space actions, float[] action, int from, double[] state, int to) {
    if (actions instanceof Discrete) {
      state[to + (int) action[from]] = 1;
    } else if (actions instanceof Box box) {
      for (int i = 0; i < box.size(); i++) {
        double most = Math.min(box.high().get(i), action[from + i]);
        state[to + i] = Math.max(box.low().get(i), most);
      }
    } else {
      int own = from;
      int at = to;
      for (Space part : ((Group) actions).parts().values()) {
        keep(part, action, own, state, at);
        own += part.size();
        at += count(part);
      }
    }
  }

  @Override
  public String toString() {
    return inner + "/" + segment();
  }
}
