package dev.retort.space;

/**
 * A finite group of transformations of what is seen, under which what shall be done changes in a
 * known way: a task that is turned is done by the same torques, and one that is mirrored by the
 * mirrored choices.
 *
 * <p>Elements are counted from 0, which is the identity. Of the numbers that choose an action, an
 * element exchanges places and signs: {@code (ρ z)_k = sign(k) z_place(k)}.
 */
public interface Symmetry {
  /** Number of elements, at least 2. */
  int order();

  /** Refuses observations or actions that it does not transform, in words. */
  void require(Space observations, Space actions);

  /**
   * Transforms an observation.
   *
   * @param element from 0 to {@code order() - 1}
   * @param from {@code from[i .. i + size)}; not changed
   * @param to receives {@code to[j .. j + size)}; another array
   */
  void transform(int element, float[] from, int i, float[] to, int j, int size);

  /** Which number is given in place {@code k} for the transformed observation. */
  default int place(int element, int k) {
    return k;
  }

  /** Its sign there, 1 or −1. */
  default float sign(int element, int k) {
    return 1;
  }
}
