package dev.retort.data;

/** How an episode of a dataset ended. */
public enum End {
  /** Its task was over: there is nothing to come. */
  TASK,
  /** Its horizon cut it off; there would have been more. */
  HORIZON,
  /** The collection was over before the episode was: its return is a part of one. */
  COLLECTION;

  /** How a step of an environment ended. */
  public static End of(boolean ended, boolean terminated) {
    return terminated ? TASK : ended ? HORIZON : COLLECTION;
  }
}
