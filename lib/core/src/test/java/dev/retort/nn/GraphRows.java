package dev.retort.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A small network for every operation and architecture. */
final class GraphRows {
  private GraphRows() {}

  /** A network; its name begins with the operation that it is there for. */
  record Row(String name, Blueprint blueprint) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row row(String name, Architecture network, Integer... shape) {
    return row(name, network, Trunk.SHARED, shape);
  }

  private static Row row(String name, Architecture network, Trunk trunk, Integer... shape) {
    return row(name, network, trunk, InputShape.of(List.of(shape)));
  }

  /** Over tokens of 3 numbers, of which some are there. */
  private static Row window(String name, Architecture network, int tokens) {
    InputShape.Part steps = new InputShape.Part("steps", List.of(tokens, 3));
    InputShape.Part mask = new InputShape.Part("mask", List.of(tokens));
    return row(name, network, Trunk.SHARED, InputShape.parts(List.of(steps, mask)));
  }

  private static Row row(String name, Architecture network, Trunk trunk, InputShape shape) {
    List<Output> outputs =
        List.of(Output.of("first", 2), Output.free("free", 2, 0.5), Output.of("last", 1));
    return new Row(name, new Blueprint(network, shape, outputs, trunk));
  }

  /** Over so many tokens of a trajectory, with so many numbers of what was done. */
  private static Row trajectory(String name, Architecture network, int tokens, int done) {
    List<InputShape.Part> parts = new ArrayList<>();
    parts.add(new InputShape.Part("returns", List.of(tokens, 1)));
    parts.add(new InputShape.Part("steps", List.of(tokens, 3)));
    if (done > 0) {
      parts.add(new InputShape.Part("actions", List.of(tokens, done)));
    }
    parts.add(new InputShape.Part("mask", List.of(tokens)));
    parts.add(new InputShape.Part("times", List.of(tokens)));
    return row(name, network, Trunk.SHARED, InputShape.parts(parts));
  }

  /** At times that are 0 or 1. */
  private static Architecture causal(CausalTransformer network) {
    return g -> network.write(g, g.multiply(g.part("times"), g.part("times")));
  }

  static Node flat(Graph graph) {
    return graph.flatten(graph.observation());
  }

