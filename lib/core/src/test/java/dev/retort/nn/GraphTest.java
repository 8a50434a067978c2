package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation and architecture, there and back, against three others that know the answer. */
class GraphTest {
  private static final int MEMBERS = 2;
  private static final int BATCH = 2;

  /** A network; its name begins with the operation that it is there for. */
  private record Row(String name, Blueprint blueprint) {
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

  private static Node flat(Graph graph) {
    return graph.flatten(graph.observation());
  }

  static Stream<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.add(row("observation", Graph::observation, 4));
    rows.add(row("observation of two sizes", Graph::observation, 2, 3));
    rows.add(row("observation of four sizes", Graph::observation, 2, 1, 2, 1));
    rows.add(row("linear", g -> g.linear("a", g.observation(), 5), 3));
    rows.add(row("linear, of tokens", g -> g.linear("a", g.observation(), 2, 0.5), 3, 4));
    rows.add(row("linear, twice of one", GraphTest::twoOfOne, 3));
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
    rows.add(row("add, of one twice", GraphTest::doubled, 2));
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
    rows.add(row("convolution, twice", GraphTest::twoConvolutions, 1, 5, 4));
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
    rows.add(row("mlp of towers", Mlp.of(4).activation(Activation.SIGMOID), Trunk.SEPARATE, 3));
    rows.add(row("cnn", new ResidualCnn(2, List.of(3)), 2, 5, 5));
    rows.add(row("cnn of towers", new ResidualCnn(1, List.of()), Trunk.SEPARATE, 1, 3, 4));
    rows.add(row("image", ImageCnn.of(List.of(2, 3)).hidden(3).scaled(0.5), 2, 5, 6));
    rows.add(window("transformer", new Transformer(4, 2, 2), 3));
    rows.add(row("transformer, of tokens", new Transformer(6, 1, 3), 3, 2));
    rows.add(row("transformer of towers", new Transformer(2, 1, 1), Trunk.SEPARATE, 2, 2));
    rows.add(window("gru of a window", new Gru(3), 4));
    rows.add(row("gru of towers", new Gru(2), Trunk.SEPARATE, 3, 2));
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
    rows.add(row("detach", GraphTest::detached, 3));
    rows.add(row("constant", g -> g.add(g.constant(0.5, 3), g.linear("a", g.observation(), 3)), 2));
    rows.add(window("constant, of tokens", g -> g.add(g.constant(2, 3, 4), tokens(g)), 3));
    rows.add(row("slice", g -> g.multiply(g.slice(g.observation(), 0, 2), flatSlice(g, 1, 2)), 3));
    rows.add(window("slice, of tokens", g -> g.slice(tokens(g), 1, 2), 3));
    rows.add(
        window(
            "at",
            g -> g.multiply(g.at(tokens(g), 2), g.at(g.positions("p", tokens(g, "b")), 0)),
            3));
    rows.add(window("at, twice", GraphTest::firstAndLast, 3));
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
    rows.add(window("again, a linear layer", GraphTest::sharedLinear, 3));
    rows.add(window("again, a unit", GraphTest::sharedUnit, 3));
    rows.add(
        window(
            "again, positions and norm",
            g -> {
              Node once = g.norm("n", g.positions("p", tokens(g)));
              return g.again(once, g.again(g.positions("q", once), once));
            },
            3));
    rows.add(row("again, a convolution", GraphTest::sharedConvolution, 2, 4, 4));
    return rows;
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

