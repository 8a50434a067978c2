package dev.retort.env;

import java.awt.Color;

/**
 * A color and a shape of an environment's drawing, and what they stand for.
 *
 * @param color how it is painted
 * @param looks the same in words, such as {@code green square}
 * @param meaning what it stands for, such as {@code goal}
 */
public record Sign(Color color, String looks, String meaning) {
  @Override
  public String toString() {
    return looks + ": " + meaning;
  }
}
