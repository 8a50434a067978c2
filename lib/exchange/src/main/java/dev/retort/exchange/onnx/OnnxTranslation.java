package dev.retort.exchange.onnx;

import dev.retort.exchange.onnx.OnnxGraph.Attribute;
import dev.retort.nn.Activation;
import dev.retort.nn.Parameter;
import dev.retort.nn.Translation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Networks in the operators of ONNX; a value is its name. */
final class OnnxTranslation implements Translation<String> {
  private final OnnxGraph graph;
  private final String prefix;
  private final String observations;

  /**
   * A network that becomes part of a graph.
   *
   * @param prefix before the names of its parameters
   * @param observations what it sees, {@code (batch, size)}
   */
  OnnxTranslation(OnnxGraph graph, String prefix, String observations) {
    this.graph = graph;
    this.prefix = prefix;
    this.observations = observations;
  }

  private String parameter(Parameter parameter, List<Integer> shape) {
    return graph.floats(prefix + parameter.name(), shape, parameter.values());
  }

  /** A parameter of one number for each of the last ones of a value. */
  private String row(Parameter parameter) {
    return parameter(parameter, List.of(parameter.values().length));
  }

  @Override
  public String input(int size) {
    return observations;
  }

  @Override
  public String reshape(String x, List<Integer> shape) {
    return graph.node("Reshape", List.of(x, rowsOf(shape)));
  }

  private String rowsOf(List<Integer> shape) {
    List<Long> sizes = new ArrayList<>(List.of(-1L));
    shape.forEach(size -> sizes.add((long) size));
    return graph.wholes(sizes.stream().mapToLong(size -> size).toArray());
  }

  @Override
  public String slice(String x, int from, int count) {
    return slice(x, -1, from, count);
  }

  private String slice(String x, int axis, int from, int count) {
    return graph.node(
        "Slice",
        List.of(x, graph.wholes(from), graph.wholes((long) from + count), graph.wholes(axis)));
  }

  private String squeeze(String x, int axis) {
    return graph.node("Squeeze", List.of(x, graph.wholes(axis)));
  }

  private String unsqueeze(String x, int axis) {
    return graph.node("Unsqueeze", List.of(x, graph.wholes(axis)));
  }

  @Override
  public String at(String tokens, int token) {
    return squeeze(slice(tokens, 1, token, 1), 1);
  }

  @Override
  public String concat(List<String> values) {
    return graph.node("Concat", values, Attribute.whole("axis", -1));
  }

  @Override
  public String apply(Activation activation, String x) {
    return switch (activation) {
      case TANH -> graph.node("Tanh", List.of(x));
      case RELU -> graph.node("Relu", List.of(x));
      case SIGMOID -> graph.node("Sigmoid", List.of(x));
      case GELU -> {
        String error = graph.node("Erf", List.of(scale(x, Math.sqrt(0.5))));
        yield multiply(scale(x, 0.5), add(error, graph.number(1)));
      }
    };
  }

  @Override
  public String scale(String x, double factor) {
    return multiply(x, graph.number(factor));
  }

  @Override
  public String add(String a, String b) {
    return graph.node("Add", List.of(a, b));
  }

  private String subtract(String a, String b) {
    return graph.node("Sub", List.of(a, b));
  }

  @Override
  public String multiply(String a, String b) {
    return graph.node("Mul", List.of(a, b));
  }

  @Override
  public String softmax(String x) {
    return graph.node("Softmax", List.of(x), Attribute.whole("axis", -1));
  }

  @Override
  public String constant(double value, int size) {
    float[] values = new float[size];
    Arrays.fill(values, (float) value);
    String row = graph.floats("all " + (float) value + " " + size, List.of(1, size), values);
    return graph.everywhere(row, observations);
  }

  @Override
  public String oneHot(String x, int choices) {
    String places = cast(graph.node("Round", List.of(x)), OnnxGraph.Element.INT64);
    String ends = graph.floats("off and on", List.of(2), 0, 1);
    return graph.node("OneHot", List.of(places, graph.wholes(choices), ends));
  }

  private String cast(String x, OnnxGraph.Element type) {
    return graph.node("Cast", List.of(x), Attribute.whole("to", type.number));
  }

  @Override
  public String absent(String there) {
    String isAbsent = graph.node("Less", List.of(there, graph.number(0.5)));
    return scale(cast(isAbsent, OnnxGraph.Element.FLOAT), NEVER);
  }

