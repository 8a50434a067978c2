package dev.retort.exchange.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.nn.Architecture;
import dev.retort.nn.Architectures;
import dev.retort.nn.Graph;
import dev.retort.nn.Mlp;
import dev.retort.nn.Node;
import dev.retort.nn.Output;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import dev.retort.space.SpaceText;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ONNX Runtime computes of a file is what the policy says, on a thousand observations. */
class OnnxOutTest {
  private static final int OBSERVATIONS = 1_000;
  private static final double CLOSE = 1e-5;

  @TempDir Path folder;

  @Test
  void noArchitectureIsWithoutARow() {
    List<String> rows =
        Networks.architectures().keySet().stream()
            .map(name -> name.split(" ", 2)[0])
            .distinct()
            .toList();
    List<String> own = Architectures.texts().stream().map(text -> text.split(":", 2)[0]).toList();
    List<String> names =
        Architectures.names().stream()
            .filter(name -> name.equals("branches") || !own.contains(name))
            .toList();
    assertThat(rows).isEqualTo(names);
    assertThat(names).hasSizeGreaterThan(5);
  }

  @Test
  void noOperationIsWithoutARow() {
    List<String> operations =
        Arrays.stream(Graph.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> method.getReturnType() == Node.class)
            .map(Method::getName)
            .distinct()
            .filter(name -> !name.equals("part")) // windows have parts
            .toList();
    List<String> rows =
        Networks.operations().keySet().stream()
            .map(name -> name.split("[ ,]", 2)[0])
            .distinct()
            .toList();
    assertThat(rows).containsExactlyInAnyOrderElementsOf(operations);
  }

  static Stream<String> architectures() {
    return Networks.architectures().keySet().stream();
  }

  static Stream<String> kinds() {
    return Networks.kinds().keySet().stream();
  }