  static Stream<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.add(row("observation", Graph::observation, 4));
    rows.add(row("observation of two sizes", Graph::observation, 2, 3));
    rows.add(row("observation of four sizes", Graph::observation, 2, 1, 2, 1));
    rows.add(row("linear", g -> g.linear("a", g.observation(), 5), 3));
    rows.add(row("linear, of tokens", g -> g.linear("a", g.observation(), 2, 0.5), 3, 4));
    rows.add(row("linear, twice of one", GraphRows::twoOfOne, 3));
    rows.add(row("scale", g -> g.scale(g.linear("a", g.observation(), 3), 1e-4), 2));
    rows.add(row("scale, of rows", g -> g.linear("a", g.scale(g.observation(), 0.1), 3), 2));
    for (Activation each : Activation.values()) {
      rows.add(row("apply " + each, g -> g.apply(each, g.linear("a", g.observation(), 4)), 3));
    }
    rows.add(row("apply, of rows", g -> g.apply(Activation.GELU, g.observation()), 3));
    rows.add(
        row(
            "add",
            g -> g.add(g.linear("x", g.observation(), 3), g.linear("y", g.observation(), 3)),
            2));
    rows.add(
        row("add, of rows", g -> g.add(g.observation(), g.linear("x", g.observation(), 3)), 3));
    rows.add(
        row(
            "add, of pictures",
            g -> g.add(g.observation(), g.convolution("x", g.observation(), 2, 3, 1, 1)),
            2,
            3,
            4));
    rows.add(row("add, of one twice", GraphRows::doubled, 2));
    rows.add(
        row(
            "concat",
            g -> g.concat(g.observation(), g.linear("x", g.observation(), 2), g.observation()),
            3));
    rows.add(
        row(
            "concat, of tokens",
            g -> g.linear("y", g.concat(g.linear("x", g.observation(), 3), g.observation()), 2),
            2,
            2));
    rows.add(row("flatten", g -> g.linear("a", flat(g), 3), 2, 2, 3));
    rows.add(
        row(
            "flatten, of tokens",
            g -> g.linear("b", g.flatten(g.linear("a", g.observation(), 3)), 2),
            2,
            2));
    rows.add(
        row(
            "reshape, to a picture",
            g ->
                g.convolution(
                    "x", g.reshape(g.linear("a", g.observation(), 18), 2, 3, 3), 2, 2, 1, 0),
            3));
    rows.add(
        row(
            "reshape, to tokens",
            g -> g.linear("x", g.reshape(g.convolution("a", g.observation(), 2, 2, 1, 0), 2, 4), 2),
            1,
            3,
            3));
    rows.add(row("convolution", g -> g.convolution("a", g.observation(), 3, 3, 1, 1), 2, 4, 3));
    rows.add(
        row(
            "convolution, in strides",
            g -> g.convolution("a", g.observation(), 2, 3, 2, 0),
            2,
            6,
            5));
    rows.add(row("convolution, twice", GraphRows::twoConvolutions, 1, 5, 4));
    rows.add(
        row(
            "maxPool",
            g -> g.maxPool(g.convolution("a", g.observation(), 2, 2, 1, 1), 3, 2, 1),
            1,
            4,
            5));
    rows.add(row("maxPool, of rows", g -> g.maxPool(g.observation(), 2, 2, 0), 2, 4, 4));
    rows.add(row("norm", g -> g.norm("n", g.linear("a", g.observation(), 5)), 3));
    rows.add(row("norm, of tokens", g -> g.norm("n", g.observation()), 2, 3));
    rows.addAll(ofSequences());
    rows.add(fromAnywhere());
    rows.add(row("mlp", Mlp.of(4, 3).scaled(0.5), 2, 2));
    rows.add(row("mlp of trunks", Mlp.of(4).activation(Activation.SIGMOID), Trunk.SEPARATE, 3));
    rows.add(row("cnn", new ResidualCnn(2, List.of(3)), 2, 5, 5));
    rows.add(row("cnn of trunks", new ResidualCnn(1, List.of()), Trunk.SEPARATE, 1, 3, 4));
    rows.add(row("image", ImageCnn.of(List.of(2, 3)).hidden(3).scaled(0.5), 2, 5, 6));
    rows.add(window("transformer", new Transformer(4, 2, 2), 3));
    rows.add(row("transformer, of tokens", new Transformer(6, 1, 3), 3, 2));
    rows.add(row("transformer, of tokens of types", GraphRows::ofTypes, 4, 3));
    rows.add(window("transformer, of steps of types", GraphRows::ofTypes, 3));
    rows.add(row("transformer of trunks", new Transformer(2, 1, 1), Trunk.SEPARATE, 2, 2));
    rows.add(window("tokens, which are all there", new TokenTransformer(4, 1, 2), 3));
    rows.add(ofJoints("tokens", new TokenTransformer(4, 2, 2)));
    rows.add(ofJoints("tokens, with deviations", new TokenTransformer(4, 1, 2).withDeviations()));
    rows.add(ofJoints("masked mlp", MaskedMlp.of(4, 3)));
    rows.add(ofJoints("urma", new Urma(List.of(3, 4), 2)));
    rows.add(
        trajectory(
            "causal transformer", causal(new CausalTransformer(4, 1, 2, 2, 5, false)), 6, 2));
    rows.add(
        trajectory(
            "causal transformer, tokens apart",
            causal(new CausalTransformer(2, 1, 1, 1, 4, true)),
            3,
            1));
    rows.add(
        trajectory(
            "causal transformer, of nothing done",
            causal(new CausalTransformer(2, 1, 1, 2, 4, true)),
            4,
            0));
    rows.add(row("projection", new Projection(3), 3, 4));
    rows.add(window("gru of a window", new Gru(3), 4));
    rows.add(row("gru of trunks", new Gru(2), Trunk.SEPARATE, 3, 2));
    return rows.stream();
  }

  private static List<Row> ofSequences() {
    List<Row> rows = new ArrayList<>();
    rows.add(window("part", g -> g.linear("a", g.part("mask"), 2), 3));
    rows.add(window("part, of tokens", g -> g.concat(tokens(g), g.part("steps")), 3));
    rows.add(
        row(
            "multiply",
            g -> g.multiply(g.linear("x", g.observation(), 3), g.linear("y", g.observation(), 3)),
            2));
    rows.add(row("multiply, of rows", g -> g.multiply(g.observation(), g.observation()), 3));
    rows.add(
        window(
            "multiply, by one number a token",
            g -> g.multiply(g.reshape(g.part("mask"), 4, 1), g.linear("a", tokens(g), 1)),
            4));
    rows.add(
        window(
            "multiply, of tokens by one number",
            g -> g.multiply(tokens(g), g.linear("a", g.part("steps"), 1)),
            2));
    rows.add(row("softmax", g -> g.softmax(g.linear("a", g.observation(), 4)), 3));
    rows.add(window("softmax, of tokens", g -> g.softmax(tokens(g)), 2));
    rows.add(row("detach", GraphRows::detached, 3));
    rows.add(row("constant", g -> g.add(g.constant(0.5, 3), g.linear("a", g.observation(), 3)), 2));
    rows.add(window("constant, of tokens", g -> g.add(g.constant(2, 3, 4), tokens(g)), 3));
    rows.add(row("slice", g -> g.multiply(g.slice(g.observation(), 0, 2), flatSlice(g, 1, 2)), 3));
    rows.add(window("slice, of tokens", g -> g.slice(tokens(g), 1, 2), 3));
    rows.add(
        window(
            "at",
            g -> g.multiply(g.at(tokens(g), 2), g.at(g.positions("p", tokens(g, "b")), 0)),
            3));
    rows.add(window("at, twice", GraphRows::firstAndLast, 3));
    rows.add(row("oneHot", g -> g.concat(flat(g), g.flatten(g.oneHot(choice(g), 2))), 3));
    rows.add(
        row(
            "embedding",
            g -> g.concat(flat(g), g.flatten(g.embedding("type", choice(g), 2, 4))),
            3));
    rows.add(window("positions", g -> g.positions("place", tokens(g)), 3));
    rows.add(window("positions, of rows", g -> g.positions("place", g.part("steps")), 3));
    rows.add(window("attention", g -> g.attention("a", tokens(g), 2), 3));
    rows.add(window("attention, of rows", g -> g.attention("a", g.part("steps"), 1), 3));
    rows.add(
        window(
            "attention, of a mask that is learned",
            g -> g.attention("a", tokens(g), 2, g.linear("mask", tokens(g, "b"), 3)),
            3));
    rows.add(window("attention, and its weights", GraphRows::attendedAndHow, 4));
    rows.add(window("mask", g -> g.attention("a", tokens(g), 4, g.mask(g.part("mask"))), 4));
    rows.add(
        window("causalMask", g -> g.attention("a", tokens(g), 2, g.causalMask(g.part("mask"))), 4));
    rows.add(
        window(
            "causalMask, of all",
            g -> g.attention("a", tokens(g), 2, g.causalMask(g.constant(1, 4))),
            4));
    rows.add(window("weightedSum", g -> g.weightedSum(g.part("mask"), tokens(g)), 3));
    rows.add(
        window(
            "weightedSum, of rows",
            g -> g.weightedSum(g.linear("w", g.part("mask"), 3), g.part("steps")),
            3));
    rows.add(window("angles", g -> g.angles(tokens(g)), 3));
    rows.add(window("angles, of rows", g -> g.angles(g.part("steps")), 4));
    rows.add(window("meanPool", g -> g.meanPool(tokens(g)), 3));
    rows.add(window("meanPool, of those there", g -> g.meanPool(tokens(g), g.part("mask")), 5));
    rows.add(window("attentionPool", g -> g.attentionPool("score", tokens(g)), 3));
    rows.add(
        window(
            "attentionPool, of those there",
            g -> g.attentionPool("score", tokens(g), g.part("mask")),
            5));
    rows.add(
        window("gru", g -> g.gru("unit", g.part("mask"), g.linear("a", g.part("mask"), 3)), 3));
    rows.add(window("gru, along tokens", g -> g.concat(all(g.gru("unit", tokens(g), 3))), 4));
    rows.add(
        window(
            "gru, along those there",
            g -> g.gru("unit", g.part("steps"), 3, g.part("mask")).get(3),
            4));
    rows.add(window("again, a linear layer", GraphRows::sharedLinear, 3));
    rows.add(window("again, a unit", GraphRows::sharedUnit, 3));
    rows.add(
        window(
            "again, positions and norm",
            g -> {
              Node once = g.norm("n", g.positions("p", tokens(g)));
              return g.again(once, g.again(g.positions("q", once), once));
            },
            3));
    rows.add(row("again, a convolution", GraphRows::sharedConvolution, 2, 4, 4));
    return rows;
  }

  /** Joints, of which some are there, with two outputs of each and one of all. */
  private static Row ofJoints(String name, Architecture network) {
    InputShape seen =
        InputShape.parts(
            List.of(
                new InputShape.Part("command", List.of(2)),
                new InputShape.Part("joints", List.of(3, 2)),
                new InputShape.Part("description", List.of(3, 2)),
                new InputShape.Part("present", List.of(3))));
    List<Output> outputs =
        List.of(Output.of("mean", 3), Output.of("log-deviation", 3), Output.of("value", 1));
    return new Row(name, new Blueprint(network, seen, outputs, Trunk.SHARED));
  }

  /** Outputs at the top, in the middle and of the features, all at once. */
  private static Row fromAnywhere() {
    Architecture network =
        g -> {
          Node middle = g.output("middle", g.linear("in", g.part("steps"), 2));
          return g.apply(Activation.TANH, g.linear("up", g.flatten(middle), 4));
        };
    List<Output> outputs =
        List.of(Output.of("first", 2), Output.inner("middle", 6), Output.inner("features", 4));
    Blueprint blueprint = window("", network, 3).blueprint();
    return new Row("output", new Blueprint(network, blueprint.inputShape(), outputs, Trunk.SHARED));
  }

  private static Node[] all(List<Node> nodes) {
    return nodes.toArray(Node[]::new);
  }

  private static Node tokens(Graph graph) {
    return tokens(graph, "tokens");
  }

  private static Node tokens(Graph graph, String name) {
    return graph.linear(name, graph.part("steps"), 4);
  }

  private static Node flatSlice(Graph graph, int from, int count) {
    return graph.slice(graph.linear("flat", graph.observation(), 4), from, count);
  }

  /** Of each number a choice of two. */
  private static Node choice(Graph graph) {
    return graph.multiply(graph.observation(), graph.observation());
  }

  /** Over tokens whose last numbers are choices of two. */
  private static Node ofTypes(Graph graph) {
    Steps steps = Steps.of("transformer", graph);
    Node squares = graph.multiply(steps.tokens(), steps.tokens());
    return new Transformer(4, 1, 2).types(2).write(graph, new Steps(squares, steps.there()));
  }

  private static Node detached(Graph graph) {
    Node h = graph.linear("in", graph.observation(), 3);
    return graph.multiply(h, graph.detach(graph.apply(Activation.TANH, h)));
  }

  private static Node attendedAndHow(Graph graph) {
    Node attended = graph.attention("a", tokens(graph), 2, graph.mask(graph.part("mask")));
    return graph.add(attended, graph.outputs().get("a.weights"));
  }

  private static Node firstAndLast(Graph graph) {
    Node h = tokens(graph);
    return graph.add(graph.add(graph.at(h, 0), graph.at(h, 2)), graph.flatten(graph.meanPool(h)));
  }

  private static Node sharedLinear(Graph graph) {
    Node once = graph.linear("twice", graph.at(graph.part("steps"), 0), 3);
    Node twice = graph.again(once, graph.at(graph.part("steps"), 1));
    return graph.concat(once, twice, graph.again(once, graph.apply(Activation.TANH, twice)));
  }

  private static Node sharedUnit(Graph graph) {
    Node steps = graph.part("steps");
    Node h = graph.gru("unit", graph.at(steps, 0), graph.constant(0, 2));
    return graph.again(h, graph.at(steps, 2), graph.again(h, graph.at(steps, 1), h));
  }

  private static Node sharedConvolution(Graph graph) {
    Node once = graph.convolution("twice", graph.observation(), 2, 3, 1, 1);
    return graph.again(once, graph.apply(Activation.RELU, once));
  }

  private static Node twoOfOne(Graph graph) {
    Node h = graph.apply(Activation.TANH, graph.linear("in", graph.observation(), 3));
    return graph.add(graph.linear("left", h, 2), graph.linear("right", h, 2));
  }

  private static Node doubled(Graph graph) {
    Node h = graph.linear("in", graph.observation(), 3);
    return graph.add(h, h);
  }

  private static Node twoConvolutions(Graph graph) {
    Node h = graph.convolution("one", graph.observation(), 3, 3, 1, 1);
    return graph.convolution("two", graph.apply(Activation.RELU, h), 2, 3, 2, 1);
  }
}
