package dev.retort.space;

import dev.retort.RetortException;

/**
 * A task and its mirror image: all that is seen changes its sign, and so does what is done; choices
 * are taken in the opposite order, the first for the last. A pole on a cart that is seen from
 * behind is one.
 *
 * @param choices how many there are; 0 where actions are numbers
 */
public record Mirror(int choices) implements Symmetry {
  /** Refuses a single choice. */
  public Mirror {
    if (choices < 0 || choices == 1) {
      throw new RetortException(
          "mirror: expected 2 choices or more, or 0 for numbers, got %s.".formatted(choices));
    }
  }

  /** That of these actions. */
  public static Mirror of(Space actions) {
    return new Mirror(actions instanceof Discrete discrete ? discrete.n() : 0);
  }

  @Override
  public int order() {
    return 2;
  }

  @Override
  public void require(Space observations, Space actions) {
    int own = actions instanceof Discrete discrete ? discrete.n() : 0;
    if (own != choices || !(observations instanceof Box)) {
      throw new RetortException(
          "mirror: expected observations that are numbers, and %s, got %s and %s."
              .formatted(
                  choices == 0 ? "actions that are" : choices + " choices",
                  observations.summary(),
                  actions.summary()));
    }
  }

  @Override
  public void transform(int element, float[] from, int i, float[] to, int j, int size) {
    for (int k = 0; k < size; k++) {
      to[j + k] = element == 0 ? from[i + k] : -from[i + k];
    }
  }

  @Override
  public int place(int element, int k) {
    return element == 0 || choices == 0 ? k : choices - 1 - k;
  }

  @Override
  public float sign(int element, int k) {
    return element == 0 || choices > 0 ? 1 : -1;
  }

  @Override
  public String toString() {
    return "mirror:" + choices;
  }
}
