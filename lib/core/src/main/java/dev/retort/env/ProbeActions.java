package dev.retort.env;

import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.util.Optional;

/** The ways in which an inspection acts, from the ordinary to the adversarial. */
enum ProbeActions {
  /** Drawn from the space. */
  SAMPLED,
  /** The same choice all the time. */
  CONSTANT,
  /** Every number at its lower bound. */
  LOWEST,
  /** Every number at its upper bound. */
  HIGHEST,
  /** Every number at one of its bounds, by chance. */
  EXTREME,
  /** Every number half a range beyond one of its bounds; an environment clips. */
  BEYOND;

  /** Stands for a bound where there is none. */
  private static final double LARGE = 1e3;

  /** Writes an action. */
  void choose(Space space, int choice, RandomStream random, float[] action) {
    choose(space, choice, random, action, 0);
  }

  private void choose(Space space, int choice, RandomStream random, float[] action, int at) {
    if (this == SAMPLED) {
      space.sample(random, action, at);
    } else if (space instanceof Discrete discrete) {
      action[at] =
          switch (this) {
            case CONSTANT -> choice;
            case LOWEST -> 0;
            case HIGHEST -> discrete.n() - 1;
            default -> random.nextInt(discrete.n());
          };
    } else if (space instanceof Box box) {
      for (int i = 0; i < box.size(); i++) {
        double low = bound(box.low().get(i));
        double high = bound(box.high().get(i));
        double beyond = this == BEYOND ? (high - low) / 2 : 0;
        boolean down = this == LOWEST || (this != HIGHEST && random.nextBoolean());
        action[at + i] = (float) (down ? low - beyond : high + beyond);
      }
    } else if (space instanceof Group group) {
      int offset = at;
      for (Space part : group.parts().values()) {
        choose(part, choice, random, action, offset);
        offset += part.size();
      }
    }
  }

  private static double bound(float bound) {
    return Float.isInfinite(bound) ? Math.copySign(LARGE, bound) : bound;
  }

  /**
   * A number that lies outside of its space.
   *
   * @param index which
   * @param bounds where it should lie, in words
   */
  record Outside(int index, String bounds) {}

  /** The first number that lies outside of its space; NaN is left to others. */
  static Optional<Outside> outside(Space space, float[] values, int at) {
    if (space instanceof Box box) {
      for (int i = 0; i < box.size(); i++) {
        float value = values[at + i];
        if (value < box.low().get(i) || value > box.high().get(i)) {
          String bounds = "in [%s, %s]".formatted(box.low().get(i), box.high().get(i));
          return Optional.of(new Outside(at + i, bounds));
        }
      }
      return Optional.empty();
    }
    if (space instanceof Group group) {
      int offset = at;
      for (Space part : group.parts().values()) {
        Optional<Outside> outside = outside(part, values, offset);
        if (outside.isPresent()) {
          return outside;
        }
        offset += part.size();
      }
      return Optional.empty();
    }
    return space.contains(values, at)
        ? Optional.empty()
        : Optional.of(new Outside(at, "one of " + space.summary()));
  }
}
