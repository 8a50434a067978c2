package dev.retort.space;

/**
 * What is seen of an episode as it goes by: some numbers of each observation, a window of the last
 * of them, or what a decision transformer is told of the last steps.
 */
public sealed interface Perception permits Selection, Window, Trajectory {
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

  /** Reads one from its text: a {@link Selection}, a {@link Window}, or a {@link Trajectory}. */
  static Perception read(Space whole, String text) {
    if (text.startsWith(Trajectory.WORD)) {
      return Trajectory.read(whole, text);
    }
    return text.startsWith(Window.WORD) ? Window.read(whole, text) : Selection.read(whole, text);
  }
}
