package dev.retort.space;

import dev.retort.RetortException;
import java.util.OptionalInt;

/** Actions between bounds, for whoever scales to them or draws uniformly between them. */
public final class Bounded {
  private Bounded() {}

  /**
   * Refuses actions of which one number has no bounds, or bounds that are too far away to be scaled
   * to.
   *
   * @param owner who needs bounds, such as {@code sac}
   * @param purpose what for, such as {@code to scale to}
   * @param actions what is done
   * @param whose who does it, such as the environment's name
   */
  public static void require(String owner, String purpose, Space actions, String whose) {
    if (actions instanceof Group group) {
      group
          .parts()
          .forEach((name, part) -> require(owner, purpose, part, whose + ", part '" + name + "'"));
    }
    if (!(actions instanceof Box box)) {
      return;
    }
    OptionalInt number = box.unbounded();
    if (number.isPresent()) {
      throw new RetortException(
          "%s: expected bounded actions %s, got %s with number %s %s (%s). Bound them, as in Box.of(-1, 1, %s), or train ppo(), which needs no bounds."
              .formatted(
                  owner,
                  purpose,
                  box.summary(),
                  number.getAsInt(),
                  box.bounds(number.getAsInt()),
                  whose,
                  box.size()));
    }
  }
}
