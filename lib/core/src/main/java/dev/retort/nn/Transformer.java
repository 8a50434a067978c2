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
 * weighted by a score that is learned; their type, where they have one, is among their numbers,
 * such as a 1 in a column of its own. Places are told by numbers that are learned.
 *
 * @param width numbers of a token in the network
 * @param layers blocks
 * @param heads of the attention, which divide the width
 */
public record Transformer(int width, int layers, int heads) implements Architecture {
  private static final int WIDER = 4;

  /** Refuses empty layers, and heads that do not divide the width. */
  public Transformer {
    if (width < 1 || layers < 1 || heads < 1 || layers > MOST_LAYERS || width % heads != 0) {
      throw new RetortException(
          "transformer: expected a width and heads of at least 1 of which the heads divide the width, and 1 to %s layers, got width %s, layers %s and heads %s."
              .formatted(MOST_LAYERS, width, layers, heads));
    }
  }

  @Override
  public Node write(Graph graph) {
    Steps steps = Steps.of("transformer", graph);
    Node h = graph.positions("position", graph.linear("in", steps.tokens(), width, 1));
    Optional<Node> mask = steps.there().map(graph::causalMask);
    for (int layer = 0; layer < layers; layer++) {
      h = block(graph, "block" + layer, h, mask);
    }
    return steps.there().isPresent()
        ? graph.norm("norm", graph.at(h, steps.last()))
        : graph.attentionPool("pool", graph.norm("norm", h));
  }

  private Node block(Graph graph, String name, Node x, Optional<Node> mask) {
    Node seen = graph.norm(name + ".norm1", x);
    String attention = name + ".attention";
    Node attended =
        mask.map(each -> graph.attention(attention, seen, heads, each))
            .orElseGet(() -> graph.attention(attention, seen, heads));
    Node h = graph.add(x, attended);
    Node up = graph.linear(name + ".up", graph.norm(name + ".norm2", h), WIDER * width, 1);
    return graph.add(h, graph.linear(name + ".down", graph.apply(Activation.GELU, up), width, 1));
  }

  @Override
  public String toString() {
    return Architectures.text("transformer", this);
  }
}
