package dev.retort.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.Function;

/** What a network looks like between its inputs and the linear layers of its outputs. */
public sealed interface Architecture permits Mlp, ResidualCnn {
  /** The parameters of the trunk, in the order in which {@code trunk} uses them. */
  List<Slice> slices(List<Integer> inputShape);

  /** How many features the trunk ends in. */
  int features(List<Integer> inputShape);

  /**
   * Computes the features of a batch.
   *
   * @param weight the parameters by name, each with the member axis first (convolutions: members
   *     folded into outputs)
   * @param x {@code (members or 1, batch, in)}
   * @param members how many members the weights have
   * @return {@code (members, batch, features)}; {@code (1, batch, in)} only if there is no layer
   */
  NDArray trunk(Function<String, NDArray> weight, NDArray x, List<Integer> inputShape, int members);
}
