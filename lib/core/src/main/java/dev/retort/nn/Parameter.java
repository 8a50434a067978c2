package dev.retort.nn;

import java.util.List;

/**
 * One weight or bias of a network with its numbers.
 *
 * @param name its name in files, such as {@code hidden0.weight}
 * @param shape {@code (in, out)} of a linear weight, {@code (out, in, kernel, kernel)} of a
 *     convolution's, {@code (tokens, width)} of positions, {@code (1, n)} or {@code (n)} of all
 *     else
 * @param values as many as the shape says
 */
@SuppressWarnings("ArrayRecordComponent") // a view over an array, compared by nobody
public record Parameter(String name, List<Integer> shape, float[] values) {
  static Parameter of(Slice slice, float[] values) {
    return new Parameter(slice.name(), slice.shape().stream().map(Long::intValue).toList(), values);
  }

  /** Whether it is the weight of a linear layer, {@code (in, out)}, which others turn round. */
  public boolean isMatrix() {
    return shape.size() == 2 && name.endsWith(".weight");
  }
}
