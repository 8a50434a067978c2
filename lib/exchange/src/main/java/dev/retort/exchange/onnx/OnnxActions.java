package dev.retort.exchange.onnx;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Density;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Normal;
import dev.retort.distribution.Point;
import dev.retort.distribution.Product;
import dev.retort.distribution.SquashedNormal;
import dev.retort.distribution.SquashedPoint;
import dev.retort.exchange.onnx.OnnxGraph.Attribute;
import dev.retort.exchange.onnx.OnnxGraph.Element;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a distribution says, as values of a graph: its numbers, probabilities, greedy action. */
final class OnnxActions {
  /** Name of the greedy action. */
  static final String ACTION = "action";

  private static final String PROBABILITIES = "probabilities";

  private final OnnxGraph graph;

  /** Whether an output of this name follows from others. */
  static boolean isDerived(String output) {
    List<String> derived = List.of(ACTION, PROBABILITIES, OnnxSight.NEXT_MEMORY);
    return derived.stream().anyMatch(name -> output.equals(name) || output.endsWith("." + name));
  }

  OnnxActions(OnnxGraph graph) {
    this.graph = graph;
  }

  /** A value that is given out under a name. */
  record Said(String name, String value, Element element, List<Integer> shape) {}

  /**
   * All that it says, the greedy action last.
   *
   * @param numbers values of the distribution's outputs by their names
   */
  List<Said> say(Distribution distribution, Map<String, String> numbers) {
    List<Said> said = new ArrayList<>();
    numbers(distribution, numbers, "", said);
    said.add(action(distribution.actions(), greedy(distribution, numbers, "")));
    return said;
  }

  private void numbers(
      Distribution distribution, Map<String, String> numbers, String part, List<Said> said) {
    if (distribution instanceof Product product) {
      product.parts().forEach((name, own) -> numbers(own, numbers, part + name + ".", said));
      return;
    }
    if (distribution instanceof Point || distribution instanceof SquashedPoint) {
      return;
    }
    if (distribution instanceof ActionValues values) {
      said.add(said(part + "values", values(values, numbers, part), values.actions().n()));
      return;
    }
    distribution
        .outputs()
        .forEach(
            output -> {
              String name = part + output.name();
              String value = numbers.get(name);
              boolean clips =
                  distribution instanceof SquashedNormal && output.name().equals("log-deviation");
              String own = clips ? clip(value, SquashedNormal.LEAST, SquashedNormal.MOST) : value;
              said.add(said(name, own, output.size()));
            });
    if (distribution instanceof Categorical choices) {
      String probabilities = probabilities(choices, numbers, part);
      said.add(said(part + PROBABILITIES, probabilities, choices.actions().n()));
    }
  }

  private static Said said(String name, String value, int size) {
    return new Said(name, value, Element.FLOAT, List.of(size));
  }

  /** Probabilities of choices, {@code (batch, n)}; all for the greedy one where none is drawn. */
  String probabilities(Distribution distribution, Map<String, String> numbers, String part) {
    if (distribution instanceof Categorical) {
      return node("Softmax", numbers.get(part + "logits"), Attribute.whole("axis", -1));
    }
    int n = ((Discrete) distribution.actions()).n();
    String choice = node("Cast", greedy(distribution, numbers, part), type(Element.INT64));
    String ends = graph.floats("off and on", List.of(2), 0, 1);
    String each = graph.node("OneHot", List.of(choice, graph.wholes(n), ends));
    return graph.node("Reshape", List.of(each, graph.wholes(-1, n)));
  }

  /** Action values, {@code (batch, n)}. */
  String values(ActionValues values, Map<String, String> numbers, String part) {
    if (!values.isDueling()) {
      return numbers.get(part + "values");
    }
    String advantages = numbers.get(part + "advantages");
    String mean =
        node(
            "ReduceMean", advantages, Attribute.wholes("axes", -1), Attribute.whole("keepdims", 1));
    String shift = graph.node("Sub", List.of(numbers.get(part + "state-value"), mean));
    return graph.node("Add", List.of(advantages, shift));
  }

