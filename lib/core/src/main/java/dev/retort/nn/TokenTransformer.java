package dev.retort.nn;

import dev.retort.RetortException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A transformer that gives a number for each of its tokens and knows no places: tokens in another
 * order have the same numbers in that order, and a robot may have any number of joints.
 *
 * <pre>
 *   token 0        a linear layer of all numbers that belong to no token
 *   token i        a linear layer of what all parts of shape (n, d) say of i, the same for each
 *   mean           w · token i + b behind the last block, the same for each; 0 where i is not there
 *   log-deviation  the same with weights of its own, where deviations are of tokens
 * </pre>
 *
 * <p>The part {@code present} of n numbers says which tokens there are; the others are seen by none
 * and give 0, so that no gradient comes of them. Where it lacks, all are there. The {@code mean},
 * which is called {@code action} too, is what acts where there are as many continuous actions and
 * outputs share their layers; all other outputs sit on token 0, and without {@link #withDeviations}
 * so does {@code log-deviation}.
 *
 * <p>The blocks are those of {@link Transformer}. Vitaly Kurin and others, "My body is a cage: the
 * role of morphology in graph-based incompatible control", 2021, arXiv 2010.01856, control robots
 * of many shapes so.
 *
 * @param width numbers of a token in the network
 * @param layers blocks
 * @param heads of the attention, which divide the width
 * @param deviations whether each token gives the logarithm of a deviation too
 */
public record TokenTransformer(int width, int layers, int heads, boolean deviations)
    implements Architecture {
  /** The part that says which tokens there are. */
  static final String PRESENT = "present";

  /** Refuses empty layers, and heads that do not divide the width. */
  public TokenTransformer {
    Transformer.requireSizes("tokens", width, layers, heads);
  }

  /** A transformer that gives a mean for each token. */
  public TokenTransformer(int width, int layers, int heads) {
    this(width, layers, heads, false);
  }

  /** The same that gives the logarithm of a deviation for each token too. */
  public TokenTransformer withDeviations() {
    return new TokenTransformer(width, layers, heads, true);
  }

  @Override
  public Node write(Graph graph) {
    List<Node> ofTokens = new ArrayList<>();
    List<Node> ofAll = new ArrayList<>();
    for (InputShape.Part part : graph.parts()) {
      if (part.shape().size() == 2) {
        ofTokens.add(graph.part(part.name()));
      } else if (!part.name().equals(PRESENT)) {
        ofAll.add(graph.flatten(graph.part(part.name())));
      }
    }
    if (ofTokens.isEmpty() || ofAll.isEmpty()) {
      throw new RetortException(
          "tokens: expected parts of shape (tokens, width) and parts of plain numbers, got %s. Say seeing(..) of both."
              .formatted(graph.parts()));
    }
    Node each = graph.linear("in", graph.concat(ofTokens.toArray(Node[]::new)), width, 1);
    int tokens = each.tokens();
    Node there = graph.hasPart(PRESENT) ? graph.part(PRESENT) : graph.constant(1, tokens);
    Node all = graph.linear("all", graph.concat(ofAll.toArray(Node[]::new)), width, 1);
    Node h = graph.reshape(graph.concat(all, graph.flatten(each)), tokens + 1, width);
    Node mask = graph.mask(graph.concat(graph.constant(1, 1), there));
    for (int layer = 0; layer < layers; layer++) {
      h = Transformer.block(graph, "block" + layer, h, heads, Optional.of(mask));
    }
    Node seen = graph.norm("norm", h);
    act(graph, ofTokens(graph, "head", seen), there);
    if (deviations) {
      deviate(graph, ofTokens(graph, "deviation", seen), there);
    }
    return graph.at(seen, 0);
  }

  /** A number of all tokens but the first. */
  private static Node ofTokens(Graph graph, String name, Node seen) {
    Node said = graph.flatten(graph.linear(name, seen, 1, 1));
    return graph.slice(said, 1, said.width() - 1);
  }

  /** Lets means act where something is there, and 0 elsewhere. */
  static void act(Graph graph, Node means, Node there) {
    Node acting = graph.multiply(means, there);
    graph.output("mean", acting);
    graph.output("action", acting);
  }

  /** Gives logarithms of deviations where something is there, and 0 elsewhere. */
  static void deviate(Graph graph, Node deviations, Node there) {
    graph.output("log-deviation", graph.multiply(deviations, there));
  }

  /** Such as {@code tokens:32:2:4}, and with deviations {@code tokens:32:2:4:true}. */
  @Override
  public String toString() {
    String text = Architectures.text("tokens", this);
    return deviations ? text : text.substring(0, text.lastIndexOf(':'));
  }
}
