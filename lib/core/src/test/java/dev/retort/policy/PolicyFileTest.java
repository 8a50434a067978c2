package dev.retort.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.InEveryLocale;
import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.env.Environments;
import dev.retort.nn.Output;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import dev.retort.table.QTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@InEveryLocale
class PolicyFileTest {
  @TempDir Path folder;

  @Test
  void anEndingThatNobodyKnowsIsRefusedWithTheKnownOnesAndTheModuleOfOthers() throws IOException {
    Path file = folder.resolve("student.onnx");
    Path other = folder.resolve("teacher.onnx");
    String refusal =
        " policy: expected a file that ends in .safetensors, got '%s'. Name it so, or add"
            + " dev.retort:retort-exchange, which knows the formats of others.";
    assertThatThrownBy(() -> Policies.choosing("a", 0, 1).save(file))
        .hasMessage("save" + refusal.formatted(file));
    assertThat(file).doesNotExist();
    Files.write(other, new byte[100]);
    assertThatThrownBy(() -> PolicyFile.open(other)).hasMessage("open" + refusal.formatted(other));
  }

  private static void assertEqual(NetworkPolicy actual, NetworkPolicy expected) {
    assertThat(actual.name()).isEqualTo(expected.name());
    assertThat(actual.parameters()).containsExactly(expected.parameters());
    assertThat(actual.observations()).isEqualTo(expected.observations());
    assertThat(actual.actions()).isEqualTo(expected.actions());
    assertThat(actual.distribution()).isEqualTo(expected.distribution());
    assertThat(Output.names(actual.outputs())).isEqualTo(Output.names(expected.outputs()));
    assertThat(actual.architecture()).isEqualTo(expected.architecture());
  }

  @Test
  void everyKindOfPolicyIsReadBack() {
    Path file = folder.resolve("policy.safetensors");
    for (NetworkPolicy policy :
        List.of(
            Policies.choosing("logits", 1, 2, 3),
            Policies.valuing("values", 1, 2),
            Policies.acting("actions", Box.within(1, 2), -1, 1))) {
      policy.save(file);
      Policy read = PolicyFile.open(file);
      assertThat(read.name()).isEqualTo(policy.name());
      assertEqual((NetworkPolicy) read, policy);
    }
  }

  @Test
  void theDiscountOfActionValuesIsReadBackAndMayBeUnknown() {
    NetworkPolicy network = Policies.valuing("values", 1, 2);
    QTable table = new QTable(2, 2, 0, Optional.empty());
    TabularPolicy tabular =
        new TabularPolicy("table", network.observations(), (Discrete) network.actions(), table);
    for (Policy unknown : List.of(network, tabular)) {
      assertThat(PolicyFile.of(PolicyFile.tensors(unknown)).discount()).isEmpty();
    }
    for (Policy known :
        List.of(network.discounting(0.9).named("other"), tabular.discounting(0.9))) {
      assertThat(PolicyFile.of(PolicyFile.tensors(known)).discount()).hasValue(0.9);
    }
    assertThatThrownBy(() -> network.discounting(2))
        .isInstanceOf(RetortException.class)
        .hasMessage("policy 'values': expected a discount from 0 to 1, got 2.0.");
  }

  @Test
  void aFileOfAnotherKindIsNamedWithTheWordThatOpensIt() {
    Path file = folder.resolve("data");
    TensorFile.write(file, new Tensors().describe("kind", "dataset"));
    assertThatThrownBy(() -> PolicyFile.open(file))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "open '%s': expected what policy(..) opens, got a 'dataset'. Open it by dataset(..)."
                .formatted(file));
    Path policy = folder.resolve("policy.safetensors");
    Policies.choosing("p", 1, 2).save(policy);
    assertThatThrownBy(() -> Dataset.open(policy))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "open '%s': expected what dataset(..) opens, got a 'policy'. Open it by policy(..)."
                .formatted(policy));
  }

  @Test
  void anEnsembleIsReadBack() {
    Path file = folder.resolve("ensemble.safetensors");
    Ensemble ensemble =
        new Ensemble("two", List.of(Policies.choosing("a", 1, 2), Policies.choosing("b", 3, 4)));
    ensemble.save(file);
    Ensemble read = (Ensemble) PolicyFile.open(file);
    assertThat(read.name()).isEqualTo("two");
    assertThat(read.members()).hasSize(2);
    assertEqual(read.members().get(0), ensemble.members().get(0));
    assertEqual(read.members().get(1), ensemble.members().get(1));
    for (String names : List.of("[\"a\"]", "[\"a\", {}]", "a and b", "[")) {
      refused(
          PolicyFile.tensors(ensemble).describe("names", names),
          "open policy 'two': expected names of 2 members as JSON, got '%s'. Take another copy of the file."
              .formatted(names));
    }
  }

  @Test
  void aPopulationIsNoSinglePolicy() {
    Tensors tensors = PolicyFile.tensors(Policies.copies(Policies.valuing("a", 1, 2), 3));
    assertThat(PolicyFile.population(tensors)).hasSize(3);
    assertThatThrownBy(() -> PolicyFile.of(tensors))
        .isInstanceOf(RetortException.class)
        .hasMessage("open policy: expected a policy or an ensemble, got a 'population'.");
  }

  @Test
  void codeCannotBeWritten() {
    Policy rule = Scripted.of("rule", Environments.get("CartPole"), (seen, action) -> {});
    assertThat(PolicyFile.isNumbers(rule)).isFalse();
    assertThatThrownBy(() -> rule.save(folder.resolve("rule.safetensors")))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "save policy 'rule': expected a network, an ensemble of networks or a table, got"
                + " Scripted, which is code.");
  }

  @Test
  void whatIsNoPolicyIsRefusedInWords() {
    NetworkPolicy policy = Policies.choosing("p", 1, 2);
    refused(
        PolicyFile.tensors(policy).describe("distribution", "votes"),
        "open policy 'p': expected one of point, uniform, categorical, values, dueling-values for"
            + " 'distribution', got 'votes'.");
    refused(
        PolicyFile.tensors(policy).describe("outputs", "votes 2"),
        "open policy 'p': expected outputs that begin with [logits 2] for 2 choices, got 'votes"
            + " 2'.");
    refused(
        PolicyFile.tensors(policy).describe("outputs", "logits"),
        "open policy 'p': expected outputs such as 'logits 4, value 1', got 'logits'.");
    refused(
        PolicyFile.tensors(policy).describe("network", "mlp:many"),
        "open policy 'p': expected a network such as mlp:64,64 or mlp:64,64:relu or cnn:64:512,256"
            + " or transformer:32:2:2 or gru:64 for 'network', got 'mlp:many'.");
    refused(
        PolicyFile.tensors(policy).put("parameters", new float[6]),
        "open policy 'p': expected parameters of shape (members, parameters), got [6].");
    refused(
        PolicyFile.tensors(policy).put("parameters", new float[] {0, 0, Float.NaN, 0, 0, 0}, 1, 6),
        "open policy 'p': expected finite parameters, got NaN (member 0, parameter 2).");
    refused(
        PolicyFile.tensors(policy).describe("actions", "{}"),
        "space: expected a description such as {\"choices\":2}, got '{}'.");
    refused(new Tensors(), "tensors: expected metadata 'kind', got only [].");
  }

  private static void refused(Tensors tensors, String message) {
    assertThatThrownBy(() -> PolicyFile.of(tensors))
        .isInstanceOf(RetortException.class)
        .hasMessage(message);
  }
}
