package dev.retort.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.distribution.Categorical;
import dev.retort.nn.Activation;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Graph;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Node;
import dev.retort.nn.Output;
import dev.retort.nn.Trunk;
import dev.retort.space.Discrete;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FeaturesTest {
  private static final Categorical CHOICES = new Categorical(new Discrete(2));
  private static final List<Output> OUTPUTS =
      List.of(CHOICES.outputs().get(0), Output.of("value", 1));

  /** The last layer of the logits gives of the features what the policy gives. */
  @ParameterizedTest
  @EnumSource(Trunk.class)
  void featuresAreWhatThePreferredChoiceIsComputedFrom(Trunk trunk) {
    Blueprint blueprint = new Blueprint(Mlp.of(5, 3), List.of(2), OUTPUTS, trunk);
    float[] parameters;
    try (Network network =
        Network.of(Mlp.of(5, 3), List.of(2), OUTPUTS, trunk, Initialization.FAN_IN, 7)) {
      parameters = network.member(0);
    }
    NetworkPolicy policy =
        new NetworkPolicy(
            "p", Policies.TWO_NUMBERS, CHOICES, blueprint, parameters, Optional.empty());
    assertThat(Output.names(policy.outputs())).containsExactly("logits", "value", "features");
    float[] own = blueprint.parametersOf(OUTPUTS.subList(0, 1), parameters);
    int last = own.length - 4 * 2;
    float[] seen = {0.3f, -0.7f, 1, 2};
    try (Actor actor = policy.actor(2, policy.outputs())) {
      float[] all = actor.outputs(seen);
      for (int row = 0; row < 2; row++) {
        for (int choice = 0; choice < 2; choice++) {
          double logit = own[last + 3 * 2 + choice];
          for (int k = 0; k < 3; k++) {
            logit += (double) all[row * 6 + 3 + k] * own[last + k * 2 + choice];
          }
          assertThat((double) all[row * 6 + choice]).isCloseTo(logit, within(1e-6));
        }
      }
    }
  }

  /** A network that says what lies in its middle. */
  private record Telling(int width) implements Architecture {
    @Override
    public Node write(Graph graph) {
      Node middle = graph.output("middle", graph.linear("in", graph.observation(), width));
      return graph.apply(Activation.TANH, graph.linear("up", middle, 2));
    }
  }

  @ParameterizedTest
  @EnumSource(Trunk.class)
  void aValueThatTheArchitectureNamesIsAnOutput(Trunk trunk) {
    Blueprint blueprint = new Blueprint(new Telling(3), List.of(2), OUTPUTS, trunk);
    float[] parameters;
    try (Network network = Network.of(blueprint, Initialization.FAN_IN, 7)) {
      parameters = network.member(0);
    }
    NetworkPolicy policy =
        new NetworkPolicy(
            "p", Policies.TWO_NUMBERS, CHOICES, blueprint, parameters, Optional.empty());
    assertThat(Output.names(policy.outputs()))
        .containsExactly("logits", "value", "middle", "features");
    float[] own = blueprint.parametersOf(OUTPUTS.subList(0, 1), parameters);
    float[] seen = {0.3f, -0.7f};
    try (Actor actor = policy.actor(1, policy.outputs())) {
      float[] all = actor.outputs(seen);
      for (int k = 0; k < 3; k++) {
        double middle = own[6 + k] + (double) seen[0] * own[k] + (double) seen[1] * own[3 + k];
        assertThat((double) all[3 + k]).isCloseTo(middle, within(1e-6));
      }
    }
  }

  @Test
  void anOutputThatIsCalledFeaturesIsThatOutput() {
    List<Output> outputs = List.of(CHOICES.outputs().get(0), Output.of("features", 4));
    Blueprint blueprint = new Blueprint(Mlp.of(3), List.of(2), outputs, Trunk.SHARED);
    float[] parameters = new float[(int) blueprint.parameters()];
    parameters[parameters.length - 1] = 9; // the last bias
    NetworkPolicy policy =
        new NetworkPolicy(
            "student", Policies.TWO_NUMBERS, CHOICES, blueprint, parameters, Optional.empty());
    assertThat(policy.outputs()).isEqualTo(outputs);
    try (Actor actor = policy.actor(1, policy.outputs())) {
      assertThat(actor.outputs(new float[2])).containsExactly(0, 0, 0, 0, 0, 9);
    }
  }
}
