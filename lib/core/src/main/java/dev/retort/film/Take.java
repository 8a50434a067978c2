package dev.retort.film;

/**
 * How long a film is, and how it is acted.
 *
 * @param steps how many steps in all, 1 to 20 000
 * @param fps steps a second, 1 to 50, which is what browsers play
 * @param seed where all chance comes from
 * @param isStochastic whether actions are drawn from the policy, in place of the greedy ones
 */
public record Take(int steps, int fps, long seed, boolean isStochastic) {
  /** Refuses what no browser plays. */
  public Take {
    Film.between("steps", steps, 1, 20_000);
    Film.between("fps", fps, 1, 50);
  }

  /** By greedy actions. */
  public Take(int steps, int fps, long seed) {
    this(steps, fps, seed, false);
  }
}
