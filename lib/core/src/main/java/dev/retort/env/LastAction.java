package dev.retort.env;

import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Shows the last action beside the observation; see {@link Env#lastAction}.
 *
 * <p>The state remembers the action as it is shown; a number beyond its bound as that bound.
 *
 * @param inner what is wrapped
 */
record LastAction(Env inner) implements Wrapper {
  /** Its part of a name, and of an observation. */
  static final String SEGMENT = LAST_ACTION;

  /** Refuses observations that have such a part already. */
  LastAction {
    shown(inner).space();
  }

  private static Beside shown(Env inner) {
    return new Beside(inner, SEGMENT, false, LastAction::shown, LastAction::count);
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
  public Group observations() {
    return shown(inner).space();
  }

  /** Numbers for an action: its own, or a 1 among zeros for a choice; zeros are among them. */
  private static Box shown(Space actions) {
    if (actions instanceof Discrete choices) {
      return Box.of(0, 1, choices.n());
    }
    if (actions instanceof Box box) {
      List<Float> low = box.low().stream().map(bound -> Math.min(bound, 0)).toList();
      List<Float> high = box.high().stream().map(bound -> Math.max(bound, 0)).toList();
      return new Box(low, high, List.of(box.size()));
    }
    List<Box> parts = ((Group) actions).parts().values().stream().map(LastAction::shown).toList();
    List<Float> low = parts.stream().flatMap(part -> part.low().stream()).toList();
    List<Float> high = parts.stream().flatMap(part -> part.high().stream()).toList();
    return new Box(low, high, List.of(low.size()));
  }

  /** How many numbers are shown for an action. */
  private static int count(Space actions) {
    if (actions instanceof Discrete choices) {
      return choices.n();
    }
    return actions instanceof Group group
        ? group.parts().values().stream().mapToInt(LastAction::count).sum()
        : actions.size();
  }

  @Override
  public int stateSize() {
    return inner.stateSize() + count(inner.actions());
  }

  @Override
  public void begin(double[] state) {
    Arrays.fill(state, inner.stateSize(), stateSize(), 0);
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    double reward = inner.step(state, action, random);
    begin(state);
    keep(inner.actions(), action, 0, state, inner.stateSize());
    return reward;
  }

  private static void keep(Space actions, float[] action, int from, double[] state, int to) {
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
  public void observe(double[] state, float[] observation) {
    shown(inner).observe(state, observation);
  }

  /** The task is the same. */
  @Override
  public OptionalDouble solvedAt() {
    return inner.solvedAt();
  }

  @Override
  public String toString() {
    return inner + "/" + segment();
  }
}
