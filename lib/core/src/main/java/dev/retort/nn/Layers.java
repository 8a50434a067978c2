package dev.retort.nn;

import ai.djl.ndarray.NDArray;
import java.util.function.Function;

/** The layers that architectures share. */
final class Layers {
  private Layers() {}

  /**
   * A linear layer of every member: {@code x W + b}.
   *
   * <p>The plain batched product costs less than half of the general one, which first finds out how
   * to spread its operands; that is needed only where all members share their rows. The bias is
   * added in place: nothing needs the product itself.
   *
   * @param weight parameters by name
   * @param name of the layer
   * @param x {@code (members or 1, batch, in)}
   * @return {@code (members, batch, out)}
   */
  static NDArray linear(Function<String, NDArray> weight, String name, NDArray x) {
    NDArray w = weight.apply(name + ".weight");
    boolean own = x.getShape().get(0) == w.getShape().get(0);
    NDArray product = own ? x.batchMatMul(w) : x.matMul(w);
    return product.addi(weight.apply(name + ".bias"));
  }
}
