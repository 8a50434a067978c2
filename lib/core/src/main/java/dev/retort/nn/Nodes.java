package dev.retort.nn;

import dev.retort.RetortException;
import dev.retort.option.Given;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The values of a network while it is described, in order, and the names of its layers. */
final class Nodes {
  private final Graph graph;
  private final List<Node> all = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private String trunk = "";

  Nodes(Graph graph) {
    this.graph = graph;
  }

  /** All in the order in which they are computed. */
  List<Node> all() {
    return all;
  }

  Node add(Operation operation) {
    Node node = new Node(graph, all.size(), operation);
    all.add(node);
    return node;
  }

  /** A value in another shape; where it was brought into its own from that one, as it was. */
  Node turned(Node x, List<Integer> shape) {
    if (x.shape().equals(shape)) {
      return x;
    }
    return x.operation() instanceof Arrangement.Reshape back && back.x().shape().equals(shape)
        ? back.x()
        : add(new Arrangement.Reshape(x, shape));
  }

  /** A value that each member has; what comes from shared rows once for each. */
  Node perMember(Node x) {
    if (own(x).isPerMember()) {
      return x;
    }
    return turned(add(new Arrangement.Expand(turned(x, List.of(x.size())))), x.shape());
  }

  /** A value that each member has where it has the other one. */
  Node like(Node other, Node x) {
    return other.isPerMember() ? perMember(x) : x;
  }

  /** Before the names that follow. */
  void trunk(String prefix) {
    trunk = prefix;
  }

  /** A name behind that of the trunk. */
  String full(String name) {
    return trunk + name;
  }

  /** A name that nobody has yet, in full. */
  String named(String name) {
    String full = full(Given.given("network", "a name for each layer", name));
    if (!names.add(full)) {
      throw new RetortException(
          "network: expected a name of its own for each layer, got '%s' twice.".formatted(name));
    }
    return full;
  }

  /** Refuses what is another graph's. */
  Node own(Node x) {
    if (Given.given("network", "a value of its graph", x).graph() != graph) {
      throw new RetortException(
          "network: expected values of the graph that is written, got %s of another one."
              .formatted(x));
    }
    return x;
  }
}
