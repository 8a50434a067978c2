package dev.retort.nn;

import java.util.List;

/**
 * One weight or bias of an architecture, as each member has it.
 *
 * <p>In the flat array of a population a slice's members stand one behind the other, {@code
 * (members, size)}, so that the engine sees the whole slice as one tensor.
 *
 * @param name its name in files
 * @param shape as the layer uses it: {@code (in, out)} of a linear weight, {@code (out, in, kernel,
 *     kernel)} of a convolution's, {@code (1, out)} or {@code (out)} of a bias
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
    return weight(name + ".weight", in, out, gain);
  }

  static Slice weight(String name, int in, int out, double gain) {
    return new Slice(name, List.of((long) in, (long) out), Kind.LINEAR_WEIGHT, in, gain);
  }

  static Slice linearBias(String name, int in, int out) {
    return new Slice(name + ".bias", List.of(1L, (long) out), Kind.BIAS, in, 0);
  }

  static Slice free(String name, int size, double initial) {
    return constant(name + ".free", size, initial);
  }

  static Slice constant(String name, int size, double initial) {
    return new Slice(name, List.of(1L, (long) size), Kind.FREE, 0, initial);
  }

  static Slice convolution(String name, int in, int out, int kernel, double gain) {
    return new Slice(
        name + ".weight",
        List.of((long) out, (long) in, (long) kernel, (long) kernel),
        Kind.CONV_WEIGHT,
        window(in, kernel),
        gain);
  }

  static Slice convolutionBias(String name, int in, int out, int kernel) {
    return new Slice(name + ".bias", List.of((long) out), Kind.BIAS, window(in, kernel), 0);
  }

  private static int window(int in, int kernel) {
    return Math.multiplyExact(in, Math.multiplyExact(kernel, kernel));
  }

  /** The same slice under a longer name. */
  Slice in(String trunk) {
    return new Slice(trunk + "." + name, shape, kind, fanIn, gain);
  }

  /** Whether it is the weight or bias of the linear layer that an output is computed by. */
  boolean isLastLayerOf(Output output) {
    return name.equals(output.name() + ".weight") || name.equals(output.name() + ".bias");
  }

  /** Its shape for so many members: folded into the outputs of a convolution, first elsewhere. */
  long[] shapeOf(int members) {
    boolean folds = kind == Kind.CONV_WEIGHT || shape.size() == 1;
    long[] all = new long[folds ? shape.size() : shape.size() + 1];
    for (int i = 0; i < shape.size(); i++) {
      all[all.length - shape.size() + i] = shape.get(i);
    }
    all[0] = folds ? all[0] * members : members;
    return all;
  }

  /** How many numbers a member has, where they may be more than an array holds. */
  long count() {
    long count = 1;
    for (long numbers : shape) {
      count = Math.multiplyExact(count, numbers);
    }
    return count;
  }

  int size() {
    return (int) count();
  }

  /** How many outputs an input goes into: of a bias, as many as there are outputs. */
  int fanOut() {
    return switch (kind) {
      case LINEAR_WEIGHT -> shape.get(1).intValue();
      case CONV_WEIGHT -> size() / shape.get(1).intValue();
      case BIAS, FREE -> size();
    };
  }

  @Override
  public String toString() {
    return name + shape;
  }
}
