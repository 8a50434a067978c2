package dev.retort.nn;

import java.util.List;

/**
 * One weight or bias of an architecture, as each member has it.
 *
 * <p>In the flat array of a population a slice's members stand one behind the other, {@code
 * (members, size)}, so that the engine sees the whole slice as one tensor.
 *
 * @param name its name in files
 * @param shape as the layer uses it: {@code (in, out)} of a linear weight, {@code (out, in, 3, 3)}
 *     of a convolution's, {@code (1, out)} or {@code (out)} of a bias
 * @param kind weight or bias, and of what, or free of the input
 * @param fanIn how many inputs one output sums over
 * @param gain of the orthogonal initialization; what free numbers are at first
 */
record Slice(String name, List<Long> shape, Kind kind, int fanIn, double gain) {
  enum Kind {
    LINEAR_WEIGHT,
    CONV_WEIGHT,
    BIAS,
    FREE
  }

  static Slice linear(String name, int in, int out, double gain) {
    return new Slice(
        name + ".weight", List.of((long) in, (long) out), Kind.LINEAR_WEIGHT, in, gain);
  }

  static Slice linearBias(String name, int in, int out) {
    return new Slice(name + ".bias", List.of(1L, (long) out), Kind.BIAS, in, 0);
  }

  static Slice free(String name, int size, double initial) {
    return new Slice(name + ".free", List.of(1L, (long) size), Kind.FREE, 0, initial);
  }

  static Slice conv(String name, int in, int out, double gain) {
    return new Slice(
        name + ".weight", List.of((long) out, (long) in, 3L, 3L), Kind.CONV_WEIGHT, in * 9, gain);
  }

  static Slice convBias(String name, int in, int out) {
    return new Slice(name + ".bias", List.of((long) out), Kind.BIAS, in * 9, 0);
  }

  /** The same slice under a longer name. */
  Slice in(String tower) {
    return new Slice(tower + "." + name, shape, kind, fanIn, gain);
  }

  /** Whether it is the weight or bias of the linear layer that an output is computed by. */
  boolean isLastLayerOf(Output output) {
    return name.equals(output.name() + ".weight") || name.equals(output.name() + ".bias");
  }

  /** How many numbers a member has, where they may be more than an array holds. */
  long count() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  int size() {
    return (int) count();
  }

  @Override
  public String toString() {
    return name + shape;
  }
}
