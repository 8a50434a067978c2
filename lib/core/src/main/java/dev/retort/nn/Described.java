package dev.retort.nn;

import dev.retort.RetortException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An architecture that has written itself for what is seen.
 *
 * @param graph all that it wrote
 * @param features on which plain outputs sit; of a whole network, all its outputs
 * @param trunks how many are stacked like members; one where each is written for itself
 * @param outputs the outputs by their names, where each is written for itself
 */
record Described(Graph graph, Node features, int trunks, Map<String, Node> outputs) {
  /** Name of the output that is what the layers below the outputs end in. */
  static final String FEATURES = "features";

  /** The architecture below the outputs. */
  static Described of(Architecture architecture, InputShape inputShape) {
    Graph graph = new Graph(inputShape);
    return new Described(graph, features(architecture, graph), 1, Map.of());
  }

  /**
   * Outputs of a network: those that its architecture gives itself, under their names and in their
   * sizes, and linear layers for the others.
   */
  static List<Output> given(
      Architecture architecture, InputShape inputShape, List<Output> outputs) {
    if (outputs.stream().noneMatch(Output::isLinear)) {
      return List.copyOf(outputs);
    }
    Map<String, Node> own = of(architecture, inputShape).graph().outputs();
    return outputs.stream()
        .map(
            output ->
                output.isLinear()
                        && own.containsKey(output.name())
                        && own.get(output.name()).size() == output.size()
                    ? Output.inner(output.name(), output.size())
                    : output)
        .toList();
  }

  /** The whole network; its features are all its outputs. */
  static Described of(Blueprint blueprint) {
    return blueprint.perceptron().isPresent() ? together(blueprint) : apart(blueprint);
  }

  /** Trunks stacked like members, each under the name of the first one, below all outputs. */
  private static Described together(Blueprint blueprint) {
    Graph graph = new Graph(blueprint.inputShape());
    boolean shared = blueprint.trunk() == Trunk.SHARED;
    if (!shared) {
      blueprint.outputs().stream()
          .filter(Output::isLinear)
          .findFirst()
          .ifPresent(first -> graph.trunk(first.name()));
    }
    Node features = graph.perMember(features(blueprint.architecture(), graph));
    int trunks = shared ? 1 : Math.max(1, blueprint.trunks());
    List<Outputs.Group> groups = new ArrayList<>();
    int column = 0;
    int trunk = 0;
    for (Output output : blueprint.outputs()) {
      int size = output.size();
      if (output.isFree()) {
        Slice numbers = Slice.free(output.name(), size, output.gain());
        groups.add(new Outputs.Group(0, column, Optional.empty(), numbers));
      } else {
        Slice weight = Slice.linear(output.name(), features.size(), size, output.gain());
        Slice bias = Slice.linearBias(output.name(), features.size(), size);
        groups.add(new Outputs.Group(trunk++ % trunks, column, Optional.of(weight), bias));
      }
      column += size;
    }
    Node all = graph.node(new Outputs(features, groups, trunks));
    return new Described(graph, all, trunks, Map.of());
  }

  /** The whole network, trunks one behind the other and each output for itself. */
  static Described apart(Blueprint blueprint) {
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
    return new Described(graph, all, 1, outputs);
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

  /** How many stacked trunks have a parameter: all, or one where it is an output's own. */
  int copies(Slice slice) {
    return features.operation().slices().contains(slice) ? 1 : trunks;
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
