package dev.retort.data;

import java.util.Arrays;

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

  /** How episodes ended of which some ended their task and others were cut by the collection. */
  static End[] of(boolean[] terminated, boolean[] cut) {
    End[] ends = new End[Math.min(terminated.length, cut.length)];
    Arrays.setAll(ends, episode -> of(!cut[episode], terminated[episode]));
    return ends;
  }
}
