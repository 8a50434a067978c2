package dev.retort.env;

import java.util.function.Consumer;

/**
 * Whether rounds of steps are dear, as measured now and then. The shortest of a few measurements
 * counts: code that is not compiled yet and a busy machine make rounds longer, and nothing makes
 * them shorter. No number of a result depends on it.
 */
final class Pace {
  /** A round that takes so long on one core is worth the waking of others. */
  static final long DEAR_NANOS = 200_000;

  /** Of so many rounds the first few are timed. */
  static final int PERIOD = 256;

  /** How many are. */
  static final int TIMED = 8;

  private int round = -1;
  private long shortest;
  private boolean isDear;

  /** Counts a round; whether it is to be timed. */
  boolean isTimed() {
    round = round + 1 < PERIOD ? round + 1 : 0;
    return round < TIMED;
  }

  /** Takes a step in a stretch, and leaves in it how long that took. */
  static void time(Stretch stretch, Consumer<Stretch> step) {
    long began = System.nanoTime();
    step.accept(stretch);
    stretch.nanos = System.nanoTime() - began;
  }

  /** Hears how long the round took, on all threads together. */
  void took(long nanos) {
    shortest = round == 0 ? nanos : Math.min(shortest, nanos);
    if (round > 0) {
      isDear = shortest >= DEAR_NANOS;
    }
  }

  /** Whether rounds are dear; not before two were timed. */
  boolean isDear() {
    return isDear;
  }
}