  /** The greedy action as numbers, {@code (batch, size)}. */
  String greedy(Distribution distribution, Map<String, String> numbers, String part) {
    if (distribution instanceof Product product) {
      List<String> all = new ArrayList<>();
      for (Map.Entry<String, Density> each : product.parts().entrySet()) {
        all.add(greedy(each.getValue(), numbers, part + each.getKey() + "."));
      }
      return graph.node("Concat", all, Attribute.whole("axis", -1));
    }
    if (distribution instanceof Categorical) {
      return argmax(numbers.get(part + "logits"));
    }
    if (distribution instanceof ActionValues values) {
      return argmax(values(values, numbers, part));
    }
    if (distribution instanceof Normal normal) {
      return within(normal.actions(), numbers.get(part + "mean"));
    }
    if (distribution instanceof SquashedNormal squashed) {
      return squash(squashed.actions(), numbers.get(part + "mean"));
    }
    if (distribution instanceof SquashedPoint point) {
      return squash(point.actions(), numbers.get(part + ACTION));
    }
    if (distribution instanceof Point) {
      return numbers.get(part + ACTION);
    }
    throw new RetortException(
        "save policy: expected a distribution that follows from a network, got one that is %s."
            .formatted(distribution.kind()));
  }

  private String argmax(String x) {
    String place = node("ArgMax", x, Attribute.whole("axis", -1), Attribute.whole("keepdims", 1));
    return node("Cast", place, type(Element.FLOAT));
  }

  /** {@code low + (tanh(z) + 1)/2 · (high − low)}. */
  private String squash(Box box, String z) {
    float[] half = new float[box.size()];
    float[] middle = new float[box.size()];
    for (int i = 0; i < half.length; i++) {
      half[i] = (float) (((double) box.high().get(i) - box.low().get(i)) / 2);
      middle[i] = (float) (((double) box.high().get(i) + box.low().get(i)) / 2);
    }
    List<Integer> shape = List.of(half.length);
    String halves = graph.floats("half the range of " + z, shape, half);
    String stretched = graph.node("Mul", List.of(node("Tanh", z), halves));
    String middles = graph.floats("middle of " + z, shape, middle);
    return within(box, graph.node("Add", List.of(stretched, middles)));
  }

  private String within(Box box, String x) {
    List<Integer> shape = List.of(box.size());
    String low = graph.floats("low of " + x, shape, floats(box.low()));
    String high = graph.floats("high of " + x, shape, floats(box.high()));
    return graph.node("Min", List.of(graph.node("Max", List.of(x, low)), high));
  }

  private static float[] floats(List<Float> values) {
    float[] all = new float[values.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = values.get(i);
    }
    return all;
  }

  private String clip(String x, double low, double high) {
    return graph.node("Clip", List.of(x, graph.number(low), graph.number(high)));
  }

  private String node(String operator, String x, Attribute... attributes) {
    return graph.node(operator, List.of(x), attributes);
  }

  private static Attribute type(Element element) {
    return Attribute.whole("to", element.number);
  }

  /** An action in its shape: a choice is a whole number for each row. */
  private Said action(Space actions, String numbers) {
    if (actions instanceof Discrete) {
      String choice = node("Cast", numbers, type(Element.INT64));
      String each = graph.node("Reshape", List.of(choice, graph.wholes(-1)));
      return new Said(ACTION, each, Element.INT64, List.of());
    }
    List<Integer> shape = actions instanceof Box box ? box.shape() : List.of(actions.size());
    long[] sizes = new long[shape.size() + 1];
    sizes[0] = -1;
    for (int i = 0; i < shape.size(); i++) {
      sizes[i + 1] = shape.get(i);
    }
    String shaped = graph.node("Reshape", List.of(numbers, graph.wholes(sizes)));
    return new Said(ACTION, shaped, Element.FLOAT, shape);
  }
}
