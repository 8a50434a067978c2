package dev.retort.space;

/**
 * What is seen of an episode as it goes by: some numbers of each observation, or a window of the
 * last of them.
 */
public sealed interface Perception permits Selection, Window {
  /** Space of the observations. */
  Space whole();

  /** Space of what is seen at a step. */
  Space sees();

  /** Whether it is the whole observation and nothing else. */
  default boolean isAll() {
    return false;
  }

  /** Numbers that are kept from step to step of an episode, all 0 where it begins. */
  int memory();

  /**
   * What is seen at one step of many episodes, {@code (rows, sees().size())}; it may be one of the
   * arrays itself, which may be longer, and is not to be changed.
   *
   * @param observations of this step, {@code (rows, whole().size())}
   * @param memory what the step before left of each row, {@code (rows, memory())}; replaced by what
   *     the next one needs
   */
  float[] see(float[] observations, float[] memory, int rows);

  /** Reads one from its text: a {@link Selection}, or a {@link Window} of one. */
  static Perception read(Space whole, String text) {
    return text.startsWith(Window.WORD) ? Window.read(whole, text) : Selection.read(whole, text);
  }
}
