package dev.retort.policy;

/**
 * How a policy of continuous actions draws around the action that it prefers. A policy with a
 * spread has a network of twice as many numbers: means, then logarithms of standard deviations.
 */
public enum Spread {
  /** It does not draw; the network's numbers are squashed into the bounds. */
  NONE,
  /** Drawn from a normal distribution and clipped at the bounds. */
  CLIPPED,
  /** Drawn from a normal distribution and squashed into the bounds. */
  SQUASHED
}
