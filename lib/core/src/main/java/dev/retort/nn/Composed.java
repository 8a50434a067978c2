package dev.retort.nn;

import dev.retort.RetortException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a {@link Graph} puts together of several operations. */
final class Composed {
  private Composed() {}

  /**
   * Queries, keys and offers of each token, attention, and a linear layer of what it gives; its
   * weights have a name.
   */
  static Node attention(Graph graph, String name, Node tokens, int heads, Optional<Node> mask) {
    Shapes.requireTokens("attention " + name, tokens);
    int width = tokens.width();
    if (heads < 1 || width % heads != 0) {
      throw new RetortException(
          "network: expected heads that divide the width %s for attention %s, got %s."
              .formatted(width, name, heads));
    }
    Node each = graph.linear(name + ".in", tokens, 3 * width, 1);
    Sequences.Attention attention = new Sequences.Attention(each, heads, mask);
    graph.output(name + ".weights", graph.node(new Sequences.Weights(attention)));
    Node attended = graph.node(attention);
    return graph.linear(name + ".out", attended, width, 1);
  }

  /** States behind each token, of which all share the weights. */
  static List<Node> gru(Graph graph, String name, Node tokens, int width, Optional<Node> there) {
    Shapes.requireTokens("unit " + name, tokens);
    Shapes.requirePositive("unit " + name, "width", width);
    there.ifPresent(mask -> Shapes.requireEach("a mask", tokens, mask));
    Node seen = graph.linear(name + ".in", tokens, 3 * width, 1);
    Node state = graph.constant(0, width);
    Node sums = graph.linear(name + ".state", state, 3 * width, 1);
    List<Node> states = new ArrayList<>();
    for (int i = 0; i < tokens.tokens(); i++) {
      state = gates(graph, graph.at(seen, i), i == 0 ? sums : graph.again(sums, state), state);
      if (there.isPresent()) {
        state = graph.multiply(state, graph.slice(there.get(), i, 1));
      }
      states.add(state);
    }
    return states;
  }

  static Node gates(Graph graph, Node x, Node sums, Node state) {
    return graph.node(new Sequences.Gates(x, sums, graph.perMember(state)));
  }

  /** The layer of a value, of other ones. */
  static Node again(Graph graph, Node layer, List<Node> values) {
    Operation operation = layer.operation();
    if (operation instanceof Sequences.Gates unit && values.size() == 2) {
      Node state = values.get(1);
      Node seen = graph.again(unit.x(), values.get(0));
      return gates(graph, seen, graph.again(unit.sums(), state), state);
    }
    if (!(operation instanceof Operation.Layer before) || values.size() != 1) {
      throw new RetortException(
          "network: expected what a layer gave, and as many values as it has, got %s and %s."
              .formatted(layer, values));
    }
    Node x = values.get(0);
    Shapes.requireSame(layer, before.x(), x);
    return graph.node(before.again(before.x().isPerMember() ? graph.perMember(x) : x));
  }
}
