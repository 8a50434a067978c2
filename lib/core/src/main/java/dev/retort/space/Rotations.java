package dev.retort.space;

import dev.retort.RetortException;

/**
 * The rotations of the plane about its origin by multiples of {@code 360° / order}, of observations
 * that are points: every two numbers {@code (x, y)} are turned counter-clockwise. What is done,
 * such as the torques of an arm, stays the same.
 *
 * @param order how many rotations there are
 */
public record Rotations(int order) implements Symmetry {
  /** Refuses a group that turns nothing. */
  public Rotations {
    if (order < 2) {
      throw new RetortException("rotations: expected at least 2, got %s.".formatted(order));
    }
  }

  @Override
  public void require(Space observations, Space actions) {
    boolean isPoints =
        observations instanceof Box box && box.shape().size() == 1 && box.size() % 2 == 0;
    if (!isPoints) {
      throw new RetortException(
          "rotations: expected observations that are points, an even number of numbers, got %s."
              .formatted(observations.summary()));
    }
  }

  @Override
  public void transform(int element, float[] from, int i, float[] to, int j, int size) {
    double angle = 2 * Math.PI * element / order;
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    for (int k = 0; k < size; k += 2) {
      double x = from[i + k];
      double y = from[i + k + 1];
      to[j + k] = (float) (x * cos - y * sin);
      to[j + k + 1] = (float) (x * sin + y * cos);
    }
  }

  @Override
  public String toString() {
    return "rotations:" + order;
  }
}
