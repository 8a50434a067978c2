package dev.retort.nn;

import dev.retort.RetortException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An architecture that has written itself for what is seen.
 *
 * @param graph all that it wrote
 * @param features on which plain outputs sit; of a whole network, all its outputs
 * @param outputs the outputs of a whole network by their names
 */
record Described(Graph graph, Node features, Map<String, Node> outputs) {
  /** Name of the output that is what the layers below the outputs end in. */
  static final String FEATURES = "features";

  /** The architecture below the outputs. */
  static Described of(Architecture architecture, InputShape inputShape) {
    Graph graph = new Graph(inputShape);
    return new Described(graph, features(architecture, graph), Map.of());
  }

  /** The whole network; its features are all its outputs. */
  static Described of(Blueprint blueprint) {
    Graph graph = new Graph(blueprint.inputShape());
    boolean shared = blueprint.trunk() == Trunk.SHARED;
    Node features = shared ? features(blueprint.architecture(), graph) : null;
    Node[] values = new Node[blueprint.outputs().size()];
    for (int i = 0; i < values.length; i++) {
      Output output = blueprint.outputs().get(i);
      if (output.isFree()) {
        values[i] = graph.free(Slice.free(output.name(), output.size(), output.gain()));
        continue;
      }
      if (output.isInner()) {
        values[i] = graph.flatten(inner(graph, features).get(output.name()));
        continue;
      }
      if (!shared) {
        graph.trunk(output.name());
        features = features(blueprint.architecture(), graph);
        graph.sharedTrunk();
      }
      values[i] = graph.linear(output.name(), features, output.size(), output.gain());
    }
    Map<String, Node> outputs = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      outputs.put(blueprint.outputs().get(i).name(), values[i]);
    }
    Node all = values.length == 1 ? values[0] : graph.concat(values);
    return new Described(graph, all, outputs);
  }

  /** The values within one trunk that have names, and its features last. */
  private static Map<String, Node> inner(Graph graph, Node features) {
    Map<String, Node> all = new LinkedHashMap<>(graph.outputs());
    all.put(FEATURES, features);
    return all;
  }

  /** The values within that have names, where this is an architecture below its outputs. */
  List<Output> inner() {
    return inner(graph, features).entrySet().stream()
        .map(each -> Output.of(each.getKey(), each.getValue().size()))
        .toList();
  }

  private static Node features(Architecture architecture, Graph graph) {
    Node features = architecture.write(graph);
    if (features == null || features.graph() != graph) {
      throw new RetortException(
          "network %s: expected write(graph) to give a value of that graph, got %s."
              .formatted(architecture, features));
    }
    return graph.flatten(features);
  }

  /** Numbers that a member keeps of a row for the way back, in single precision. */
  long kept() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      node.operation().keeps(node).forEach(kept -> sizes.put(kept.variable(), kept.floats()));
    }
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }
}
