package dev.retort.space;

import dev.retort.RetortException;

/**
 * The last steps of an episode, the oldest first and the present one last, and a mask: 1 where
 * there was a step, 0 where the episode had not begun, whose numbers are 0 then.
 *
 * <pre>
 *   steps (n, width): x(t − n + 1) .. x(t)      mask (n): [t − n + 1 ≥ 0] .. 1
 * </pre>
 *
 * <p>What was seen last is all that has to be remembered: at the next step it moves up by one.
 *
 * @param steps n, at least 1
 * @param each numbers x of an observation
 */
public record Window(int steps, Selection each) implements Perception {
  static final String WORD = "window:";

  /** Refuses a window of no step. */
  public Window {
    require(steps);
  }

  /** Refuses a length that is none. */
  public static void require(int steps) {
    if (steps < 1) {
      throw new RetortException(
          "seeing: expected a window of at least 1 step, got %s.".formatted(steps));
    }
  }

  /** Space of a window of so many steps of something. */
  public static Space of(int steps, Space each) {
    return Group.of(
            "steps", Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, steps, each.size()))
        .and("mask", Box.of(0, 1, steps));
  }

  @Override
  public Space whole() {
    return each.whole();
  }

  @Override
  public Space sees() {
    return of(steps, each.sees());
  }

  @Override
  public int memory() {
    return steps * (each.sees().size() + 1);
  }

  @Override
  public float[] see(float[] observations, float[] memory, int rows) {
    int width = each.sees().size();
    int size = memory();
    if (memory.length < rows * size) {
      throw new RetortException(
          "seeing: expected a memory of %s numbers for each of %s rows, got %s numbers in all. Open an actor, which keeps it."
              .formatted(size, rows, memory.length));
    }
    for (int row = 0; row < rows; row++) {
      int at = row * size;
      int mask = at + steps * width;
      System.arraycopy(memory, at + width, memory, at, (steps - 1) * width);
      System.arraycopy(memory, mask + 1, memory, mask, steps - 1);
      each.take(observations, row * whole().size(), memory, mask - width);
      memory[mask + steps - 1] = 1;
    }
    return memory;
  }

  static Window read(Space whole, String text) {
    String[] words = text.substring(WORD.length()).split(" ", 2);
    if (words.length == 2 && words[0].matches("\\d{1,9}")) {
      return new Window(Integer.parseInt(words[0]), Selection.read(whole, words[1]));
    }
    throw new RetortException(
        "seeing: expected a window such as window:8 all, got '%s'."
            .formatted(text.length() > 100 ? text.substring(0, 100) + "…" : text));
  }

  /** Such as {@code window:8 all} or {@code window:4 parts:position}. */
  @Override
  public String toString() {
    return "%s%s %s".formatted(WORD, steps, each);
  }
}
