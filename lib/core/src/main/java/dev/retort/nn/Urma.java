package dev.retort.nn;

import dev.retort.RetortException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A perceptron of joints in any number and order, which are pooled by what they are described as:
 * the unified robot morphology architecture of Nico Bohlinger and others, "One policy to run them
 * all: an end-to-end learning approach to multi-embodiment locomotion", 2024, arXiv 2409.06366.
 *
 * <pre>
 *   s_i = f(state of i)     d_i = g(description of i)     k_i = W d_i
 *   z_c = Σ_i softmax_i(k_ic) s_ic                        for each of the latent numbers c
 *   h   = perceptron(z, all numbers that belong to no joint)
 *   mean of i = perceptron(h, s_i, d_i), 0 where i is not there
 * </pre>
 *
 * <p>No gradient of the means goes back through {@code s_i}. Parts of shape (n, d) are joints, the
 * one that is called {@code description} describes them, {@code present} says which there are;
 * outputs beside {@code mean}, or {@code action}, and {@code log-deviation} sit on {@code h}. In
 * place of a temperature that is learned the scores {@code k} have weights of their own, and means
 * are not clipped here: the bounds of actions do that.
 *
 * @param hidden widths of the trunk
 * @param latent numbers that joints are pooled in
 */
public record Urma(List<Integer> hidden, int latent) implements Architecture {
  private static final String DESCRIPTION = "description";
  private static final String PRESENT = TokenTransformer.PRESENT;

  /** Refuses empty layers. */
  public Urma {
    hidden = List.copyOf(hidden);
    Architecture.requireFew("urma", hidden);
    if (hidden.isEmpty() || latent < 1 || hidden.stream().anyMatch(width -> width < 1)) {
      throw new RetortException(
          "urma: expected hidden widths and latent numbers of at least 1, got %s and %s."
              .formatted(hidden, latent));
    }
  }

  @Override
  public Node write(Graph graph) {
    List<Node> states = new ArrayList<>();
    List<Node> ofAll = new ArrayList<>();
    for (InputShape.Part part : graph.parts()) {
      if (part.shape().size() == 2 && !part.name().equals(DESCRIPTION)) {
        states.add(graph.part(part.name()));
      } else if (part.shape().size() != 2 && !part.name().equals(PRESENT)) {
        ofAll.add(graph.flatten(graph.part(part.name())));
      }
    }
    if (states.isEmpty() || !graph.hasPart(DESCRIPTION)) {
      throw new RetortException(
          "urma: expected parts of shape (joints, width), of which one is called 'description', got %s. Say seeing(..) of both."
              .formatted(graph.parts()));
    }
    int width = hidden.get(hidden.size() - 1);
    Node state = embedded(graph, "state", graph.concat(states.toArray(Node[]::new)), width);
    Node described = embedded(graph, DESCRIPTION, graph.part(DESCRIPTION), width);
    int joints = state.tokens();
    Node there = graph.hasPart(PRESENT) ? graph.part(PRESENT) : graph.constant(1, joints);
    ofAll.add(0, pooled(graph, state, graph.linear("score", described, latent, 1), there));
    Node h = graph.concat(ofAll.toArray(Node[]::new));
    for (int layer = 0; layer < hidden.size(); layer++) {
      h = graph.apply(Activation.GELU, graph.linear("hidden" + layer, h, hidden.get(layer)));
    }
    Node[] copies = new Node[joints];
    Arrays.fill(copies, h);
    Node each =
        graph.concat(
            graph.reshape(graph.concat(copies), joints, width), graph.detach(state), described);
    Node up = graph.apply(Activation.GELU, graph.linear("joint", each, width));
    TokenTransformer.act(graph, graph.flatten(graph.linear("head", up, 1, 1)), there);
    Node deviation = graph.flatten(graph.linear("deviation", described, 1, 1));
    TokenTransformer.deviate(graph, deviation, there);
    return h;
  }

  /** Latent numbers of each joint. */
  private Node embedded(Graph graph, String name, Node tokens, int width) {
    Node up = graph.apply(Activation.GELU, graph.linear(name + ".up", tokens, width));
    return graph.linear(name + ".down", up, latent, 1);
  }

  /**
   * Each latent number of all joints, weighed by a softmax of its own over those that are there.
   */
  private Node pooled(Graph graph, Node state, Node scores, Node there) {
    Node absent = graph.node(new Fixed.Absent(there));
    Node[] pooled = new Node[latent];
    for (int c = 0; c < latent; c++) {
      Node score = graph.flatten(graph.slice(scores, c, 1));
      Node weights = graph.softmax(graph.add(score, absent));
      pooled[c] = graph.weightedSum(weights, graph.slice(state, c, 1));
    }
    return graph.concat(pooled);
  }

  /** Such as {@code urma:64,64:4}. */
  @Override
  public String toString() {
    return Architectures.text("urma", this);
  }
}