  static Stream<String> operations() {
    return Networks.operations().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void anArchitectureGivesTheSameInOnnxRuntime(String name) throws Exception {
    requireTheSame(Networks.architectures().get(name));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aDistributionGivesTheSameInOnnxRuntime(String name) throws Exception {
    requireTheSame(Networks.kinds().get(name));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anOperationGivesTheSameInOnnxRuntime(String name) throws Exception {
    Architecture network = Networks.operations().get(name);
    Categorical choices = new Categorical(new Discrete(2));
    NetworkPolicy policy = Networks.policy(network, Networks.NUMBERS, choices);
    requireTheSame(policy);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anEnsembleIsOneGraph(String name) throws Exception {
    NetworkPolicy first = Networks.kinds().get(name);
    if (first.normalization().isPresent() || first.distribution().kind().equals("product")) {
      assertThatThrownBy(() -> new Ensemble("three", List.of(first)))
          .isInstanceOf(RetortException.class);
      return;
    }
    List<NetworkPolicy> members = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      float[] parameters = first.parameters();
      parameters[i] += 0.5f;
      members.add(
          new NetworkPolicy(
                  "member" + i,
                  first.observations(),
                  first.distribution(),
                  first.blueprint(),
                  parameters,
                  first.normalization())
              .seeing(first.perception()));
    }
    requireTheSame(new Ensemble("three", members));
  }

  private void requireTheSame(Policy policy) throws Exception {
    Path file = folder.resolve("policy.onnx");
    policy.save(file);
    int batch = policy.memory() == 0 ? OBSERVATIONS : OBSERVATIONS / 20;
    RandomStream random = RandomStream.of(11, "observations");
    float[] memory = new float[batch * policy.memory()];
    float[] theirs = memory.clone();
    List<Output> said = policy.outputs().stream().filter(OnnxOutTest::isGiven).toList();
    try (Session session = new Session(file);
        Policy.Forward forward = policy.forward(batch, said)) {
      for (int step = 0; step < OBSERVATIONS / batch; step++) {
        float[] seen = drawn(random, batch * policy.observations().size());
        float[] own = new float[batch * Output.width(said)];
        forward.apply(seen, memory, batch, own);
        Map<String, float[]> inputs = new HashMap<>(Map.of("observation", seen));
        if (policy.memory() > 0) {
          inputs.put("memory", theirs);
        }
        Map<String, float[]> given = session.run(batch, inputs);
        theirs = given.getOrDefault("next-memory", theirs);
        assertThat(theirs).containsExactly(memory, within(0f));
        requireTheSame(policy.distribution(), said, own, given, batch);
      }
    }
  }

  private static boolean isGiven(Output output) {
    return !List.of("features", "gated", "named").contains(output.name())
        && !output.name().endsWith(".weights");
  }

  private static float[] drawn(RandomStream random, int count) {
    float[] all = new float[count];
    for (int i = 0; i < count; i++) {
      all[i] = (float) (2 * random.nextDouble() - 1);
    }
    return all;
  }

  private static void requireTheSame(
      Distribution distribution,
      List<Output> said,
      float[] own,
      Map<String, float[]> given,
      int batch) {
    int width = Output.width(said);
    int at = 0;
    for (Output output : said) {
      if (given.containsKey(output.name()) && !output.name().equals("action")) {
        requireClose(output.name(), given.get(output.name()), own, at, width, batch);
      }
      at += output.size();
    }
    int size = distribution.actions().size();
    float[] actions = new float[batch * size];
    for (int row = 0; row < batch; row++) {
      distribution.mode(own, row * width, actions, row * size);
    }
    requireClose("action", given.get("action"), actions, 0, size, batch);
    if (distribution instanceof Categorical choices) {
      int n = choices.actions().n();
      float[] probabilities = new float[batch * n];
      for (int row = 0; row < batch; row++) {
        choices.probabilities(own, row * width, probabilities, row * n);
      }
      requireClose("probabilities", given.get("probabilities"), probabilities, 0, n, batch);
    }
    if (distribution instanceof ActionValues values && values.isDueling()) {
      float[] rows = new float[batch * values.size()];
      for (int row = 0; row < batch; row++) {
        System.arraycopy(own, row * width, rows, row * values.size(), values.size());
      }
      values.combine(rows, batch);
      requireClose("values", given.get("values"), rows, 0, values.actions().n(), batch);
    }
  }

  private static void requireClose(
      String name, float[] theirs, float[] own, int at, int width, int batch) {
    assertThat(theirs).as(name).isNotNull();
    int size = theirs.length / batch;
    for (int row = 0; row < batch; row++) {
      float[] expected = Arrays.copyOfRange(own, row * width + at, row * width + at + size);
      float[] actual = Arrays.copyOfRange(theirs, row * size, (row + 1) * size);
      assertThat(actual)
          .as("%s of row %s", name, row)
          .containsExactly(expected, within((float) CLOSE));
    }
  }

  @Test
  void theFileSaysItsSpacesItsSelectionAndItsAlgorithm() throws Exception {
    NetworkPolicy policy = Networks.kinds().get("selected");
    policy.discounting(0.97).save(folder.resolve("policy.onnx"));
    try (Session session = new Session(folder.resolve("policy.onnx"))) {
      assertThat(session.outputs()).containsExactly("mean", "log-deviation", "action", "value");
      assertThat(session.metadata())
          .containsEntry("retort.observations", SpaceText.write(policy.observations()).toString())
          .containsEntry("retort.actions", SpaceText.write(policy.actions()).toString())
          .containsEntry("retort.sees", "numbers:3,1")
          .containsEntry("retort.distribution", "normal")
          .containsEntry("retort.network", "mlp:16")
          .containsEntry("retort.discount", "0.97")
          .containsEntry("retort.members", "1");
    }
  }

  @Test
  void aPolicyThatIsNoNetworkIsRefusedByItsName() {
    Policy rule =
        new Scripted("rule", Networks.NUMBERS, new Discrete(2), (seen, action) -> action[0] = 0);
    assertThatThrownBy(() -> rule.save(folder.resolve("rule.onnx")))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "save policy 'rule' as ONNX: expected a network, or an ensemble of networks of one"
                + " kind, got Scripted. Distill it first.");
    assertThat(folder.resolve("rule.onnx")).doesNotExist();
  }

  @Test
  void anEndingThatNobodyKnowsIsRefusedWithTheKnownOnes() {
    NetworkPolicy policy =
        Networks.policy(Mlp.of(2), Networks.NUMBERS, new Categorical(new Discrete(2)));
    assertThatThrownBy(() -> policy.save(Path.of("student.pt")))
        .hasMessageStartingWith(
            "save policy: expected a file that ends in one of .safetensors, .onnx")
        .hasMessageEndingWith(", got 'student.pt'. Name it so.");
  }
}
