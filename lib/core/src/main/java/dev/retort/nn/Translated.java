package dev.retort.nn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network of one member on its way into another language: what has been translated, and the
 * numbers of its parameters.
 *
 * @param <V> a value in that language
 */
final class Translated<V> {
  private final Translation<V> to;
  private final Layout layout;
  private final float[] parameters;
  private final Map<Node, V> values = new HashMap<>();

  private Translated(Translation<V> to, Layout layout, float[] parameters) {
    this.to = to;
    this.layout = layout;
    this.parameters = parameters;
  }

  /** The outputs of a network by their names. */
  static <V> Map<String, V> of(Blueprint blueprint, float[] parameters, Translation<V> to) {
    Described network = Described.apart(blueprint);
    Translated<V> all = new Translated<>(to, new Layout(blueprint, 1), parameters);
    for (Node node : Fusion.live(network)) {
      all.values.put(node, node.operation().translate(all));
    }
    Map<String, V> outputs = new LinkedHashMap<>();
    network.outputs().forEach((name, node) -> outputs.put(name, all.value(node)));
    return outputs;
  }

  /** The language. */
  Translation<V> to() {
    return to;
  }

  /** A value that stands before the one that is translated. */
  V value(Node node) {
    return values.get(node);
  }

  /** A parameter with its numbers. */
  Parameter parameter(Slice slice) {
    int from = layout.offset(layout.find(slice.name()));
    return Parameter.of(slice, Arrays.copyOfRange(parameters, from, from + slice.size()));
  }
}
