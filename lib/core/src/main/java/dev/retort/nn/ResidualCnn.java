package dev.retort.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.retort.RetortException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The small residual convolutional network for grid images: a 3×3 convolution, max-pooling 3×3 with
 * stride 2, two residual blocks (rectifier, convolution, rectifier, convolution, plus the input),
 * then two linear layers.
 *
 * <p>At 64 channels and hidden widths 512 and 256 on 3×19×19 planes it is the network of
 * Weltevrede, Zanger, Spaan and Böhmer, "How ensembles of distilled policies improve generalization
 * in reinforcement learning", 2025, arXiv 2505.16581. The members of a population are the groups of
 * one grouped convolution.
 *
 * @param channels of every convolution
 * @param hidden widths of the linear layers
 */
public record ResidualCnn(int channels, List<Integer> hidden) implements Architecture {
  private static final int BLOCKS = 2;
  private static final double SCALE = 0.1;
  private static final double GAIN = Math.sqrt(2);
  private static final Shape ONE = new Shape(1, 1);
  private static final Shape TWO = new Shape(2, 2);
  private static final Shape THREE = new Shape(3, 3);

  /** Refuses empty layers. */
  public ResidualCnn {
    hidden = List.copyOf(hidden);
    Architecture.requireFew("residual cnn", hidden);
    if (channels < 1 || hidden.stream().anyMatch(width -> width < 1)) {
      throw new RetortException(
          "residual cnn: expected channels and hidden widths of at least 1, got %s and %s."
              .formatted(channels, hidden));
    }
  }

  /** The network of the paper. */
  public static ResidualCnn paper() {
    return new ResidualCnn(64, List.of(512, 256));
  }

  @Override
  public List<Slice> slices(List<Integer> inputShape) {
    if (inputShape.size() != 3) {
      throw new RetortException(
          "residual cnn: expected observations of shape (planes, height, width), got "
              + inputShape
              + ". Use mlp(..).");
    }
    List<Slice> slices = new ArrayList<>();
    conv(slices, "conv", inputShape.get(0));
    for (int block = 0; block < BLOCKS; block++) {
      conv(slices, "block" + block + ".first", channels);
      conv(slices, "block" + block + ".second", channels);
    }
    int in = channels * pooled(inputShape.get(1)) * pooled(inputShape.get(2));
    for (int layer = 0; layer < hidden.size(); layer++) {
      slices.add(Slice.linear("hidden" + layer, in, hidden.get(layer), GAIN));
      slices.add(Slice.linearBias("hidden" + layer, in, hidden.get(layer)));
      in = hidden.get(layer);
    }
    return slices;
  }

  private void conv(List<Slice> slices, String name, int in) {
    slices.add(Slice.conv(name, in, channels, GAIN));
    slices.add(Slice.convBias(name, in, channels));
  }

  private static int pooled(int side) {
    return (side - 1) / 2 + 1;
  }

  @Override
  public int features(List<Integer> inputShape) {
    return hidden.isEmpty()
        ? channels * pooled(inputShape.get(1)) * pooled(inputShape.get(2))
        : hidden.get(hidden.size() - 1);
  }

  /**
   * Computes the features of a batch.
   *
   * @param weight the parameters by name, with members folded into the outputs of convolutions and
   *     first elsewhere
   * @param x {@code (members or 1, batch, in)}
   * @return {@code (members, batch, features)}
   */
  NDArray trunk(
      Function<String, NDArray> weight, NDArray x, List<Integer> inputShape, int members) {
    int planes = inputShape.get(0);
    int height = inputShape.get(1);
    int width = inputShape.get(2);
    long own = x.getShape().get(0);
    long batch = x.getShape().get(1);
    // Members become channel groups. Rows that all members share need no copy: one ordinary
    // convolution serves them all.
    NDArray image = x.mul(SCALE).transpose(1, 0, 2).reshape(batch, own * planes, height, width);
    NDArray h = convolve(weight, "conv", image, (int) own);
    h = h.getNDArrayInternal().maxPool(THREE, TWO, ONE, false);
    for (int block = 0; block < BLOCKS; block++) {
      NDArray inner = convolve(weight, "block" + block + ".first", relu(h), members);
      h = h.add(convolve(weight, "block" + block + ".second", relu(inner), members));
    }
    h = relu(h).reshape(batch, members, -1).transpose(1, 0, 2);
    for (int layer = 0; layer < hidden.size(); layer++) {
      h = relu(linear(weight, "hidden" + layer, h));
    }
    return h;
  }

  private static NDArray convolve(
      Function<String, NDArray> weight, String name, NDArray x, int groups) {
    return x.getNDArrayInternal()
        .convolution(
            x, weight.apply(name + ".weight"), weight.apply(name + ".bias"), ONE, ONE, ONE, groups)
        .singletonOrThrow();
  }

  /** A linear layer of every member, {@code x W + b}. */
  static NDArray linear(Function<String, NDArray> weight, String name, NDArray x) {
    return x.matMul(weight.apply(name + ".weight")).addi(weight.apply(name + ".bias"));
  }

  private static NDArray relu(NDArray x) {
    return x.getNDArrayInternal().relu();
  }

  @Override
  public String toString() {
    String widths = String.join(",", hidden.stream().map(String::valueOf).toList());
    return "cnn:" + channels + (hidden.isEmpty() ? "" : ":" + widths);
  }
}
