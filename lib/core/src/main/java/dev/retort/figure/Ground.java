package dev.retort.figure;

import dev.retort.RetortException;

/**
 * What lies below {@link Tracks}: a picture, and which part of the plane it covers.
 *
 * @param left where the picture begins
 * @param right where it ends
 * @param bottom its lower edge
 * @param top its upper edge
 * @param picture what is to be seen
 */
public record Ground(double left, double right, double bottom, double top, Raster picture) {
  /** Nothing. */
  public static final Ground NONE = new Ground(0, 1, 0, 1, Raster.NONE);

  /** Checks that the edges are in order. */
  public Ground {
    boolean shown =
        Figure.shows(left) && Figure.shows(right) && Figure.shows(bottom) && Figure.shows(top);
    if (!shown || !(left < right && bottom < top)) {
      throw new RetortException(
          "ground: expected edges from left to right and from bottom to top, got %s to %s and %s to %s."
              .formatted(left, right, bottom, top));
    }
  }
}
