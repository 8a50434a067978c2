package dev.retort.figure;

import dev.retort.RetortException;

/**
 * An estimate with its interval, under a name.
 *
 * @param name what stands beside it
 * @param value the estimate
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Dot(String name, double value, double low, double high) {
  /** Checks that the interval is one. */
  public Dot {
    if (!(low <= high)) {
      throw new RetortException(
          "dot '%s': expected low <= high, got %s > %s.".formatted(name, low, high));
    }
  }
}