  private static Node detached(Graph graph) {
    Node h = graph.linear("in", graph.observation(), 3);
    return graph.multiply(h, graph.detach(graph.apply(Activation.TANH, h)));
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

  private static double[] drawn(RandomStream random, int count) {
    return random.doubles(count, -1, 1).toArray();
  }

  private static List<double[]> parameters(WrittenTwice network, RandomStream random) {
    return network.slices.stream().map(each -> drawn(random, MEMBERS * each.size())).toList();
  }

  private static int inputs(Row row) {
    return row.blueprint().inputShape().size();
  }

  private static double[] last(List<double[]> gradients) {
    return gradients.get(gradients.size() - 1);
  }

  @Test
  void noOperationIsWithoutARow() {
    List<String> operations =
        Arrays.stream(Graph.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> method.getReturnType() == Node.class)
            .map(Method::getName)
            .distinct()
            .toList();
    assertThat(operations).hasSizeGreaterThan(9);
    assertThat(operations)
        .allSatisfy(name -> assertThat(rows()).anyMatch(row -> row.name().matches(name + "\\b.*")));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void whatItGivesIsWhatLoopsOverDoublesGive(Row row) {
    RandomStream random = RandomStream.of(1, row.name());
    for (boolean shared : new boolean[] {true, false}) {
      try (WrittenTwice network =
          new WrittenTwice(row.blueprint(), MEMBERS, BATCH, DataType.FLOAT64)) {
        List<double[]> parameters = parameters(network, random);
        int inputs = inputs(row);
        double[] x = drawn(random, (shared ? 1 : MEMBERS) * BATCH * inputs);
        double[] y = network.predict(x, parameters);
        for (int i = 0; i < MEMBERS * BATCH; i++) {
          Map<String, double[]> own = new HashMap<>();
          for (int slice = 0; slice < network.slices.size(); slice++) {
            own.put(network.slices.get(slice).name(), network.of(i / BATCH, slice, parameters));
          }
          int at = (shared ? i % BATCH : i) * inputs;
          double[] expected =
              PlainGraph.outputs(network.network, own, Arrays.copyOfRange(x, at, at + inputs));
          double[] actual = Arrays.copyOfRange(y, i * expected.length, (i + 1) * expected.length);
          assertThat(actual).containsExactly(expected, within(1e-12));
        }
      }
    }
  }

  /** Those whose way back is that of what they give. */
  static Stream<Row> differentiable() {
    return rows().filter(row -> !row.name().equals("detach"));
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void itsWayBackIsWhatCentralDifferencesGive(Row row) {
    RandomStream random = RandomStream.of(2, row.name());
    try (WrittenTwice network =
        new WrittenTwice(row.blueprint(), MEMBERS, BATCH, DataType.FLOAT64)) {
      List<double[]> parameters = parameters(network, random);
      double[] x = drawn(random, MEMBERS * BATCH * inputs(row));
      double[] dy = drawn(random, MEMBERS * BATCH * network.network.features().size());
      List<double[]> expected = network.differences(x, parameters, dy);
      List<double[]> actual = network.generated(x, parameters, dy, true);
      for (int i = 0; i < network.slices.size(); i++) {
        assertThat(actual.get(i))
            .as("%s", network.slices.get(i))
            .containsExactly(expected.get(i), within(1e-8));
      }
      assertThat(last(actual)).containsExactly(last(expected), within(1e-8));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void itsWayBackIsTheEnginesOwnToTheLastBit(Row row) {
    RandomStream random = RandomStream.of(3, row.name());
    for (boolean shared : new boolean[] {true, false}) {
      try (WrittenTwice network =
          new WrittenTwice(row.blueprint(), MEMBERS, BATCH, DataType.FLOAT32)) {
        List<double[]> parameters = parameters(network, random);
        double[] x = drawn(random, (shared ? 1 : MEMBERS) * BATCH * inputs(row));
        double[] dy = drawn(random, MEMBERS * BATCH * network.network.features().size());
        List<double[]> expected = network.recorded(x, parameters, dy);
        List<double[]> actual = network.generated(x, parameters, dy, !shared);
        for (int i = 0; i < network.slices.size(); i++) {
          assertThat(actual.get(i)).as("%s", network.slices.get(i)).isEqualTo(expected.get(i));
        }
        if (!shared) {
          assertThat(last(actual)).isEqualTo(last(expected));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void gradientsOfParametersAndInputsComeTogetherOrAlone(Row row) {
    List<float[]> own = new ArrayList<>();
    RandomStream random = RandomStream.of(4, row.name());
    int size = (int) row.blueprint().parameters();
    for (int member = 0; member < MEMBERS; member++) {
      own.add(floats(drawn(random, size)));
    }
    float[] x = floats(drawn(random, MEMBERS * BATCH * inputs(row)));
    try (Network network = Network.of(row.blueprint(), own)) {
      float[] dy = floats(drawn(random, MEMBERS * BATCH * network.width()));
      float[] out = new float[dy.length];
      float[] dx = new float[x.length];
      float[] alone = new float[x.length];
      network.forward(x, BATCH, Rows.PER_MEMBER, out);
      network.predict(new float[x.length], BATCH, Rows.PER_MEMBER, new float[dy.length]);
      network.backward(dy, dx);
      float[] gradients = network.gradients().clone();
      network.forward(x, BATCH, Rows.PER_MEMBER, new float[dy.length]);
      network.backwardToInputs(dy, alone);
      Arrays.fill(network.gradients(), 0);
      network.forward(x, BATCH, Rows.PER_MEMBER, new float[dy.length]);
      network.backward(dy);
      assertThat(alone).isEqualTo(dx).isNotEqualTo(new float[x.length]);
      assertThat(network.gradients()).isEqualTo(gradients).isNotEqualTo(new float[size]);
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @Test
  void aLayerOnALayerCostsOneDescriptionEach() {
    Architecture deep =
        graph -> {
          Node h = graph.observation();
          for (int i = 0; i < 100; i++) {
            h = graph.add(h, graph.apply(Activation.TANH, graph.linear("l" + i, h, 2)));
          }
          return h;
        };
    assertThat(deep.parameters(InputShape.of(List.of(2)), 1)).isEqualTo(100 * 6 + 3);
  }

  private static void refused(UnaryOperator<Graph> write, String message) {
    assertThatThrownBy(() -> write.apply(new Graph(InputShape.of(List.of(2, 3, 3)))))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining(message);
  }

  private static UnaryOperator<Graph> writing(Architecture network) {
    return graph -> {
      network.write(graph);
      return graph;
    };
  }

  @Test
  void whatCannotBeIsRefusedInWords() {
    refused(
        writing(g -> g.linear("up", g.observation(), 3)),
        "network: expected numbers or tokens for linear layer up, got a picture [2, 3, 3]. Say flatten(..) first.");
    refused(
        writing(g -> g.convolution("eye", flat(g), 3, 3, 1, 1)),
        "network: expected a picture (planes, height, width) for convolution eye, got [18].");
    refused(
        writing(g -> g.convolution("eye", g.observation(), 3, 5, 1, 0)),
        "network: expected a picture of at least 5 × 5 for a kernel of 5, got [2, 3, 3]. Take a smaller kernel, or more padding.");
    refused(
        writing(g -> g.linear("up", g.linear("up", flat(g), 3), 3)),
        "network: expected a name of its own for each layer, got 'up' twice.");
    refused(
        writing(g -> g.add(flat(g), g.linear("up", flat(g), 3))),
        "network: expected two values of one shape to add, got [18] and [3].");
    refused(
        writing(g -> g.reshape(flat(g), 4, 4)),
        "network: expected sizes with a product of 18 to reshape [18], got [4, 4].");
    refused(
        writing(g -> g.concat(flat(g), g.reshape(flat(g), 9, 2))),
        "network: expected numbers, or tokens of one count, to join, got shapes [[18], [9, 2]].");
    Graph other = new Graph(InputShape.of(List.of(3)));
    refused(
        writing(g -> g.flatten(other.observation())),
        "network: expected values of the graph that is written, got Input[3] of another one.");
    refused(
        writing(g -> g.linear("up", null, 3)), "network: expected a value of its graph, got null.");
    refused(
        writing(g -> g.output("features", flat(g))),
        "network: expected a name of its own for each output, and none that is 'features', got 'features'.");
    refused(
        writing(g -> g.part("steps")),
        "network: expected a part of what is seen, [2, 3, 3], got 'steps'.");
    refused(
        writing(g -> g.attention("eye", g.reshape(flat(g), 9, 2), 3)),
        "network: expected heads that divide the width 2 for attention eye, got 3.");
    refused(
        writing(g -> g.attention("eye", g.reshape(flat(g), 9, 2), 1, flat(g))),
        "network: expected a mask of shape [9, 9] for attention eye, got [18]. Say mask(..) or causalMask(..) of it.");
    refused(
        writing(g -> g.meanPool(flat(g))),
        "network: expected tokens (tokens, width) for a sum, got [18]. Say reshape(..) first.");
    refused(
        writing(g -> g.at(g.reshape(flat(g), 9, 2), 9)),
        "network: expected a token from 0 to 8, got 9.");
    refused(
        writing(g -> g.slice(flat(g), 17, 2)),
        "network: expected a slice of 18 numbers, got 2 from 17.");
    refused(
        writing(g -> g.again(flat(g), flat(g))),
        "network: expected what a layer gave, and as many values as it has, got Input[18] and [Input[18]].");
    refused(
        writing(g -> g.again(g.linear("up", flat(g), 3), g.constant(0, 3))),
        "network: expected a value like [18] for the layer Linear[3] again, got [3].");
    refused(
        writing(g -> g.linear("up", flat(g), 0)),
        "network: expected a width of at least 1 for linear layer up, got 0.");
  }
}
