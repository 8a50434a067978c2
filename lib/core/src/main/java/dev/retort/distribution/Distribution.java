package dev.retort.distribution;

import dev.retort.RetortException;
import dev.retort.nn.Output;
import dev.retort.option.Type;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.ArrayList;
import java.util.List;

/** A family of distributions over actions, each described by one row {@code z[at .. at + size)}. */
public interface Distribution {
  /** Space of the actions. */
  Space actions();

  /** Names and sizes of the numbers, in the order in which a row holds them. */
  List<Output> outputs();

  /** Name in files, which with the space of actions tells one family from another. */
  String kind();

  /** Length of a row. */
  default int size() {
    return outputs().stream().mapToInt(Output::size).sum();
  }

  /**
   * Greedy action: the most probable one, the one of highest value, or the only one.
   *
   * @param action receives it at {@code action[to ..]}, within the bounds of the actions
   */
  void mode(float[] z, int at, float[] action, int to);

  /**
   * Draws an action to {@code action[to ..]}, within the bounds of the actions; families that give
   * only one action give that.
   */
  default void sample(float[] z, int at, RandomStream random, float[] action, int to) {
    mode(z, at, action, to);
  }

  /**
   * Probability of every choice; the preferred one has all of it where nothing is drawn.
   *
   * @param p receives {@code p[to .. to + n)}
   * @throws RetortException where actions are no choices
   */
  default void probabilities(float[] z, int at, float[] p, int to) {
    if (!(actions() instanceof Discrete discrete)) {
      throw new RetortException(
          "%s: expected discrete choices to give probabilities of, got %s."
              .formatted(kind(), actions().summary()));
    }
    float[] choice = new float[1];
    mode(z, at, choice, 0);
    for (int i = 0; i < discrete.n(); i++) {
      p[to + i] = i == (int) choice[0] ? 1 : 0;
    }
  }

  /**
   * Family of a {@link #kind()} over some actions.
   *
   * @param owner who asks, for messages
   */
  static Distribution of(String owner, String kind, Space actions) {
    List<Distribution> fitting = new ArrayList<>(List.of(new Point(actions), new Uniform(actions)));
    if (actions instanceof Discrete choices) {
      fitting.add(new Categorical(choices));
      fitting.add(new ActionValues(choices));
      fitting.add(ActionValues.dueling(choices));
    } else if (actions instanceof Box box) {
      fitting.add(new Normal(box));
      fitting.add(new SquashedNormal(box));
      fitting.add(new SquashedPoint(box));
    } else if (actions instanceof Group group) {
      fitting.add(Product.over(group));
    }
    List<String> kinds = fitting.stream().map(Distribution::kind).toList();
    Type<Distribution> type =
        new Type<>(
            "one of " + String.join(", ", kinds),
            text -> {
              Type.require(kinds.contains(text));
              return fitting.get(kinds.indexOf(text));
            },
            Distribution::kind);
    return type.read(owner, "distribution", kind);
  }
}
