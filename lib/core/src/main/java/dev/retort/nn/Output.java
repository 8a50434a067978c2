package dev.retort.nn;

import dev.retort.RetortException;

/**
 * One group of outputs of a network, computed by a linear layer of its own.
 *
 * @param name what it is, such as {@code logits} or {@code value}
 * @param size how many numbers
 * @param gain the gain of its orthogonal initialisation; has no meaning for the others
 */
public record Output(String name, int size, double gain) {
  /** Refuses empty outputs. */
  public Output {
    if (size < 1) {
      throw new RetortException(
          "network output '" + name + "': expected at least 1 number, got " + size + ".");
    }
  }

  /** An output with gain 1. */
  public static Output of(String name, int size) {
    return new Output(name, size, 1);
  }
}
