package dev.retort.space;

import dev.retort.random.RandomStream;

/**
 * The set of values that an observation or an action may take; a value is stored flat, as floats.
 */
public sealed interface Space permits Discrete, Box, Group {
  /** How many floats one value takes. */
  int size();

  /** Whether {@code values[at .. at + size())} is a member; NaN never is. */
  boolean contains(float[] values, int at);

  /**
   * Draws a member into {@code values[at .. at + size())}; an unbounded coordinate is drawn from a
   * unit normal.
   */
  void sample(RandomStream random, float[] values, int at);

  /** A short text for tables, such as {@code 4 numbers} or {@code 2 choices}. */
  String summary();
}
