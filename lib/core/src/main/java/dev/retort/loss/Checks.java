package dev.retort.loss;

import dev.retort.RetortException;

/** What distances of plain numbers share. */
final class Checks {
  private Checks() {}

  /** {@code z − t}; equal numbers differ by nothing, two of −∞ too. */
  static double difference(float z, float t) {
    return z == t ? 0 : (double) z - t;
  }

  /**
   * Refuses a parameter that is not positive.
   *
   * @param name of the distance
   * @param what the parameter is, such as {@code a temperature}
   */
  static void requirePositive(String name, String what, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new RetortException("%s: expected %s above 0, got %s.".formatted(name, what, value));
    }
  }
}