  @Override
  public String unseen(String absent, int tokens, boolean isCausal) {
    float[] told = new float[tokens * tokens];
    float[] fixed = new float[tokens * tokens];
    for (int i = 0; i < tokens; i++) {
      for (int j = 0; j < tokens; j++) {
        boolean isBehind = isCausal && j > i;
        told[i * tokens + j] = i == j || isBehind ? 0 : 1;
        fixed[i * tokens + j] = isBehind ? (float) NEVER : 0;
      }
    }
    String kind = (isCausal ? "causal " : "all ") + tokens;
    List<Integer> shape = List.of(tokens, tokens);
    String each = multiply(unsqueeze(absent, 1), graph.floats("told " + kind, shape, told));
    return add(each, graph.floats("fixed " + kind, shape, fixed));
  }

  @Override
  public String free(Parameter numbers) {
    String row = parameter(numbers, List.of(1, numbers.values().length));
    return graph.everywhere(row, observations);
  }

  @Override
  public String linear(String x, Parameter weight, Parameter bias) {
    return add(graph.node("MatMul", List.of(x, parameter(weight, weight.shape()))), row(bias));
  }

  /** By its parts, since runtimes lose digits where numbers are nearly alike. */
  @Override
  public String norm(String x, Parameter scale, Parameter offset, double epsilon) {
    String centered = subtract(x, mean(x));
    String variance = mean(multiply(centered, centered));
    String deviation = graph.node("Sqrt", List.of(add(variance, graph.number(epsilon))));
    String normal = graph.node("Div", List.of(centered, deviation));
    return add(multiply(normal, row(scale)), row(offset));
  }

  private String mean(String x) {
    return graph.node(
        "ReduceMean", List.of(x), Attribute.wholes("axes", -1), Attribute.whole("keepdims", 1));
  }

  @Override
  public String convolution(String x, Parameter weight, Parameter bias, int stride, int padding) {
    int kernel = weight.shape().get(2);
    return graph.node(
        "Conv",
        List.of(x, parameter(weight, weight.shape()), row(bias)),
        window(kernel, stride, padding));
  }

  @Override
  public String maxPool(String x, int kernel, int stride, int padding) {
    return graph.node("MaxPool", List.of(x), window(kernel, stride, padding));
  }

  private static Attribute[] window(int kernel, int stride, int padding) {
    return new Attribute[] {
      Attribute.wholes("kernel_shape", kernel, kernel),
      Attribute.wholes("strides", stride, stride),
      Attribute.wholes("pads", padding, padding, padding, padding)
    };
  }

  @Override
  public String positions(String x, Parameter numbers) {
    return add(x, parameter(numbers, numbers.shape()));
  }

  @Override
  public String weightedSum(String weights, String tokens) {
    return squeeze(graph.node("MatMul", List.of(unsqueeze(weights, 1), tokens)), 1);
  }

  @Override
  public String attention(String x, int tokens, int width, int heads, Optional<String> mask) {
    int each = width / heads;
    String parts = reshape(x, List.of(tokens, 3, heads, each));
    String byHead =
        graph.node("Transpose", List.of(parts), Attribute.wholes("perm", 2, 0, 3, 1, 4));
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(squeeze(slice(byHead, 0, i, 1), 0));
    }
    String keys =
        graph.node("Transpose", List.of(all.get(1)), Attribute.wholes("perm", 0, 1, 3, 2));
    String scores = scale(graph.node("MatMul", List.of(all.get(0), keys)), 1 / Math.sqrt(each));
    String seen = mask.map(added -> add(scores, unsqueeze(added, 1))).orElse(scores);
    String means = graph.node("MatMul", List.of(softmax(seen), all.get(2)));
    String byToken = graph.node("Transpose", List.of(means), Attribute.wholes("perm", 0, 2, 1, 3));
    return reshape(byToken, List.of(tokens, width));
  }

  @Override
  public String gates(String x, String sums, String h, int d) {
    String gates = graph.node("Sigmoid", List.of(add(slice(x, 0, 2 * d), slice(sums, 0, 2 * d))));
    String recalled = multiply(slice(gates, 0, d), slice(sums, 2 * d, d));
    String next = graph.node("Tanh", List.of(add(slice(x, 2 * d, d), recalled)));
    return add(next, multiply(slice(gates, d, d), subtract(h, next)));
  }
}
