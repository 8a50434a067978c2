package dev.retort.nn;

import dev.retort.RetortException;
import dev.retort.option.Given;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A network while it is described, operation by operation, from the observation up. From the one
 * description follow its parameters and how they are drawn, its size, and the engine's text of both
 * directions.
 *
 * <pre>{@code
 * record Highway(int width) implements Architecture {
 *   public Node write(Graph graph) {
 *     Node below = graph.linear("in", graph.flatten(graph.observation()), width);
 *     Node above = graph.apply(Activation.RELU, graph.linear("up", below, width));
 *     return graph.add(below, above);
 *   }
 * }
 * }</pre>
 *
 * <p>Linear layers and convolutions have weights and a bias; names tell their parameters in files.
 * A layer's gain is the factor of its orthogonal weights where parameters are drawn so; it is √2
 * where none is given.
 */
public final class Graph {
  private static final double GAIN = Math.sqrt(2);

  private final List<Integer> inputShape;
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Node rows;
  private String tower = "";

  Graph(List<Integer> inputShape) {
    this.inputShape = inputShape;
    this.rows = node(new Arrangement.Input(product(inputShape)));
  }

  private static int product(List<Integer> shape) {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  private Node node(Operation operation) {
    Node node = new Node(this, nodes.size(), operation);
    nodes.add(node);
    return node;
  }

  /**
   * The observation in its shape: numbers, tokens, or a picture. One of any other shape is as its
   * numbers one after the other.
   */
  public Node observation() {
    return inputShape.isEmpty() || inputShape.size() > 3 ? rows : turned(rows, inputShape);
  }

  /** {@code factor · x}. */
  public Node scale(Node x, double factor) {
    return node(new Pointwise.Scale(own(x), factor));
  }

  /** A linear layer {@code x W + b} of numbers, or of each token. */
  public Node linear(String name, Node x, int width) {
    return linear(name, x, width, GAIN);
  }

  /** The same of a gain of its own. */
  public Node linear(String name, Node x, int width, double gain) {
    requireRows("linear layer " + name, x);
    requirePositive("linear layer " + name, "width", width);
    return node(RowLayers.Linear.of(named(name), perMember(x), width, gain));
  }

  /** Layer normalization of numbers, or of each token, with a scale and an offset of each. */
  public Node norm(String name, Node x) {
    requireRows("normalization " + name, x);
    return node(RowLayers.Norm.of(named(name), perMember(x)));
  }

  /**
   * A convolution of a picture.
   *
   * @param channels planes of what it gives
   * @param kernel side of its window
   * @param stride by how much the window moves
   * @param padding zeros beside each side of the picture
   */
  public Node convolution(
      String name, Node picture, int channels, int kernel, int stride, int padding) {
    requirePicture("convolution " + name, picture);
    requirePositive("convolution " + name, "number of channels", channels);
    Windows.Window window = new Windows.Window(kernel, stride, padding);
    return node(Windows.Convolution.of(named(name), picture, channels, window, GAIN));
  }

  /** The largest number in each window of each plane of a picture. */
  public Node maxPool(Node picture, int kernel, int stride, int padding) {
    requirePicture("maximum", picture);
    return node(new Windows.MaxPool(picture, new Windows.Window(kernel, stride, padding)));
  }

  /** A non-linearity. */
  public Node apply(Activation activation, Node x) {
    return node(
        new Pointwise.Apply(
            Given.given("network", "an activation such as Activation.RELU", activation), own(x)));
  }

  /** The sum of two values of one shape. */
  public Node add(Node a, Node b) {
    if (!own(a).shape().equals(own(b).shape())) {
      throw new RetortException(
          "network: expected two values of one shape to add, got %s and %s."
              .formatted(a.shape(), b.shape()));
    }
    return a.isPerMember() == b.isPerMember()
        ? node(new Pointwise.Add(a, b))
        : node(new Pointwise.Add(perMember(a), perMember(b)));
  }

  /** Numbers side by side, or those of each of as many tokens. */
  public Node concat(Node... values) {
    List<Node> all = Given.given("network", "values to join", values);
    all.forEach(each -> requireRows("values to join", each));
    if (all.stream().map(Graph::tokens).distinct().count() > 1) {
      throw new RetortException(
          "network: expected numbers, or tokens of one count, to join, got shapes %s."
              .formatted(all.stream().map(Node::shape).toList()));
    }
    return node(new Arrangement.Concat(all.stream().map(this::perMember).toList()));
  }

  /** How many tokens, as a list of one; an empty one of numbers without tokens. */
  private static List<Integer> tokens(Node node) {
    return node.shape().subList(0, node.shape().size() - 1);
  }

  /** All numbers of a value, one after the other. */
  public Node flatten(Node x) {
    return turned(own(x), List.of(x.size()));
  }

  /** The same numbers as numbers, tokens {@code (tokens, d)}, or a picture of three sizes. */
  public Node reshape(Node x, int... shape) {
    List<Integer> wanted = Given.given("network", "a shape", shape);
    if (wanted.isEmpty() || wanted.size() > 3 || product(wanted) != own(x).size()) {
      throw new RetortException(
          "network: expected one to three sizes with a product of %s to reshape %s, got %s."
              .formatted(x.size(), x.shape(), wanted));
    }
    return turned(x, wanted);
  }

  /** A value in another shape; where it was brought into its own from that one, as it was. */
  private Node turned(Node x, List<Integer> shape) {
    if (x.shape().equals(shape)) {
      return x;
    }
    return x.operation() instanceof Arrangement.Reshape back && back.x().shape().equals(shape)
        ? back.x()
        : node(new Arrangement.Reshape(x, shape));
  }

  /** Parameters that are their own value in every row. */
  Node free(Slice slice) {
    return node(new RowLayers.Free(slice, rows));
  }

  private Node perMember(Node x) {
    if (own(x).isPerMember()) {
      return x;
    }
    return turned(node(new Arrangement.Expand(flatten(x))), x.shape());
  }

  /** Writes what follows with names of a tower of its own. */
  void tower(String name) {
    tower = name + ".";
  }

  /** Writes what follows without. */
  void noTower() {
    tower = "";
  }

  private String named(String name) {
    String full = tower + Given.given("network", "a name for each layer", name);
    if (!names.add(full)) {
      throw new RetortException(
          "network: expected a name of its own for each layer, got '%s' twice.".formatted(name));
    }
    return full;
  }

  private Node own(Node x) {
    if (Given.given("network", "a value of its graph", x).graph() != this) {
      throw new RetortException(
          "network: expected values of the graph that is written, got %s of another one."
              .formatted(x));
    }
    return x;
  }

  private void requireRows(String what, Node x) {
    if (own(x).shape().size() > 2) {
      throw new RetortException(
          "network: expected numbers or tokens for %s, got a picture %s. Say flatten(..) first."
              .formatted(what, x.shape()));
    }
  }

  private void requirePicture(String what, Node x) {
    if (own(x).shape().size() != 3) {
      throw new RetortException(
          "network: expected a picture (planes, height, width) for %s, got %s."
              .formatted(what, x.shape()));
    }
  }

  private static void requirePositive(String what, String of, int number) {
    if (number < 1) {
      throw new RetortException(
          "network: expected a %s of at least 1 for %s, got %s.".formatted(of, what, number));
    }
  }

  /** All values in the order in which they are computed. */
  List<Node> nodes() {
    return nodes;
  }

  /** The parameters in the order in which they were named. */
  List<Slice> slices() {
    return nodes.stream().flatMap(node -> node.operation().slices().stream()).toList();
  }
}
