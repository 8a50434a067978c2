package dev.retort.nn;

import dev.retort.RetortException;
import dev.retort.option.Given;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  private final InputShape inputShape;
  private final Nodes nodes = new Nodes(this);
  private final Map<String, Node> outputs = new LinkedHashMap<>();
  private final Node rows;

  Graph(InputShape inputShape) {
    this.inputShape = inputShape;
    this.rows = node(new Arrangement.Input(inputShape.size()));
  }

  /** The value of an operation of values of this graph. */
  Node node(Operation operation) {
    return nodes.add(operation);
  }

  /** A value that each member has; what comes from shared rows once for each. */
  Node perMember(Node x) {
    return nodes.perMember(x);
  }

  private Node own(Node x) {
    return nodes.own(x);
  }

  /**
   * The observation in its shape: numbers, tokens, or a picture. One of any other shape is as its
   * numbers one after the other, and so is one of several parts.
   */
  public Node observation() {
    return shaped(rows, inputShape.shape());
  }

  /** A part of the observation by its name, in its own shape. */
  public Node part(String name) {
    InputShape.Part part = inputShape.part(name);
    return shaped(slice(rows, inputShape.offset(part), part.size()), part.shape());
  }

  /** Whether the observation has a part of that name. */
  public boolean hasPart(String name) {
    return inputShape.has(name);
  }

  /** The parts of the observation, in their order. */
  List<InputShape.Part> parts() {
    return inputShape.parts();
  }

  private Node shaped(Node x, List<Integer> shape) {
    return shape.isEmpty() || shape.size() > 3 ? x : nodes.turned(x, shape);
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
    Shapes.requireRows("linear layer " + name, own(x));
    Shapes.requirePositive("linear layer " + name, "width", width);
    return node(RowLayers.Linear.of(nodes.named(name), nodes.perMember(x), width, gain));
  }

  /** Layer normalization of numbers, or of each token, with a scale and an offset of each. */
  public Node norm(String name, Node x) {
    Shapes.requireRows("normalization " + name, own(x));
    return node(RowLayers.Norm.of(nodes.named(name), nodes.perMember(x)));
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
    Shapes.requirePicture("convolution " + name, own(picture));
    Shapes.requirePositive("convolution " + name, "number of channels", channels);
    Windows.Window window = new Windows.Window(kernel, stride, padding);
    return node(Windows.Convolution.of(nodes.named(name), picture, channels, window, GAIN));
  }

  /** The largest number in each window of each plane of a picture. */
  public Node maxPool(Node picture, int kernel, int stride, int padding) {
    Shapes.requirePicture("maximum", own(picture));
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
    return node(new Pointwise.Add(nodes.like(b, a), nodes.like(a, b)));
  }

  /** The product of two values, number by number; the second may have one number for all. */
  public Node multiply(Node a, Node b) {
    List<Integer> one = new ArrayList<>(own(a).shape());
    one.set(one.size() - 1, 1);
    boolean isOne = a.shape().size() < 3 && own(b).shape().equals(one);
    if (!a.shape().equals(b.shape()) && !isOne) {
      throw new RetortException(
          "network: expected two values of one shape to multiply, or one number for all of %s, got %s."
              .formatted(a.shape(), b.shape()));
    }
    return node(new Pointwise.Multiply(nodes.like(b, a), nodes.like(a, b)));
  }

  /** Probabilities of the numbers, or of those of each token. */
  public Node softmax(Node x) {
    Shapes.requireRows("softmax", own(x));
    return node(new Pointwise.Softmax(x));
  }

  /** The same value as if it were one that was given: no gradient goes through it. */
  public Node detach(Node x) {
    return node(new Fixed.Detach(own(x)));
  }

  /** One number everywhere. */
  public Node constant(double value, int... shape) {
    List<Integer> wanted = Shapes.require("a constant", shape);
    return nodes.turned(node(new Fixed.Constant(value, Shapes.product(wanted))), wanted);
  }

  /** Numbers side by side, or those of each of as many tokens. */
  public Node concat(Node... values) {
    List<Node> all = Given.given("network", "values to join", values);
    all.forEach(each -> Shapes.requireRows("values to join", own(each)));
    if (all.stream().map(Shapes::tokens).distinct().count() > 1) {
      throw new RetortException(
          "network: expected numbers, or tokens of one count, to join, got shapes %s."
              .formatted(all.stream().map(Node::shape).toList()));
    }
    return node(new Arrangement.Concat(all.stream().map(nodes::perMember).toList()));
  }

  /** Some of the numbers, or of those of each token. */
  public Node slice(Node x, int from, int count) {
    Shapes.requireRows("a slice", own(x));
    if (from < 0 || count < 1 || from > x.width() - count) {
      throw new RetortException(
          "network: expected a slice of %s numbers, got %s from %s."
              .formatted(x.width(), count, from));
    }
    return count == x.width() ? x : node(new Arrangement.Some(x, from, count));
  }

  /** One token, counted from 0. */
  public Node at(Node tokens, int token) {
    Shapes.requireTokens("a token", own(tokens));
    if (token < 0 || token >= tokens.tokens()) {
      throw new RetortException(
          "network: expected a token from 0 to %s, got %s.".formatted(tokens.tokens() - 1, token));
    }
    return node(new Arrangement.At(tokens, token));
  }

  /** All numbers of a value, one after the other. */
  public Node flatten(Node x) {
    return nodes.turned(own(x), List.of(x.size()));
  }

  /** The same numbers as numbers, tokens {@code (tokens, d)}, or a picture of three sizes. */
  public Node reshape(Node x, int... shape) {
    List<Integer> wanted = Shapes.require("a value", shape);
    if (Shapes.product(wanted) != own(x).size()) {
      throw new RetortException(
          "network: expected sizes with a product of %s to reshape %s, got %s."
              .formatted(x.size(), x.shape(), wanted));
    }
    return nodes.turned(x, wanted);
  }

  /**
   * Of each number, which is a choice from 0, a token of one number a choice: 1 at its place, 0
   * elsewhere. No gradient goes through it.
   */
  public Node oneHot(Node choice, int choices) {
    Shapes.requireNumbers("choices", own(choice));
    Shapes.requirePositive("choices", "number", choices);
    return node(new Fixed.OneHot(choice, choices));
  }

  /** Of each number, which is a choice from 0, a token that is learned for each choice. */
  public Node embedding(String name, Node choice, int choices, int width) {
    return linear(name, oneHot(choice, choices), width, 1);
  }

  /** Adds to each token numbers that are learned for its place. */
  public Node positions(String name, Node tokens) {
    Shapes.requireTokens("positions " + name, own(tokens));
    return node(Sequences.Positions.of(nodes.named(name), nodes.perMember(tokens)));
  }

  /**
   * Attention of each token to all, with so many heads. How much each token sees of each, a mean
   * over the heads, {@code (tokens, tokens)}, is an {@link #output} of the network, {@code
   * name.weights}.
   */
  public Node attention(String name, Node tokens, int heads) {
    return Composed.attention(this, name, own(tokens), heads, Optional.empty());
  }

  /**
   * Attention of each token to those that it sees, with so many heads.
   *
   * @param mask {@code (tokens, tokens)}: what is added to the score of each token for each, as
   *     {@link #mask} and {@link #causalMask} give it, or numbers that are learned
   */
  public Node attention(String name, Node tokens, int heads, Node mask) {
    int count = own(tokens).tokens();
    if (!own(mask).shape().equals(List.of(count, count))) {
      throw new RetortException(
          "network: expected a mask of shape [%s, %s] for attention %s, got %s. Say mask(..) or causalMask(..) of it."
              .formatted(count, count, name, mask.shape()));
    }
    return Composed.attention(this, name, tokens, heads, Optional.of(mask));
  }

  /**
   * What attention adds to scores so that only tokens are seen that are there; each sees itself.
   *
   * @param there one number a token, 1 where it is there and 0 where not
   */
  public Node mask(Node there) {
    return node(new Fixed.Unseen(absent(there), false));
  }

  /** The same, where a token sees none behind it either: what came later than it. */
  public Node causalMask(Node there) {
    return node(new Fixed.Unseen(absent(there), true));
  }

  private Node absent(Node there) {
    Shapes.requireNumbers("a mask", own(there));
    return node(new Fixed.Absent(there));
  }

  /** The sum of tokens, each times its weight, of which there is one a token. */
  public Node weightedSum(Node weights, Node tokens) {
    Shapes.requireTokens("a sum", own(tokens));
    Shapes.requireEach("weights", tokens, own(weights));
    return node(
        new Sequences.WeightedSum(nodes.like(tokens, weights), nodes.like(weights, tokens)));
  }

  /**
   * The angle of each token and each, {@code (tokens, tokens)}, from 0 to π; see {@link Angles}.
   */
  Node angles(Node tokens) {
    Shapes.requireTokens("angles", own(tokens));
    return node(new Angles(tokens));
  }

  /** The mean of all tokens. */
  public Node meanPool(Node tokens) {
    return weightedSum(constant(1.0 / own(tokens).tokens(), tokens.tokens()), tokens);
  }

  /** The mean of the tokens that are there. */
  public Node meanPool(Node tokens, Node there) {
    return weightedSum(softmax(absent(there)), tokens);
  }

  /** The mean of all tokens, weighted by the softmax of a score that is learned. */
  public Node attentionPool(String name, Node tokens) {
    return weightedSum(softmax(scores(name, tokens)), tokens);
  }

  /** The same of the tokens that are there. */
  public Node attentionPool(String name, Node tokens, Node there) {
    return weightedSum(softmax(add(scores(name, tokens), absent(there))), tokens);
  }

  private Node scores(String name, Node tokens) {
    return flatten(linear(name, tokens, 1, 1));
  }

  /** The next state of a gated recurrent unit, from what is seen and the state before. */
  public Node gru(String name, Node x, Node state) {
    Shapes.requireNumbers("unit " + name, own(x));
    Shapes.requireNumbers("the state of " + name, own(state));
    return Composed.gates(
        this,
        linear(name + ".in", x, 3 * state.width(), 1),
        linear(name + ".state", state, 3 * state.width(), 1),
        state);
  }

  /**
   * The states of a gated recurrent unit behind each token, of which the first came first; it
   * begins with zeros.
   */
  public List<Node> gru(String name, Node tokens, int width) {
    return Composed.gru(this, name, own(tokens), width, Optional.empty());
  }

  /** The same, whose state stays zero until the first token that is there. */
  public List<Node> gru(String name, Node tokens, int width, Node there) {
    return Composed.gru(this, name, own(tokens), width, Optional.of(own(there)));
  }

  /**
   * The layer that gave a value, with the same parameters, of another one: both uses learn it.
   *
   * @param layer what a linear layer, normalization, convolution, unit or positions gave
   * @param values in place of those that it was given
   */
  public Node again(Node layer, Node... values) {
    List<Node> all = Given.given("network", "values for a layer", values);
    all.forEach(this::own);
    return Composed.again(this, own(layer), all);
  }

  /**
   * Names a value within the network: every policy and student of the network then has an output of
   * that name, from wherever it is. Where outputs share their layers and one of them has this name
   * and as many numbers, such as the {@code mean} of a normal distribution, it is this value, in
   * place of a linear layer on the features.
   *
   * @return the same value
   */
  public Node output(String name, Node x) {
    String known = Given.given("network", "a name for each output", name);
    if (known.equals(Described.FEATURES)
        || outputs.putIfAbsent(nodes.full(known), own(x)) != null) {
      throw new RetortException(
          "network: expected a name of its own for each output, and none that is 'features', got '%s'."
              .formatted(name));
    }
    return x;
  }

  /** What was named so, in order. */
  Map<String, Node> outputs() {
    return outputs;
  }

  /** Parameters that are their own value in every row. */
  Node free(Slice slice) {
    return node(new RowLayers.Free(slice, rows));
  }

  /** Writes what follows with names of a trunk of its own. */
  void trunk(String name) {
    nodes.trunk(name + ".");
  }

  /** Writes what follows without. */
  void sharedTrunk() {
    nodes.trunk("");
  }

  /** All values in the order in which they are computed. */
  List<Node> nodes() {
    return nodes.all();
  }

  /** The parameters in the order in which they were named. */
  List<Slice> slices() {
    return nodes.all().stream()
        .flatMap(node -> node.operation().slices().stream())
        .distinct()
        .toList();
  }
}
