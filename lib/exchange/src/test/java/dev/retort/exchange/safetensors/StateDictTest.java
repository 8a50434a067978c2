package dev.retort.exchange.safetensors;

import static dev.retort.Retort.env;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.mlp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.env.normalize.Normalization;
import dev.retort.nn.Activation;
import dev.retort.nn.Output;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.store.Tensors;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks of PyTorch and of Stable-Baselines3, against what these say of the same observations.
 */
class StateDictTest {
  @TempDir Path folder;

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(StateDictTest.class.getResource(name).toURI());
  }

  private static float[] outputs(Policy policy, String name, float[] seen) {
    Output wanted =
        policy.outputs().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    int rows = seen.length / policy.observations().size();
    float[] outputs = new float[rows * wanted.size()];
    try (Policy.Forward forward = policy.forward(rows, List.of(wanted))) {
      forward.apply(seen, rows, outputs);
    }
    return outputs;
  }

  /** What Stable-Baselines3 2.9 said of 64 observations. */
  @Test
  void aPolicyOfStableBaselinesSaysWhatItSaidThere() throws Exception {
    Policy policy =
        StateDict.of(resource("sb3-ppo-cartpole.safetensors"))
            .on(env("CartPole"))
            .stableBaselines();
    JsonObject there =
        JsonParser.parseString(Files.readString(resource("sb3-ppo-cartpole.json")))
            .getAsJsonObject();
    float[] seen = floats(there.getAsJsonArray("obs"));
    assertThat(seen).hasSize(64 * 4);
    float[] logits = outputs(policy, "logits", seen);
    float[] logProbabilities = floats(there.getAsJsonArray("logits_normalised"));
    for (int row = 0; row < 64; row++) {
      double most = Math.max(logits[2 * row], logits[2 * row + 1]);
      double sum =
          most + Math.log(Math.exp(logits[2 * row] - most) + Math.exp(logits[2 * row + 1] - most));
      for (int k = 2 * row; k < 2 * row + 2; k++) {
        assertThat(logits[k] - sum).isCloseTo(logProbabilities[k], within(2e-5));
      }
    }
    assertThat(outputs(policy, "value", seen))
        .containsExactly(floats(there.getAsJsonArray("value")), within(1e-4f));
    assertThat(evaluate(policy).on(env("CartPole")).episodes(4).run().rows().get(0).mean().value())
        .isEqualTo(500);
  }

  private static float[] floats(JsonArray rows) {
    List<Float> all = new ArrayList<>();
    rows.forEach(
        row -> {
          if (row.isJsonArray()) {
            row.getAsJsonArray().forEach(each -> all.add(each.getAsFloat()));
          } else {
            all.add(row.getAsFloat());
          }
        });
    float[] floats = new float[all.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = all.get(i);
    }
    return floats;
  }

  private static float[] drawn(String name, int count) {
    RandomStream random = RandomStream.of(5, name);
    float[] all = new float[count];
    for (int i = 0; i < count; i++) {
      all[i] = (float) (random.nextDouble() - 0.5);
    }
    return all;
  }

  /** A layer of PyTorch, weights {@code (out, in)}. */
  private static void layer(Tensors tensors, String name, int in, int out) {
    tensors.put(name + ".weight", drawn(name, in * out), out, in);
    tensors.put(name + ".bias", drawn(name + ".bias", out));
  }

  /** {@code y = W x + b} by PyTorch's layout. */
  private static double[] apply(Tensors tensors, String name, double[] x) {
    float[] weight = tensors.floats(name + ".weight");
    double[] y = new double[weight.length / x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = tensors.floats(name + ".bias")[i];
      for (int j = 0; j < x.length; j++) {
        y[i] += weight[i * x.length + j] * x[j];
      }
    }
    return y;
  }

  private static double[] tanh(double[] x) {
    return Arrays.stream(x).map(Math::tanh).toArray();
  }

  private static double[] relu(double[] x) {
    return Arrays.stream(x).map(each -> Math.max(0, each)).toArray();
  }

  private StateDict file(Tensors tensors) {
    Path file = folder.resolve("net.safetensors");
    PlainTensors.write(file, tensors);
    return StateDict.of(file);
  }

  private static void requireClose(float[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-5));
    }
  }

  private static final float[] SEEN = {0.3f, -0.2f, 0.9f, 0.1f};
  private static final double[] X = {0.3f, -0.2f, 0.9f, 0.1f};

  @Test
  void layersOfASequenceAreTakenInTheOrderOfTheirNumbers() {
    Tensors tensors = new Tensors();
    for (int i = 10; i >= 0; i -= 2) {
      layer(tensors, String.valueOf(i), i == 0 ? 4 : 5, i == 10 ? 2 : 5);
    }
    Policy policy = file(tensors).on(env("CartPole")).into(mlp(5, 5, 5, 5, 5)).logits();
    double[] h = X;
    for (int i = 0; i < 10; i += 2) {
      h = tanh(apply(tensors, String.valueOf(i), h));
    }
    requireClose(outputs(policy, "logits", SEEN), apply(tensors, "10", h));
    assertThat(policy.origin().names()).isEqualTo("CartPole");
    double[] twice = Arrays.stream(X).map(each -> 2 * each).toArray();
    Normalization doubling =
        new Normalization(new double[4], new double[] {0.5, 0.5, 0.5, 0.5}, 10);
    Policy normalized =
        StateDict.of(folder.resolve("net.safetensors"))
            .on(env("CartPole"))
            .into(mlp(5, 5, 5, 5, 5))
            .normalizing(doubling)
            .logits();
    h = twice;
    for (int i = 0; i < 10; i += 2) {
      h = tanh(apply(tensors, String.valueOf(i), h));
    }
    requireClose(outputs(normalized, "logits", SEEN), apply(tensors, "10", h));
  }

  @Test
  void layersWithNamesAreTakenAsTheyAreNamed() {
    Tensors tensors = new Tensors();
    layer(tensors, "head", 6, 2);
    layer(tensors, "body", 4, 6);
    StateDict dict = file(tensors).on(env("CartPole")).into(mlp(6).activation(Activation.RELU));
    Policy policy = dict.naming("body", "hidden0").naming("head", "values").values();
    double[] expected = apply(tensors, "head", relu(apply(tensors, "body", X)));
    requireClose(outputs(policy, "values", SEEN), expected);
    refused(
        dict::values,
        "expected layers that are numbered, one for each of [hidden0, values], got [head, body]."
            + " Say which is which, such as naming(\"head\", \"hidden0\"), or another network.");
    refused(
        () -> dict.naming("feet", "hidden0").values(),
        "expected a layer of the file and one of the network, got 'feet' and 'hidden0'. The file"
            + " has [head, body], the network [hidden0, values].");
  }

  private static void refused(Runnable code, String message) {
    assertThatThrownBy(code::run)
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("open policy '")
        .hasMessageEndingWith(message);
  }

  @Test
  void deepQNetworksAndDeterministicActorsOfStableBaselines() {
    Tensors tensors = new Tensors();
    layer(tensors, "q_net.q_net.0", 4, 3);
    layer(tensors, "q_net.q_net.2", 3, 2);
    layer(tensors, "q_net_target.q_net.0", 4, 3);
    Policy values = file(tensors).on(env("CartPole")).stableBaselines();
    requireClose(
        outputs(values, "values", SEEN),
        apply(tensors, "q_net.q_net.2", relu(apply(tensors, "q_net.q_net.0", X))));
    Tensors actor = new Tensors();
    layer(actor, "actor.mu.0", 3, 4);
    layer(actor, "actor.mu.2", 4, 1);
    NetworkPolicy pendulum = (NetworkPolicy) file(actor).on(env("Pendulum")).stableBaselines();
    float[] seen = {0.5f, 0.5f, -1};
    double[] number =
        apply(actor, "actor.mu.2", relu(apply(actor, "actor.mu.0", new double[] {0.5, 0.5, -1})));
    requireClose(outputs(pendulum, "action", seen), number);
    assertThat(pendulum.distribution().kind()).isEqualTo("squashed-point");
  }

  @Test
  void softActorsAndNormalPoliciesOfStableBaselines() {
    Tensors soft = new Tensors();
    layer(soft, "actor.latent_pi.0", 3, 4);
    layer(soft, "actor.mu", 4, 1);
    layer(soft, "actor.log_std", 4, 1);
    Policy sac = file(soft).on(env("Pendulum")).stableBaselines();
    float[] seen = {0.5f, 0.5f, -1};
    double[] h = relu(apply(soft, "actor.latent_pi.0", new double[] {0.5, 0.5, -1}));
    requireClose(outputs(sac, "mean", seen), apply(soft, "actor.mu", h));
    requireClose(outputs(sac, "log-deviation", seen), apply(soft, "actor.log_std", h));
    Tensors tensors = new Tensors().put("log_std", new float[] {-0.7f});
    layer(tensors, "mlp_extractor.policy_net.0", 3, 4);
    layer(tensors, "mlp_extractor.value_net.0", 3, 5);
    layer(tensors, "action_net", 4, 1);
    layer(tensors, "value_net", 5, 1);
    Policy ppo = file(tensors).on(env("Pendulum")).stableBaselines();
    h = tanh(apply(tensors, "mlp_extractor.policy_net.0", new double[] {0.5, 0.5, -1}));
    requireClose(outputs(ppo, "mean", seen), apply(tensors, "action_net", h));
    requireClose(outputs(ppo, "log-deviation", seen), new double[] {-0.7f});
    assertThat(Output.names(ppo.outputs())).doesNotContain("value"); // its layers are wider
  }

  @Test
  void whatDoesNotFitIsRefusedByTheArrayAndTheFile() throws IOException {
    Tensors tensors = new Tensors();
    layer(tensors, "0", 4, 5);
    layer(tensors, "2", 5, 2);
    StateDict dict = file(tensors);
    refused(
        () -> dict.into(mlp(5)).logits(),
        "expected to be told what it sees and does, got nothing. Say on(env).");
    refused(
        () -> dict.on(env("CartPole")).logits(),
        "expected to be told its network, got nothing. Say into(mlp(64, 64)).");
    refused(
        () -> dict.on(env("CartPole")).into(mlp(6)).logits(),
        "expected an array '0.weight' of shape [6, 4] for 'hidden0.weight', got one of [5, 4]. Say"
            + " another network, or on(..) of another environment.");
    refused(
        () -> dict.on(env("Pendulum")).into(mlp(5)).logits(),
        "expected actions that are choices, got 1 number. Say another output.");
    assertThatThrownBy(() -> dict.on(env("CartPole")).stableBaselines())
        .hasMessageContaining(
            "expected the state dict of an MlpPolicy of PPO, A2C, DQN, TD3, DDPG or SAC");
    tensors.floats("0.bias")[3] = Float.NaN;
    refused(
        () -> file(tensors).on(env("CartPole")).into(mlp(5)).logits(),
        "expected finite numbers, got NaN as number 3 of '0.bias'. Take another copy of the file.");
    Path cut = folder.resolve("cut.safetensors");
    byte[] whole = Files.readAllBytes(folder.resolve("net.safetensors"));
    Files.write(cut, Arrays.copyOf(whole, whole.length - 3));
    assertThatThrownBy(() -> StateDict.of(cut))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("cut.safetensors");
  }
}
