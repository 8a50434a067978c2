package dev.retort.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The text of a described network in the engine's language, in both directions.
 *
 * <p>All functions are given the rows {@code x}, {@code (members or 1, batch, in)}, the number of
 * members, and the parameters {@code w} as a list of tensors over one flat memory. The way there
 * writes its outputs into {@code y}; the way back is given what was kept, {@code s}, and the
 * gradient of the outputs, {@code dy}, and writes those of the parameters into the list {@code g}
 * and that of the rows into {@code dx}.
 */
final class Texts {
  private final Described network;
  private final Map<String, Integer> places = new HashMap<>();

  /**
   * The text of a network.
   *
   * @param network with all its outputs
   * @param slices in the order in which the engine is given them
   */
  Texts(Described network, List<Slice> slices) {
    this.network = network;
    for (int i = 0; i < slices.size(); i++) {
      places.put(slices.get(i).name(), i);
    }
  }

  /** A function of the engine. */
  record Text(String name, String source) {
    static Text of(String name, List<String> arguments, String result, List<String> body) {
      List<String> all = new ArrayList<>(List.of("self: __torch__." + name));
      all.addAll(arguments);
      return new Text(
          name,
          """
          class %s(Module):
            __parameters__ = []
            __buffers__ = []
            training : bool
            def forward(%s) -> %s:
              %s
          """
              .formatted(
                  name,
                  String.join(",\n    ", all),
                  result,
                  String.join("\n", body).replace("\n", "\n    ")));
    }
  }

  /** The way there, of which nothing is kept. */
  Text predict() {
    List<String> body = forwardLines();
    body.add("_y = torch.copy_(y, %s)".formatted(result()));
    body.add("return 0");
    return Text.of(
        "Predict",
        List.of("x: Tensor", "members: int", "w: List[Tensor]", "y: Tensor"),
        "int",
        body);
  }

  /** The way there; gives what the way back needs. */
  Text forward() {
    List<String> body = forwardLines();
    body.add("_y = torch.copy_(y, %s)".formatted(result()));
    body.add("return [%s]".formatted(String.join(", ", kept())));
    return Text.of(
        "Forward",
        List.of("x: Tensor", "members: int", "w: List[Tensor]", "y: Tensor"),
        "List[Tensor]",
        body);
  }

  /** The way back to parameters, to inputs, or to both. */
  Text backward(boolean parameters, boolean inputs) {
    List<String> body = new ArrayList<>(List.of("own = torch.size(x, 0)"));
    for (String kept : kept()) {
      body.add("%s = s[%s]".formatted(kept, body.size() - 1));
    }
    WayBack way = new WayBack(parameters, inputs, this::weight, this::gradient, body);
    way.begin(network.features(), "dy");
    List<Node> nodes = network.graph().nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      way.through(nodes.get(i));
    }
    body.add("return 0");
    return Text.of(
        "Backward",
        List.of(
            "x: Tensor",
            "members: int",
            "w: List[Tensor]",
            "s: List[Tensor]",
            "dy: Tensor",
            "g: List[Tensor]",
            "dx: Tensor"),
        "int",
        body);
  }

  /** The lines that compute the outputs. */
  List<String> forwardLines() {
    List<String> lines = new ArrayList<>();
    for (Node node : network.graph().nodes()) {
      lines.addAll(node.operation().forward(node.variable(), this::weight).lines().toList());
    }
    return lines;
  }

  /** The variable of the outputs. */
  String result() {
    return network.features().variable();
  }

  private Set<String> kept() {
    Set<String> kept = new LinkedHashSet<>();
    for (Node node : network.graph().nodes()) {
      node.operation().keeps(node).forEach(each -> kept.add(each.variable()));
    }
    kept.remove("x");
    return kept;
  }

  private String weight(String name) {
    return "w[" + places.get(name) + "]";
  }

  private String gradient(String name) {
    return "g[" + places.get(name) + "]";
  }
}
