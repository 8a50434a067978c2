package dev.retort.teach;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.distribution.Normal;
import dev.retort.env.Env;
import dev.retort.space.Box;
import dev.retort.space.Group;
import java.util.Optional;

/**
 * Which numbers of an action there are in each row of a rollout, by a part of what was observed:
 * {@link OnPolicy#maskedBy}.
 */
final class ActionMask {
  static final String NONE = "none";

  private final Normal distribution;
  private final int numbers;

  /** Where the part begins in an observation. */
  private final int part;

  private final boolean[] there;

  private ActionMask(Normal distribution, int part, int rows) {
    this.distribution = distribution;
    this.numbers = distribution.actions().size();
    this.part = part;
    this.there = new boolean[rows * numbers];
  }

  /** The mask that an algorithm asks for; empty where everything that can be done is there. */
  static Optional<ActionMask> of(Accompanied<?> algorithm, Env env, int rows) {
    if (!(algorithm instanceof OnPolicy<?> asked) || asked.maskedBy().equals(NONE)) {
      return Optional.empty();
    }
    int part = ((Group) env.observations()).offset(asked.maskedBy());
    return Optional.of(new ActionMask(new Normal((Box) env.actions()), part, rows));
  }

  /** Refuses parts that do not say of each number whether it is there. */
  static void require(String owner, String name, Env env) {
    if (name.equals(NONE)) {
      return;
    }
    if (!(env.actions() instanceof Box actions)) {
      throw new RetortException(
          "%s: expected continuous actions to mask, got %s (%s). Leave maskedBy(..) out."
              .formatted(owner, env.actions().summary(), env.name()));
    }
    if (!(env.observations() instanceof Group seen)) {
      throw new RetortException(
          "%s: expected observations of named parts for maskedBy(\"%s\"), got %s (%s)."
              .formatted(owner, name, env.observations().summary(), env.name()));
    }
    if (!seen.parts().containsKey(name)) {
      throw UnknownNameException.in(owner, "part of the observations", name, seen.parts().keySet());
    }
    int size = seen.parts().get(name).size();
    if (size != actions.size()) {
      throw new RetortException(
          "%s: expected a part of %s numbers for maskedBy(..), one for each of an action, got '%s' of %s (%s)."
              .formatted(owner, actions.size(), name, size, env.name()));
    }
  }

  /** Keeps what an observation says, {@code observations[at ..]}. */
  void see(float[] observations, int at, int row) {
    for (int i = 0; i < numbers; i++) {
      there[row * numbers + i] = observations[at + part + i] != 0;
    }
  }

  /** Masks what a network says of a row, {@code outputs[at ..]}. */
  void apply(float[] outputs, int at, int row) {
    distribution.mask(outputs, at, there, row * numbers);
  }
}
