package dev.retort.env;

import dev.retort.run.Finite;
import java.util.Arrays;

/** Puts what a step led to where it is shown, and looks at as little of it as has to be. */
final class Shown {
  /** So few numbers are copied one by one. */
  private static final int FEW = 16;

  /** Of what differs in more places, the rest is taken for new. */
  private static final int MOST_CHANGES = 8;

  private Shown() {}

  /**
   * Shows an observation as what a step led to and as what is acted on next. Both rows hold what
   * was shown before; of large observations that change in a few places, such as those of grids,
   * only these places are written and looked at.
   *
   * @param seen the observation, {@code (obsSize)}
   * @param next receives it, {@code (copies, obsSize)}; what stands there is finite and the same as
   *     in {@code now}
   * @param now receives it, {@code (copies, obsSize)}
   * @param at where the row begins in both
   * @return whether it is known that all of it is finite
   */
  static boolean show(float[] seen, float[] next, float[] now, int at) {
    int size = seen.length;
    if (size <= FEW) {
      for (int i = 0; i < size; i++) {
        float value = seen[i];
        next[at + i] = value;
        now[at + i] = value;
      }
      return false;
    }
    boolean finite = true;
    int from = 0;
    for (int changes = 0; changes < MOST_CHANGES; changes++) {
      int same = Arrays.mismatch(seen, from, size, next, at + from, at + size);
      if (same < 0) {
        return finite;
      }
      from += same;
      float value = seen[from];
      finite &= Float.isFinite(value);
      next[at + from] = value;
      now[at + from] = value;
      from++;
    }
    System.arraycopy(seen, from, next, at + from, size - from);
    System.arraycopy(seen, from, now, at + from, size - from);
    return finite && Finite.first(seen, from, size) < 0;
  }

  /** Fills {@code to} from a place on; for few numbers a loop beats the call of arraycopy. */
  static void copy(float[] from, int at, float[] to) {
    if (to.length > FEW) {
      System.arraycopy(from, at, to, 0, to.length);
      return;
    }
    for (int i = 0; i < to.length; i++) {
      to[i] = from[at + i];
    }
  }
}
