package dev.retort.nn;

import dev.retort.RetortException;
import java.util.List;

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
  public Node write(Graph graph) {
    Node image = graph.observation();
    if (image.shape().size() != 3) {
      throw new RetortException(
          "residual cnn: expected observations of shape (planes, height, width), got %s. Use mlp(..)."
              .formatted(image.shape()));
    }
    Node h = graph.maxPool(convolution(graph, "conv", graph.scale(image, SCALE)), 3, 2, 1);
    for (int block = 0; block < BLOCKS; block++) {
      Node inner = convolution(graph, "block" + block + ".first", relu(graph, h));
      h = graph.add(h, convolution(graph, "block" + block + ".second", relu(graph, inner)));
    }
    h = graph.flatten(relu(graph, h));
    for (int layer = 0; layer < hidden.size(); layer++) {
      h = relu(graph, graph.linear("hidden" + layer, h, hidden.get(layer)));
    }
    return h;
  }

  private Node convolution(Graph graph, String name, Node x) {
    return graph.convolution(name, x, channels, 3, 1, 1);
  }

  private static Node relu(Graph graph, Node x) {
    return graph.apply(Activation.RELU, x);
  }

  @Override
  public String toString() {
    String widths = String.join(",", hidden.stream().map(String::valueOf).toList());
    return "cnn:" + channels + (hidden.isEmpty() ? "" : ":" + widths);
  }
}
