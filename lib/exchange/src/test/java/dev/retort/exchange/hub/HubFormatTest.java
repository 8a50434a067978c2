package dev.retort.exchange.hub;

import static dev.retort.Retort.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.distribution.Normal;
import dev.retort.env.normalize.Normalization;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Gru;
import dev.retort.nn.Mlp;
import dev.retort.nn.Output;
import dev.retort.nn.Trunk;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.policy.Scripted;
import dev.retort.space.Box;
import dev.retort.space.Selection;
import dev.retort.space.Window;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders for the hub, there and again. */
class HubFormatTest {
  private static final Box SEEN = Box.of(-1, 1, 3);
  private static final Normal DOES = new Normal(Box.of(-1, 1, 2));

  @TempDir Path folder;

  private static NetworkPolicy student(String name, Optional<Normalization> normalization) {
    List<Output> outputs = new ArrayList<>(DOES.outputs());
    outputs.add(Output.of("value", 1));
    Blueprint blueprint =
        new Blueprint(Mlp.of(4), NetworkPolicy.shape(SEEN), outputs, Trunk.SEPARATE);
    return new NetworkPolicy(name, SEEN, DOES, blueprint, numbers(blueprint), normalization);
  }

  private static float[] numbers(Blueprint blueprint) {
    float[] parameters = new float[(int) blueprint.parameters()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = i;
    }
    return parameters;
  }

  private Policy again(Policy policy) {
    Path file = folder.resolve("policy.hub");
    policy.save(file);
    Policy read = policy(file);
    Tensors before = PolicyFile.tensors(policy);
    Tensors after = PolicyFile.tensors(read);
    assertThat(after.metadata()).isEqualTo(before.metadata());
    assertThat(after.all().keySet()).isEqualTo(before.all().keySet());
    assertThat(after.floats("parameters")).containsExactly(before.floats("parameters"));
    return read;
  }

  @Test
  void aNetworkComesBackToTheBitWithAllThatIsSaidOfIt() {
    Normalization normalization =
        new Normalization(new double[] {1, 2, 3}, new double[] {0.1, 0.2, 0.3}, 5, 77);
    NetworkPolicy policy = student("student", Optional.of(normalization)).discounting(0.9);
    assertThat(((NetworkPolicy) again(policy)).normalization()).contains(normalization);
  }

  @Test
  void anEnsembleAndAWindowComeBackToTheBit() {
    NetworkPolicy member = student("member", Optional.empty());
    again(new Ensemble("both", List.of(member, member.named("other"))));
    Window window = new Window(3, Selection.all(SEEN));
    Blueprint blueprint =
        new Blueprint(new Gru(4), NetworkPolicy.shape(window.sees()), DOES.outputs(), Trunk.SHARED);
    NetworkPolicy whole =
        new NetworkPolicy("gru", SEEN, DOES, blueprint, numbers(blueprint), Optional.empty());
    again(whole.seeing(window));
  }

  @Test
  void layersAreAsPyTorchHasThemAndTheCardHasItsHead() throws Exception {
    student("a | student", Optional.empty()).save(folder.resolve("student.hub"));
    Path written = folder.resolve("student.hub");
    Tensors model = TensorFile.readForeign(written.resolve("model.safetensors"));
    assertThat(model.metadata()).containsEntry("format", "pt");
    assertThat(model.shape("mean.hidden0.weight")).containsExactly(4, 3);
    assertThat(model.shape("mean.hidden0.bias")).containsExactly(4);
    assertThat(model.shape("log-deviation.free")).containsExactly(2);
    // Ours is (in, out): 0 1 2 3 are the weights of the first input.
    assertThat(model.floats("mean.hidden0.weight")).startsWith(0, 4, 8, 1, 5, 9);
    assertThat(model.all()).doesNotContainKey("checksum");
    JsonObject config =
        JsonParser.parseString(Files.readString(written.resolve("config.json"))).getAsJsonObject();
    assertThat(config.get("library_name").getAsString()).isEqualTo("retort");
    assertThat(config.getAsJsonObject("retort").get("network").getAsString()).isEqualTo("mlp:4");
    String card = Files.readString(written.resolve("README.md"));
    assertThat(card)
        .startsWith("---\nlibrary_name: retort\npipeline_tag: reinforcement-learning\ntags:\n")
        .contains("\n---\n\n# a \\| student\n")
        .contains("| `mean.hidden0.weight` | [4, 3] |");
  }

  @Test
  void damageIsRefusedByTheFolder() throws Exception {
    Path written = folder.resolve("student.hub");
    student("student", Optional.empty()).save(written);
    String config = Files.readString(written.resolve("config.json"));
    for (String other :
        List.of(
            "{",
            "[]",
            config.replace("\"members\": 1", "\"members\": 2"),
            config.replace("mlp:4", "mlp:5"),
            config.replace("value.bias", "votes"),
            config.replace("\"retort\"", "\"torter\""))) {
      Files.writeString(written.resolve("config.json"), other);
      assertThatThrownBy(() -> policy(written))
          .isInstanceOf(RetortException.class)
          .hasMessageStartingWith("open policy '%s': ".formatted(written));
    }
    Files.delete(written.resolve("config.json"));
    assertThatThrownBy(() -> policy(written))
        .hasMessage(
            "open policy '%s': expected a folder with a config.json, got NoSuchFileException. Take another copy of the folder."
                .formatted(written));
  }

  @Test
  void aRuleIsRefusedByItsName() {
    Policy rule = new Scripted("rule", SEEN, SEEN, (seen, action) -> action[0] = 0);
    assertThatThrownBy(() -> rule.save(folder.resolve("rule.hub")))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "save policy 'rule' for the hub: expected a network, or an ensemble of networks of one"
                + " kind, got Scripted. Distill it first.");
    assertThat(folder.resolve("rule.hub")).doesNotExist();
  }
}
