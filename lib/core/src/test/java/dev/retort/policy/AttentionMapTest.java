package dev.retort.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.distribution.Normal;
import dev.retort.figure.Heat;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Initialization;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Parameter;
import dev.retort.nn.TokenTransformer;
import dev.retort.nn.Trunk;
import dev.retort.space.Box;
import dev.retort.space.Group;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttentionMapTest {
  private static final int JOINTS = 3;
  private static final Group SEEN =
      Group.of("command", Box.within(1))
          .and("joints", Box.of(-1, 1, JOINTS, 2))
          .and("present", Box.of(0, 1, JOINTS));
  private static final Normal NORMAL = new Normal(Box.of(-1, 1, JOINTS));
  private static final Blueprint BLUEPRINT =
      new Blueprint(
          new TokenTransformer(8, 2, 2),
          NetworkPolicy.shape(SEEN),
          List.of(Output.of("mean", JOINTS), Output.free("log-deviation", JOINTS, 0)),
          Trunk.SHARED);

  /** A robot with three joints, and the same without the last one. */
  private static final float[] ROWS = {
    0.3f, 0.1f, -0.8f, 0.5f, 0.7f, -0.4f, 0.9f, 1, 1, 1, //
    0.3f, 0.1f, -0.8f, 0.5f, 0.7f, 0, 0, 1, 1, 0
  };

  private static NetworkPolicy policy(float[] parameters) {
    return new NetworkPolicy("p", SEEN, NORMAL, BLUEPRINT, parameters, Optional.empty());
  }

  private static float[] drawn() {
    try (Network network = Network.of(BLUEPRINT, Initialization.FAN_IN, 7)) {
      return network.member(0);
    }
  }

  private static float[] row(int row) {
    return Arrays.copyOfRange(ROWS, row * SEEN.size(), (row + 1) * SEEN.size());
  }

  @Test
  void eachTokenSeesAllThatAreThereAndNoOther() {
    NetworkPolicy policy = policy(drawn());
    assertThat(Output.names(policy.outputs()))
        .contains("block0.attention.weights", "block1.attention.weights");
    AttentionMap whole = AttentionMap.of(policy, "block1.attention", row(0));
    AttentionMap partly = AttentionMap.of(policy, "block1.attention", row(1));
    AttentionMap both = AttentionMap.of(policy, "block1.attention", ROWS);
    for (int i = 0; i <= JOINTS; i++) {
      assertThat(whole.weights().get(i).stream().mapToDouble(each -> each).sum())
          .isCloseTo(1, within(1e-5));
      assertThat(whole.weights().get(i)).allMatch(weight -> weight > 0);
      for (int j = 0; j <= JOINTS; j++) {
        double mean = (whole.weights().get(i).get(j) + partly.weights().get(i).get(j)) / 2;
        assertThat(both.weights().get(i).get(j)).isCloseTo(mean, within(1e-6));
      }
      if (i < JOINTS) {
        assertThat(partly.weights().get(i).get(JOINTS)).as("one that lacks").isZero();
      }
    }
    assertThat(whole.weights().get(1).get(2)).isNotCloseTo(0.25, within(1e-3));
  }

  @Test
  void withoutQueriesAndKeysAllAreSeenAlike() {
    float[] parameters = drawn();
    int at = 0;
    for (Parameter each : BLUEPRINT.named(parameters)) {
      if (each.name().startsWith("block0.attention.in")) {
        Arrays.fill(parameters, at, at + each.values().length, 0);
      }
      at += each.values().length;
    }
    AttentionMap map = AttentionMap.of(policy(parameters), "block0.attention", row(1));
    for (int i = 0; i < JOINTS; i++) {
      for (int j = 0; j < JOINTS; j++) {
        assertThat(map.weights().get(i).get(j)).isCloseTo(1.0 / 3, within(1e-6));
      }
    }
    Heat heat = map.heat("map", List.of("all", "hip", "knee"));
    assertThat(heat.rows()).containsExactly("all", "hip", "knee").isEqualTo(heat.columns());
    assertThat(heat.values().get(2)).isEqualTo(map.weights().get(2).subList(0, 3));
    assertThatThrownBy(() -> map.heat("map", List.of("a", "b", "c", "d", "e")))
        .isInstanceOf(RetortException.class)
        .hasMessage("attention map block0.attention: expected names of 1 to 4 tokens, got 5.");
  }

  @Test
  void aPolicySaysWhatAnActorWouldAndRefusesWhatItDoesNotHave() {
    NetworkPolicy policy = policy(drawn());
    float[] features = policy.says("features", ROWS);
    assertThat(features).hasSize(2 * 8);
    try (Actor actor = policy.actor(2, policy.outputs())) {
      int width = Output.width(policy.outputs());
      float[] all = actor.outputs(ROWS);
      assertThat(Arrays.copyOfRange(all, 2 * width - 8, 2 * width))
          .containsExactly(Arrays.copyOfRange(features, 8, 16), within(1e-6f));
      assertThat(Arrays.copyOf(all, JOINTS))
          .containsExactly(Arrays.copyOf(policy.says("mean", ROWS), JOINTS), within(1e-6f));
    }
    assertThatThrownBy(() -> AttentionMap.of(policy, "block2.attention", ROWS))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("block1.attention.weights");
    assertThatThrownBy(() -> policy.says("mean", new float[11]))
        .isInstanceOf(RetortException.class)
        .hasMessage("policy 'p': expected rows of 10 numbers, got 11 numbers.");
  }
}
