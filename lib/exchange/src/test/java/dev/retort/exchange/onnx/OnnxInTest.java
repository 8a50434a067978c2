package dev.retort.exchange.onnx;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.env;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.policy;
import static dev.retort.Retort.render;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.distribution.Categorical;
import dev.retort.env.Env;
import dev.retort.env.normalize.Normalization;
import dev.retort.exchange.onnx.OnnxGraph.Attribute;
import dev.retort.exchange.onnx.OnnxGraph.Element;
import dev.retort.nn.Output;
import dev.retort.policy.Actor;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of others as policies, and our own again. */
class OnnxInTest {
  private static final Box FOUR = Box.of(-5, 5, 4);
  private static final Discrete TWO = new Discrete(2);

  /** Scores of a cart to the left and to the right, by which the pole stays up. */
  private static final float[] CART = {0, 0, 0, 0.3f, -0.5f, 1, -0.5f, 1.5f};

  @TempDir Path folder;

  static Stream<String> architectures() {
    return Networks.architectures().keySet().stream();
  }

  static Stream<String> kinds() {
    return Networks.kinds().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void aNetworkComesBackAsItWent(String name) {
    requireTheSame(Networks.architectures().get(name));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aDistributionComesBackAsItWent(String name) {
    requireTheSame(Networks.kinds().get(name));
  }

  @Test
  void anEnsembleComesBackAsItWent() {
    NetworkPolicy member = Networks.kinds().get("squashed-normal");
    requireTheSame(new Ensemble("two", List.of(member, member)));
  }

  private void requireTheSame(Policy policy) {
    Path file = folder.resolve("policy.onnx");
    policy.save(file);
    Policy read = policy(file);
    assertThat(read.name()).isEqualTo(policy.name());
    assertThat(read.observations()).isEqualTo(policy.observations());
    assertThat(read.actions()).isEqualTo(policy.actions());
    assertThat(read.memory()).isEqualTo(policy.memory());
    RandomStream random = RandomStream.of(3, "observations");
    int rows = 10;
    float[] seen = new float[rows * policy.observations().size()];
    float[] actions = new float[rows * policy.actions().size()];
    float[] again = actions.clone();
    try (Actor own = policy.actor(rows);
        Actor other = read.actor(rows)) {
      for (int row = 0; row < rows; row++) {
        own.begin(row);
        other.begin(row);
      }
      for (int step = 0; step < 5; step++) {
        for (int i = 0; i < seen.length; i++) {
          seen[i] = (float) random.nextDouble();
        }
        own.greedy(seen, actions);
        other.greedy(seen, again);
        assertThat(again).containsExactly(actions, within(1e-5f));
      }
    }
  }

  @Test
  void allThatANetworkSaysComesBack() {
    NetworkPolicy policy = Networks.kinds().get("normal").discounting(0.9);
    policy.save(folder.resolve("policy.onnx"));
    Policy read = policy(folder.resolve("policy.onnx"));
    assertThat(Output.names(read.outputs())).containsExactly("mean", "log-deviation", "value");
    assertThat(read.discount()).hasValue(0.9);
    float[] seen = {0.1f, 0.2f, 0.3f, 0.4f};
    float[] own = outputs(policy, seen, 5);
    assertThat(outputs(read, seen, 5)).containsExactly(own, within(1e-5f));
  }

  private static float[] outputs(Policy policy, float[] seen, int width) {
    List<Output> said =
        policy.outputs().stream().filter(output -> !output.name().equals("features")).toList();
    float[] outputs = new float[width * (seen.length / policy.observations().size())];
    try (Policy.Forward forward = policy.forward(4, said)) {
      forward.apply(seen, outputs.length / width, outputs);
    }
    return outputs;
  }

  private Path linear(ForeignModel model) {
    return model.write(folder.resolve("foreign.onnx"));
  }

  private Path write(String name, OnnxGraph graph) {
    Path file = folder.resolve(name);
    try {
      Files.write(file, graph.bytes("foreign", "").toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Written by Python's onnx of the weights of Stable-Baselines3, one row at a time. */
  @Test
  void aModelThatWeDidNotWriteSaysWhatItsPolicySaidThere() throws Exception {
    Path file = Path.of(OnnxInTest.class.getResource("sb3-ppo-cartpole.onnx").toURI());
    Path said =
        Path.of(
            OnnxInTest.class
                .getResource("/dev/retort/exchange/safetensors/sb3-ppo-cartpole.json")
                .toURI());
    JsonObject there = JsonParser.parseString(Files.readString(said)).getAsJsonObject();
    Policy teacher = Onnx.of(file).on(env("CartPole")).logits("logits");
    for (int row = 0; row < 64; row++) {
      JsonArray seen = there.getAsJsonArray("obs").get(row).getAsJsonArray();
      JsonArray expected = there.getAsJsonArray("logits_normalised").get(row).getAsJsonArray();
      float[] observation = new float[4];
      for (int i = 0; i < 4; i++) {
        observation[i] = seen.get(i).getAsFloat();
      }
      float[] logits = outputs(teacher, observation, 2);
      double difference = (double) logits[1] - logits[0];
      double right = -Math.log1p(Math.exp(-difference));
      assertThat(right).isCloseTo(expected.get(1).getAsDouble(), within(2e-5));
    }
  }

  @Test
  void aForeignTeacherIsEvaluatedCollectedFromDistilledAndFilmed() {
    Path file = linear(new ForeignModel(CART));
    Env cart = env("CartPole");
    Policy teacher = Onnx.of(file).on(cart).logits("scores");
    assertThat(mean(teacher, cart)).isGreaterThan(150);
    Dataset data = collect(2_000).from(teacher).on(cart).seed(1).run();
    assertThat(data.size()).isEqualTo(2_000);
    Policy student = distill(teacher).from(data).into(mlp(16)).epochs(60).members(1).run();
    assertThat(mean(student, cart)).isGreaterThan(100);
    Path film = folder.resolve("film.gif");
    render(teacher).on(cart).steps(5).run().save(film);
    assertThat(film).isNotEmptyFile();
  }

  private static double mean(Policy policy, Env env) {
    return evaluate(policy).on(env).episodes(4).run().rows().get(0).mean().value();
  }

  @ParameterizedTest
  @MethodSource("batches")
  void theAxisOfRowsMayBeOfAnySizeFixedOrMissing(Object[] shape) {
    Path file = linear(new ForeignModel(CART).shape(shape));
    Policy policy = Onnx.of(file).on(FOUR, TWO).logits("scores");
    float[] seen = new float[7 * 4];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = i % 5 - 2;
    }
    float[] outputs = new float[7 * 2];
    try (Policy.Forward forward = policy.forward(7)) {
      forward.apply(seen, 7, outputs);
    }
    for (int row = 0; row < 7; row++) {
      for (int k = 0; k < 2; k++) {
        float sum = 0;
        for (int i = 0; i < 4; i++) {
          sum += seen[4 * row + i] * CART[2 * i + k];
        }
        assertThat(outputs[2 * row + k]).isCloseTo(sum, within(1e-5f));
      }
    }
  }

  static Stream<Arguments> batches() {
    return Stream.of(
            new Object[] {"N", 4},
            new Object[] {"N", "M"},
            new Object[] {1, 4},
            new Object[] {3, 4},
            new Object[] {4})
        .map(shape -> Arguments.of((Object) shape));
  }

  @Test
  void aClosedModelComputesNoMore() {
    Policy policy = foreign(Element.FLOAT);
    float[] outputs = new float[2];
    Policy.Forward forward = policy.forward(1);
    forward.apply(new float[] {1, 2, 3, 4}, 1, outputs);
    forward.close();
    assertThatThrownBy(() -> forward.apply(new float[4], 1, outputs))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void numbersOfOtherTypesAreTurnedIntoThem() {
    float[] seen = {1, 2, 3, 4};
    float[] expected = outputs(foreign(Element.FLOAT), seen, 2);
    assertThat(outputs(foreign(Element.DOUBLE), seen, 2)).containsExactly(expected);
    assertThat(outputs(foreign(Element.INT64), seen, 2)).containsExactly(expected);
  }

  private Policy foreign(Element type) {
    return Onnx.of(linear(new ForeignModel(CART).type(type))).on(FOUR, TWO).values("scores");
  }

  @Test
  void probabilitiesBecomeLogitsAndActionsAreMovedIntoTheirBounds() {
    OnnxGraph graph = new OnnxGraph();
    String x = graph.input("obs", Element.FLOAT, List.of(2));
    String p = graph.node("Softmax", List.of(x), Attribute.whole("axis", -1));
    graph.output("p", p, Element.FLOAT, List.of(2));
    graph.output("far", graph.node("Mul", List.of(x, graph.number(9))), Element.FLOAT, List.of(2));
    Path file = write("two.onnx", graph);
    Box two = Box.of(-1, 1, 2);
    Policy choosing = Onnx.of(file).on(two, TWO).probabilities("p");
    assertThat(outputs(choosing, new float[] {0.5f, -0.5f}, 2))
        .containsExactly(
            new float[] {(float) -Math.log1p(Math.exp(-1)), (float) -Math.log1p(Math.E)},
            within(1e-6f));
    assertThat(choosing.distribution()).isEqualTo(new Categorical(TWO));
    Policy doing = Onnx.of(file).on(two, two).action("far");
    assertThat(outputs(doing, new float[] {0.5f, 0.1f}, 2))
        .containsExactly(new float[] {1, 0.9f}, within(1e-6f));
  }

  @Test
  void normalizationPartsAndMemoryAreAsTheyAreSaid() {
    OnnxGraph graph = new OnnxGraph();
    String speed = graph.input("speed", Element.FLOAT, List.of(1));
    String goal = graph.input("goal", Element.FLOAT, List.of(2));
    String before = graph.input("before", Element.FLOAT, List.of(1));
    String sum = graph.node("Add", List.of(before, speed));
    graph.output("sum", sum, Element.FLOAT, List.of(1));
    String all = graph.node("Concat", List.of(goal, sum), Attribute.whole("axis", 1));
    graph.output("does", all, Element.FLOAT, List.of(3));
    Path file = write("parts.onnx", graph);
    Group seen = Group.of("goal", Box.of(-9, 9, 2)).and("speed", Box.of(-9, 9, 1));
    Onnx model = Onnx.of(file).on(seen, Box.of(-9, 9, 3));
    assertThatThrownBy(() -> model.action("does"))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "open policy '%s': expected to be told what each input is given, got nothing of speed, goal, before. Say seeing(\"speed\", \"part\", ..), or remembering(\"speed\", \"output\"), of speed float [any, 1], goal float [any, 2], before float [any, 1]."
                .formatted(file));
    Policy policy =
        model
            .seeing("speed", "speed")
            .seeing("goal", "goal")
            .remembering("before", "sum")
            .normalizing(new Normalization(new double[3], new double[] {1, 1, 0.5}, 10))
            .action("does");
    assertThat(policy.memory()).isEqualTo(1);
    float[] actions = new float[6];
    try (Actor actor = policy.actor(2)) {
      actor.begin(0);
      actor.begin(1);
      actor.greedy(new float[] {1, 2, 0.5f, 3, 4, 1}, actions);
      assertThat(actions).containsExactly(1, 2, 1, 3, 4, 2);
      actor.begin(1);
      actor.greedy(new float[] {0, 0, 1, 0, 0, 1}, actions);
      assertThat(actions).containsExactly(0, 0, 3, 0, 0, 2);
    }
  }

  @Test
  void aModelOfAnotherToolSaysWhatHasToBeSaid() {
    Path file = linear(new ForeignModel(CART));
    assertThatThrownBy(() -> policy(file))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "open policy '%s': expected a model that says what it sees and does, got one of another tool with inputs obs float [any, 4] and outputs scores float [any, 2]. Say it: Onnx.of(Path.of(\"%s\")).on(env).logits(\"scores\"), or probabilities(..), values(..), action(..), normal(..)."
                .formatted(file, file));
    Onnx model = Onnx.of(file);
    refused(
        () -> model.logits("scores"),
        "expected to be told what it sees and does, got nothing. Say on(env), or on(observations,"
            + " actions).");
    refused(
        () -> model.on(Box.of(0, 1, 3), TWO).logits("scores"),
        "expected an input for 3 numbers, got obs float [any, 4]. Say on(..) of another"
            + " environment, or seeing(..) of other parts.");
    refused(
        () -> model.on(FOUR, FOUR).logits("scores"),
        "expected actions that are choices for logits, got 4 numbers. Say another output, or on(..)"
            + " of another environment.");
    assertThatThrownBy(() -> model.on(FOUR, new Discrete(3)).logits("scores"))
        .hasMessage(
            "policy 'foreign': expected 3 numbers of output 'scores', got 2. Say another output, or"
                + " other spaces.");
    assertThatThrownBy(() -> model.on(FOUR, TWO).logits("score"))
        .hasMessageContaining("'score'")
        .hasMessageContaining("scores");
  }

  private static void refused(Runnable code, String message) {
    assertThatThrownBy(code::run).isInstanceOf(RetortException.class).hasMessageEndingWith(message);
  }

  @Test
  void aDistributionOfAFileThatNobodyKnowsIsRefusedWithTheFile() {
    OnnxGraph graph = new OnnxGraph();
    OnnxText.write(Networks.kinds().get("normal"), graph);
    graph.describe("retort.distribution", "votes");
    graph.output("mean", graph.input("x", Element.FLOAT, List.of(4)), Element.FLOAT, List.of(4));
    Path file = write("votes.onnx", graph);
    assertThatThrownBy(() -> policy(file))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("open policy '%s': ".formatted(file))
        .hasMessageContaining("got 'votes'");
  }
}
