package dev.retort.nn;

import dev.retort.RetortException;
import java.util.Optional;

/**
 * A transformer over the steps of a window, or over observations that are tokens. Each block is
 * attention and a perceptron of four times the width with GELU, each behind a normalization and
 * added to what came in. Ashish Vaswani et al., "Attention is all you need", 2017, arXiv
 * 1706.03762; normalized first as in Ruibin Xiong et al., 2020, arXiv 2002.04745.
 *
 * <p>Of a window a step sees itself and those before it that there were, and the present one's
 * token is what outputs sit on. Tokens of an observation see each other, and their mean is,
 * weighted by a score that is learned. Before the first block each token is given numbers that are
 * learned for its place and, where tokens have types, others that are learned for its type: Jacob
 * Devlin et al., "BERT", 2018, arXiv 1810.04805.
 *
 * @param width numbers of a token in the network
 * @param layers blocks
 * @param heads of the attention, which divide the width
 * @param types of tokens: the last number of each token is its type, from 0, and nothing else; 0
 *     where they have none
 */
public record Transformer(int width, int layers, int heads, int types) implements Architecture {
  private static final int WIDER = 4;

  /** Refuses empty layers, and heads that do not divide the width. */
  public Transformer {
    requireSizes("transformer", width, layers, heads);
    if (types < 0) {
      throw new RetortException(
          "transformer: expected 0 types of tokens or more, got " + types + ".");
    }
  }

  /** Refuses empty layers, and heads that do not divide the width. */
  static void requireSizes(String who, int width, int layers, int heads) {
    if (width < 1 || layers < 1 || heads < 1 || layers > MOST_LAYERS) {
      throw new RetortException(
          "%s: expected a width and heads of at least 1 and 1 to %s layers, got width %s, %s layers and %s heads. Begin with width 32, 2 layers and 2 heads."
              .formatted(who, MOST_LAYERS, width, layers, heads));
    }
    if (width % heads != 0) {
      int fewer = heads;
      while (width % fewer != 0) {
        fewer--;
      }
      throw new RetortException(
          "%s: expected heads that divide the width, got width %s and %s heads. Say width %s, or %s."
              .formatted(
                  who,
                  width,
                  heads,
                  Math.multiplyExact((long) heads, width / heads + 1L),
                  fewer == 1 ? "1 head" : fewer + " heads"));
    }
  }

  /** A transformer over tokens without types. */
  public Transformer(int width, int layers, int heads) {
    this(width, layers, heads, 0);
  }

  /**
   * The same over tokens of so many types, of which the last number of each token tells its own.
   */
  public Transformer types(int count) {
    return new Transformer(width, layers, heads, count);
  }

  @Override
  public Node write(Graph graph) {
    return write(graph, Steps.of("transformer", graph));
  }

  Node write(Graph graph, Steps steps) {
    Node h = graph.positions("position", tokens(graph, steps.tokens()));
    Optional<Node> mask = steps.there().map(graph::causalMask);
    for (int layer = 0; layer < layers; layer++) {
      h = block(graph, "block" + layer, h, heads, mask);
    }
    return steps.there().isPresent()
        ? graph.norm("norm", graph.at(h, steps.last()))
        : graph.attentionPool("pool", graph.norm("norm", h));
  }

  private Node tokens(Graph graph, Node given) {
    if (types == 0) {
      return graph.linear("in", given, width, 1);
    }
    int numbers = given.shape().get(1) - 1;
    if (numbers < 1) {
      throw new RetortException(
          "transformer: expected tokens of at least 2 numbers, of which the last is the type, got %s."
              .formatted(given.shape()));
    }
    Node type = graph.flatten(graph.slice(given, numbers, 1));
    return graph.add(
        graph.linear("in", graph.slice(given, 0, numbers), width, 1),
        graph.embedding("type", type, types, width));
  }

  /**
   * A block: attention and a perceptron, each behind a normalization and added to what came in.
   *
   * @param x tokens of the block's width
   * @param mask of what each token sees; empty where it sees all
   */
  static Node block(Graph graph, String name, Node x, int heads, Optional<Node> mask) {
    int width = x.width();
    Node seen = graph.norm(name + ".norm1", x);
    String attention = name + ".attention";
    Node attended =
        mask.map(each -> graph.attention(attention, seen, heads, each))
            .orElseGet(() -> graph.attention(attention, seen, heads));
    Node h = graph.add(x, attended);
    Node up = graph.linear(name + ".up", graph.norm(name + ".norm2", h), WIDER * width, 1);
    return graph.add(h, graph.linear(name + ".down", graph.apply(Activation.GELU, up), width, 1));
  }

  /** Such as {@code transformer:32:2:2}, and with four types {@code transformer:32:2:2:4}. */
  @Override
  public String toString() {
    String text = Architectures.text("transformer", this);
    return types == 0 ? text.substring(0, text.lastIndexOf(':')) : text;
  }
}
