package dev.retort.exchange.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Normal;
import dev.retort.distribution.SquashedNormal;
import dev.retort.distribution.SquashedPoint;
import dev.retort.env.normalize.Normalization;
import dev.retort.nn.Activation;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Gru;
import dev.retort.nn.Mlp;
import dev.retort.nn.Output;
import dev.retort.nn.Trunk;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is compiled alone, and does what the policy does. */
class JavaFormatTest {
  private static final int ROWS = 2_000;
  private static final Box SEEN = Box.of(-1, 1, 4);
  private static final Box DOES =
      new Box(List.of(-2f, Float.NEGATIVE_INFINITY), List.of(0.1f, 0.2f), List.of(2));

  @TempDir Path folder;

  private static NetworkPolicy drawn(Mlp mlp, Distribution distribution, long seed) {
    List<Output> outputs = new ArrayList<>(distribution.outputs());
    outputs.add(Output.of("value", 1));
    Blueprint blueprint = new Blueprint(mlp, NetworkPolicy.shape(SEEN), outputs, Trunk.SEPARATE);
    RandomStream random = RandomStream.of(seed, "parameters");
    float[] parameters = new float[(int) blueprint.parameters()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (0.4 * random.nextDouble() - 0.2);
    }
    return new NetworkPolicy(
        "a */ student", SEEN, distribution, blueprint, parameters, Optional.empty());
  }

  static Map<String, Policy> policies() {
    Map<String, Policy> all = new LinkedHashMap<>();
    Categorical choices = new Categorical(new Discrete(3));
    Box bounded = Box.of(-2, 1, 2);
    all.put("tanh", drawn(Mlp.of(64, 64), choices, 1));
    all.put("relu", drawn(Mlp.of(32).activation(Activation.RELU).scaled(0.3), choices, 1));
    all.put("sigmoid", drawn(Mlp.of(48, 8).activation(Activation.SIGMOID), choices, 1));
    all.put("values", drawn(Mlp.of(64), new ActionValues(new Discrete(4)), 1));
    all.put("normal", drawn(Mlp.of(64), new Normal(DOES), 1));
    all.put("squashed normal", drawn(Mlp.of(64), new SquashedNormal(bounded), 1));
    all.put("squashed point", drawn(Mlp.of(64), new SquashedPoint(bounded), 1));
    NetworkPolicy plain = drawn(Mlp.of(64), choices, 1);
    all.put(
        "normalized",
        new NetworkPolicy(
            "normalized",
            SEEN,
            choices,
            plain.blueprint(),
            plain.parameters(),
            Optional.of(
                new Normalization(
                    new double[] {0.1, -0.2, 0, 1}, new double[] {0.3, 0.2, 1, 2}, 1))));
    Blueprint narrow = new Blueprint(Mlp.of(64), List.of(2), choices.outputs(), Trunk.SHARED);
    float[] parameters = new float[(int) narrow.parameters()];
    System.arraycopy(plain.parameters(), 0, parameters, 0, parameters.length);
    all.put(
        "selected",
        new NetworkPolicy("two", Box.of(-1, 1, 2), choices, narrow, parameters, Optional.empty()));
    List<NetworkPolicy> members =
        List.of(drawn(Mlp.of(64), choices, 1), drawn(Mlp.of(64), choices, 2));
    all.put("ensemble", new Ensemble("two", members));
    return all;
  }

  static Stream<String> names() {
    return policies().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void itDoesWhatThePolicyDoes(String name) throws Exception {
    Policy policy = policies().get(name);
    policy.save(folder.resolve("Student.java"));
    String file = folder.resolve("Student.java").toString();
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--release",
                "8",
                "-Xlint:-options",
                "-d",
                folder.toString(),
                file);
    assertThat(failed).isZero();
    int size = policy.observations().size();
    RandomStream random = RandomStream.of(3, "observations");
    float[] seen = new float[ROWS * size];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = (float) (2 * random.nextDouble() - 1);
    }
    float[] numbers = new float[ROWS * policy.distribution().size()];
    try (Policy.Forward forward = policy.forward(ROWS)) {
      forward.apply(seen, ROWS, numbers);
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
      Class<?> student = loader.loadClass("Student");
      Method act = student.getMethod("act", float[].class);
      for (int row = 0; row < ROWS; row++) {
        float[] own = Arrays.copyOfRange(seen, row * size, (row + 1) * size);
        requireTheSame(policy.distribution(), numbers, row, act.invoke(null, own));
        if (policy.distribution() instanceof Categorical choices) {
          float[] p = new float[3];
          choices.probabilities(numbers, 3 * row, p, 0);
          requireClose(student.getMethod("probabilities", float[].class).invoke(null, own), p);
        }
      }
    }
  }

  private static void requireTheSame(
      Distribution distribution, float[] numbers, int row, Object done) {
    float[] action = new float[distribution.actions().size()];
    distribution.mode(numbers, row * distribution.size(), action, 0);
    if (done instanceof Integer choice) {
      assertThat((float) choice).isEqualTo(action[0]);
    } else {
      requireClose(done, action);
    }
  }

  private static void requireClose(Object actual, float[] expected) {
    double[] numbers = (double[]) actual;
    assertThat(numbers).hasSameSizeAs(expected);
    for (int i = 0; i < numbers.length; i++) {
      assertThat(numbers[i]).isCloseTo(expected[i], within(1e-6));
    }
  }

  @Test
  void whatIsNoSmallPerceptronIsRefusedWithWhatIs() {
    Categorical choices = new Categorical(new Discrete(2));
    Box tokens = Box.of(-1, 1, 3, 4);
    Blueprint blueprint = new Blueprint(new Gru(4), List.of(3, 4), choices.outputs(), Trunk.SHARED);
    float[] parameters = new float[(int) blueprint.parameters()];
    Policy gru = new NetworkPolicy("gru", tokens, choices, blueprint, parameters, Optional.empty());
    Path file = folder.resolve("Student.java");
    assertThatThrownBy(() -> gru.save(file))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "save policy 'gru' as Java: expected a perceptron with tanh, relu or sigmoid of at most"
                + " 100000 parameters in layers of at most 2000 numbers, or an ensemble of such,"
                + " got gru:4. Save it as .onnx.");
    assertThatThrownBy(() -> drawn(Mlp.of(400, 400), choices, 1).save(file))
        .hasMessageContaining("parameters in layers of up to 400 numbers. Save it as .onnx.");
    assertThatThrownBy(() -> drawn(Mlp.of(4), choices, 1).save(folder.resolve("my-student.java")))
        .hasMessage(
            "save policy 'a */ student': expected the name of a class such as Student.java, got"
                + " 'my-student.java'. Rename it.");
    assertThatThrownBy(() -> Retort.policy(file))
        .hasMessageContaining("expected a file of numbers, got a program");
    assertThat(folder).isEmptyDirectory();
  }
}
