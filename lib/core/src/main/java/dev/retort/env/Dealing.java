package dev.retort.env;

/**
 * When the copies of a {@link VectorEnv} are dealt to cores.
 *
 * <p>Dealt copies are stepped in stretches of neighbors, several stretches at once; so are the
 * resets of those whose episodes ended, unless a {@link Prologue} acts in them. Cores that are busy
 * with groups of a population, or with another run, are not asked for more: the thread that steps
 * then does all of it, as ever.
 */
public enum Dealing {
  /**
   * Where a step of all copies takes 0.2 ms or more on one core, as measured now and then, and the
   * thread that steps is a run's. Other threads, such as that of a notebook's cell, may be
   * interrupted within a step, and step all copies themselves.
   */
  WHERE_DEAR,
  /** Always. */
  ALWAYS,
  /** Never: all copies are stepped by the thread that asks, one after the other. */
  NEVER
}
