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
 * members, the parameters {@code w} as a list of tensors over one flat memory, and where the
 * outputs go, {@code y}. What can be laid out once for all batches of a size is, in a list that the
 * passes are given: {@code m} there, {@code n} back. The way back is given what was kept, {@code
 * s}, and the gradient of the outputs, {@code dy}, and writes those of the parameters into the list
 * {@code g} and that of the rows into {@code dx}.
 */
final class Texts {
  private static final List<String> ROWS = List.of("x: Tensor", "members: int", "w: List[Tensor]");

  private final Described network;
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<Node, Operation> written;
  private final Held held = new Held("m");
  private final List<String> there = new ArrayList<>();

  /** The text of a network with all its outputs. */
  Texts(Described network) {
    this.network = network;
    network.graph().slices().forEach(slice -> places.put(slice.name(), places.size()));
    this.written = Fusion.of(network);
    written.forEach(
        (node, operation) ->
            there.addAll(
                (operation instanceof Placed placed
                        ? placed.forward(node, this::weight, held)
                        : operation.forward(node.variable(), this::weight))
                    .lines()
                    .toList()));
    if (!(network.features().operation() instanceof Outputs)) {
      there.add("_y = torch.copy_(y, %s)".formatted(result()));
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

  /** What is laid out for the way there. */
  Text layout() {
    return Text.of("Layout", arguments("y: Tensor"), "List[Tensor]", held.lines());
  }

  /** The way there, of which nothing is kept. */
  Text predict() {
    List<String> body = new ArrayList<>(there);
    body.add("return 0");
    return Text.of("Predict", arguments("y: Tensor", "m: List[Tensor]"), "int", body);
  }

  /** The way there; gives what the way back needs. */
  Text forward() {
    List<String> body = new ArrayList<>(there);
    body.add("return annotate(List[Tensor], [%s])".formatted(String.join(", ", passed())));
    return Text.of("Forward", arguments("y: Tensor", "m: List[Tensor]"), "List[Tensor]", body);
  }

  /** The way back, and what is laid out for it. */
  record Back(Text layout, Text pass) {}

  /** The way back to parameters, to inputs, or to both. */
  Back backward(boolean parameters, boolean inputs) {
    List<String> body = new ArrayList<>(List.of("own = torch.size(x, 0)"));
    List<String> passed = passed();
    for (String kept : kept()) {
      int at = passed.indexOf(kept);
      body.add("%s = %s".formatted(kept, at < 0 ? held.place(kept) : "s[%s]".formatted(at)));
    }
    Held more = new Held("n");
    WayBack way = new WayBack(parameters, inputs, this::weight, this::gradient, held, more, body);
    way.begin(network.features(), "dy");
    List<Node> nodes = new ArrayList<>(written.keySet());
    for (int i = nodes.size() - 1; i >= 0; i--) {
      way.through(nodes.get(i), written.get(nodes.get(i)));
    }
    body.add("return 0");
    return new Back(
        Text.of(
            "LayoutBack", arguments("m: List[Tensor]", "dy: Tensor"), "List[Tensor]", more.lines()),
        Text.of(
            "Backward",
            arguments(
                "m: List[Tensor]",
                "dy: Tensor",
                "n: List[Tensor]",
                "g: List[Tensor]",
                "dx: Tensor",
                "s: List[Tensor]"),
            "int",
            body));
  }

  private static List<String> arguments(String... more) {
    List<String> all = new ArrayList<>(ROWS);
    all.addAll(List.of(more));
    return all;
  }

  /** The lines that compute the outputs, operation by operation. */
  List<String> plainLines() {
    List<String> lines = new ArrayList<>();
    for (Node node : Fusion.live(network)) {
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
    written.forEach(
        (node, operation) -> operation.keeps(node).forEach(each -> kept.add(each.variable())));
    kept.remove("x");
    return kept;
  }

  /** What is kept and lies elsewhere for every batch. */
  private List<String> passed() {
    return kept().stream().filter(kept -> !held.has(kept)).toList();
  }

  private String weight(String name) {
    return "w[" + places.get(name) + "]";
  }

  private String gradient(String name) {
    return "g[" + places.get(name) + "]";
  }
}
