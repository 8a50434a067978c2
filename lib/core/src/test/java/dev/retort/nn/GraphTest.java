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
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation and architecture, forward and backward, against three others that know the
 * answer.
 */
class GraphTest {
  private static final int MEMBERS = 2;
  private static final int BATCH = 2;
  private static final List<Activation> CURVES = List.of(Activation.TANH, Activation.SIGMOID);

  private static double[] drawn(RandomStream random, int count) {
    return random.doubles(count, -1, 1).toArray();
  }

  private static List<double[]> parameters(WrittenTwice network, RandomStream random) {
    return network.slices.stream().map(each -> drawn(random, network.size(each))).toList();
  }

  private static int inputs(GraphRows.Row row) {
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
        .allSatisfy(
            name ->
                assertThat(GraphRows.rows()).anyMatch(row -> row.name().matches(name + "\\b.*")));
  }

  @ParameterizedTest
  @MethodSource("dev.retort.nn.GraphRows#rows")
  void whatItGivesIsWhatLoopsOverDoublesGive(GraphRows.Row row) {
    RandomStream random = RandomStream.of(1, row.name());
    for (boolean shared : new boolean[] {true, false}) {
      try (WrittenTwice network =
          new WrittenTwice(row.blueprint(), MEMBERS, BATCH, DataType.FLOAT64)) {
        List<double[]> parameters = parameters(network, random);
        int inputs = inputs(row);
        double[] x = drawn(random, (shared ? 1 : MEMBERS) * BATCH * inputs);
        double[] y = network.predict(x, parameters);
        for (int i = 0; i < MEMBERS * BATCH; i++) {
          Map<String, double[]> own = network.of(i / BATCH, parameters);
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
  static Stream<GraphRows.Row> differentiable() {
    return GraphRows.rows()
        .filter(
            row ->
                Fusion.live(Described.of(row.blueprint())).stream()
                    .map(Node::operation)
                    .noneMatch(
                        is -> is instanceof Fixed.Detach || is instanceof Sequences.Weights));
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void itsWayBackIsWhatCentralDifferencesGive(GraphRows.Row row) {
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
  @MethodSource("dev.retort.nn.GraphRows#rows")
  void itsWayBackIsTheEnginesOwn(GraphRows.Row row) {
    RandomStream random = RandomStream.of(3, row.name());
    for (boolean shared : new boolean[] {true, false}) {
      try (WrittenTwice network =
          new WrittenTwice(row.blueprint(), MEMBERS, BATCH, DataType.FLOAT32)) {
        List<double[]> parameters = parameters(network, random);
        double[] x = drawn(random, (shared ? 1 : MEMBERS) * BATCH * inputs(row));
        double[] dy = drawn(random, MEMBERS * BATCH * network.network.features().size());
        List<double[]> engines = network.recorded(x, parameters, dy);
        List<double[]> actual = network.generated(x, parameters, dy, !shared);
        boolean isOtherwise = isWrittenOtherwise(network);
        List<double[]> exact = isOtherwise ? exactly(row, x, parameters, dy, !shared) : engines;
        for (int i = 0; i < network.slices.size(); i++) {
          requireAsExact(
              network.slices.get(i).toString(), actual.get(i), engines.get(i), exact.get(i));
        }
        if (!shared) {
          requireAsExact("inputs", last(actual), last(engines), last(exact));
        }
      }
    }
  }

  /**
   * Numbers that are as near to the exact ones as the engine's, which are off by rounding; the
   * engine's very bits where those are taken for exact.
   */
  private static void requireAsExact(
      String what, double[] actual, double[] engines, double... exact) {
    double off = 0;
    for (int i = 0; i < exact.length; i++) {
      off = Math.max(off, Math.abs(engines[i] - exact[i]));
    }
    double most = exact == engines ? 0 : Math.max(1e-6, 2 * off);
    assertThat(off).as("%s: the engine's own error", what).isLessThan(1e-4);
    assertThat(actual).as(what).containsExactly(exact, within(most));
  }

  /** The same of the same single-precision numbers, computed in double precision. */
  private static List<double[]> exactly(
      GraphRows.Row row, double[] x, List<double[]> parameters, double[] dy, boolean inputs) {
    try (WrittenTwice network =
        new WrittenTwice(row.blueprint(), MEMBERS, BATCH, DataType.FLOAT64)) {
      return network.generated(
          rounded(x), parameters.stream().map(GraphTest::rounded).toList(), rounded(dy), inputs);
    }
  }

  private static double[] rounded(double... numbers) {
    return DoubleStream.of(numbers).map(number -> (float) number).toArray();
  }

  /**
   * Whether its last bits are others than the engine's: those of a tangent, whose way back is a
   * tangent's though it is written by the logistic function, of that one at the end of a tensor, of
   * sums in double precision, of angles, whose way back is written by their formula, and of
   * convolutions, whose channels are filled up with zeros.
   */
  private static boolean isWrittenOtherwise(WrittenTwice network) {
    return network.network.graph().nodes().stream()
        .map(Node::operation)
        .anyMatch(
            operation ->
                operation instanceof Outputs
                    || operation instanceof Sequences.Gates
                    || operation instanceof Angles
                    || operation instanceof Windows.Convolution
                    || (operation instanceof Pointwise.Apply apply
                        && CURVES.contains(apply.activation())));
  }

  @ParameterizedTest
  @MethodSource("dev.retort.nn.GraphRows#rows")
  void gradientsOfParametersAndInputsComeTogetherOrAlone(GraphRows.Row row) {
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
        writing(g -> g.convolution("eye", GraphRows.flat(g), 3, 3, 1, 1)),
        "network: expected a picture (planes, height, width) for convolution eye, got [18].");
    refused(
        writing(g -> g.convolution("eye", g.observation(), 3, 5, 1, 0)),
        "network: expected a picture of at least 5 × 5 for a kernel of 5, got [2, 3, 3]. Take a smaller kernel, or more padding.");
    refused(
        writing(g -> g.linear("up", g.linear("up", GraphRows.flat(g), 3), 3)),
        "network: expected a name of its own for each layer, got 'up' twice.");
    refused(
        writing(g -> g.add(GraphRows.flat(g), g.linear("up", GraphRows.flat(g), 3))),
        "network: expected two values of one shape to add, got [18] and [3].");
    refused(
        writing(g -> g.reshape(GraphRows.flat(g), 4, 4)),
        "network: expected sizes with a product of 18 to reshape [18], got [4, 4].");
    refused(
        writing(g -> g.concat(GraphRows.flat(g), g.reshape(GraphRows.flat(g), 9, 2))),
        "network: expected numbers, or tokens of one count, to join, got shapes [[18], [9, 2]].");
    Graph other = new Graph(InputShape.of(List.of(3)));
    refused(
        writing(g -> g.flatten(other.observation())),
        "network: expected values of the graph that is written, got Input[3] of another one.");
    refused(
        writing(g -> g.linear("up", null, 3)), "network: expected a value of its graph, got null.");
    refused(
        writing(g -> g.output("features", GraphRows.flat(g))),
        "network: expected a name of its own for each output, and none that is 'features', got 'features'.");
    refused(
        writing(g -> g.part("steps")),
        "network: expected a part of what is seen, [2, 3, 3], got 'steps'.");
    refused(
        writing(g -> g.attention("eye", g.reshape(GraphRows.flat(g), 9, 2), 3)),
        "network: expected heads that divide the width 2 for attention eye, got 3.");
    refused(
        writing(g -> g.attention("eye", g.reshape(GraphRows.flat(g), 9, 2), 1, GraphRows.flat(g))),
        "network: expected a mask of shape [9, 9] for attention eye, got [18]. Say mask(..) or causalMask(..) of it.");
    refused(
        writing(g -> g.meanPool(GraphRows.flat(g))),
        "network: expected tokens (tokens, width) for a sum, got [18]. Say reshape(..) first.");
    refused(
        writing(g -> g.at(g.reshape(GraphRows.flat(g), 9, 2), 9)),
        "network: expected a token from 0 to 8, got 9.");
    refused(
        writing(g -> g.slice(GraphRows.flat(g), 17, 2)),
        "network: expected a slice of 18 numbers, got 2 from 17.");
    refused(
        writing(g -> g.again(GraphRows.flat(g), GraphRows.flat(g))),
        "network: expected what a layer gave, and as many values as it has, got Input[18] and [Input[18]].");
    refused(
        writing(g -> g.again(g.linear("up", GraphRows.flat(g), 3), g.constant(0, 3))),
        "network: expected a value like [18] for the layer Linear[3] again, got [3].");
    refused(
        writing(g -> g.linear("up", GraphRows.flat(g), 0)),
        "network: expected a width of at least 1 for linear layer up, got 0.");
  }
}
