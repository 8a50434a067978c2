package dev.retort.exchange.onnx;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model of ONNX while it is written: nodes in the order in which they are computed, each of which
 * gives values under names, and arrays of numbers.
 *
 * <p>The format: ONNX, "Open Neural Network Exchange Intermediate Representation", and its {@code
 * onnx.proto}, whose field numbers stand here, https://onnx.ai/onnx/repo-docs/IR.html.
 */
final class OnnxGraph {
  /** Version of the operators. */
  static final int OPSET = 17;

  /** Version of the format that came with these operators. */
  private static final int IR_VERSION = 8;

  /** Name of the axis of rows. */
  static final String BATCH = "batch";

  /** Types of elements. */
  enum Element {
    FLOAT(1),
    INT64(7),
    DOUBLE(11);

    final int number;

    Element(int number) {
      this.number = number;
    }
  }

  private final List<ProtoMessage> nodes = new ArrayList<>();
  private final Map<String, ProtoMessage> arrays = new LinkedHashMap<>();
  private final List<ProtoMessage> inputs = new ArrayList<>();
  private final List<ProtoMessage> outputs = new ArrayList<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  /** An attribute of a node. */
  record Attribute(String name, ProtoMessage message) {
    private static Attribute of(String name, int type, ProtoMessage value) {
      return new Attribute(name, value.text(1, name).whole(20, type));
    }

    static Attribute number(String name, double value) {
      return of(name, 1, new ProtoMessage().number(2, (float) value));
    }

    static Attribute whole(String name, long value) {
      return of(name, 2, new ProtoMessage().whole(3, value));
    }

    static Attribute wholes(String name, long... values) {
      ProtoMessage message = new ProtoMessage();
      for (long value : values) {
        message.whole(8, value);
      }
      return of(name, 7, message);
    }
  }

  /**
   * Adds a node.
   *
   * @param operator of the standard set
   * @param from names of values
   * @return the name of what it gives
   */
  String node(String operator, List<String> from, Attribute... attributes) {
    String name = operator + "_" + nodes.size();
    add(operator, name, from, name, attributes);
    return name;
  }

  private void add(
      String operator, String name, List<String> from, String to, Attribute... attributes) {
    ProtoMessage node = new ProtoMessage();
    from.forEach(each -> node.text(1, each));
    node.text(2, to).text(3, name).text(4, operator);
    for (Attribute attribute : attributes) {
      node.message(5, attribute.message());
    }
    nodes.add(node);
  }

  /**
   * A row of numbers for each row of a batch.
   *
   * @param row {@code (1, size)}
   * @param like a value of that batch
   */
  String everywhere(String row, String like) {
    String batch =
        node("Shape", List.of(like), Attribute.whole("start", 0), Attribute.whole("end", 1));
    String sizes = node("Concat", List.of(batch, wholes(1)), Attribute.whole("axis", 0));
    return node("Expand", List.of(row, sizes));
  }

  /** Numbers under a name; those of a name that is there are the same. */
  String floats(String name, List<Integer> shape, float... values) {
    arrays.computeIfAbsent(name, any -> array(name, shape, Element.FLOAT).raw(9, values));
    return name;
  }

  /** One number. */
  String number(double value) {
    return floats("number " + (float) value, List.of(), (float) value);
  }

  /** Whole numbers. */
  String wholes(long... values) {
    List<Integer> shape = List.of(values.length);
    String name = "wholes " + Arrays.toString(values);
    arrays.computeIfAbsent(name, any -> array(name, shape, Element.INT64).raw(9, values));
    return name;
  }

  private static ProtoMessage array(String name, List<Integer> shape, Element type) {
    ProtoMessage array = new ProtoMessage();
    shape.forEach(size -> array.whole(1, size));
    return array.whole(2, type.number).text(8, name);
  }

  /** What is put in, of a shape behind the axis of rows. */
  String input(String name, Element type, List<Integer> shape) {
    inputs.add(value(name, type, shape));
    return name;
  }

  /** Gives a value out under a name, of a shape behind the axis of rows. */
  void output(String name, String value, Element type, List<Integer> shape) {
    add("Identity", "output " + name, List.of(value), name);
    outputs.add(value(name, type, shape));
  }

  private static ProtoMessage value(String name, Element type, List<Integer> sizes) {
    ProtoMessage shape = new ProtoMessage().message(1, new ProtoMessage().text(2, BATCH));
    sizes.forEach(size -> shape.message(1, new ProtoMessage().whole(1, size)));
    ProtoMessage tensor = new ProtoMessage().whole(1, type.number).message(2, shape);
    return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
  }

  /** Says something about the model. */
  void describe(String key, String value) {
    metadata.put(key, value);
  }

  /** The file. */
  ByteString bytes(String name, String says) {
    ProtoMessage graph = new ProtoMessage();
    nodes.forEach(node -> graph.message(1, node));
    graph.text(2, name);
    arrays.values().forEach(array -> graph.message(5, array));
    inputs.forEach(input -> graph.message(11, input));
    outputs.forEach(output -> graph.message(12, output));
    ProtoMessage model =
        new ProtoMessage()
            .whole(1, IR_VERSION)
            .text(2, "Retort")
            .text(6, says)
            .message(7, graph)
            .message(8, new ProtoMessage().text(1, "").whole(2, OPSET));
    metadata.forEach(
        (key, value) -> model.message(14, new ProtoMessage().text(1, key).text(2, value)));
    return model.bytes();
  }
}
