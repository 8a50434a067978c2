package dev.retort.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ActorTest {
  private static final int BATCH = 200;

  private static RandomStream[] streams() {
    RandomStream[] streams = new RandomStream[BATCH];
    Arrays.setAll(streams, row -> RandomStream.of(1, "row", row));
    return streams;
  }

  @Test
  void samplesFollowTheProbabilities() {
    NetworkPolicy policy = Policies.choosing("p", (float) Math.log(7), (float) Math.log(2), 0);
    int[] counts = new int[3];
    float[] actions = new float[BATCH];
    RandomStream[] streams = streams();
    try (Actor actor = policy.actor(BATCH)) {
      for (int i = 0; i < 100; i++) {
        actor.sample(new float[2 * BATCH], streams, actions);
        for (float action : actions) {
          counts[(int) action]++;
        }
      }
    }
    // Four standard deviations of 20,000 draws are at most 0.0142.
    assertThat(counts[0] / 20_000.0).isCloseTo(0.7, within(0.0142));
    assertThat(counts[1] / 20_000.0).isCloseTo(0.2, within(0.0142));
    assertThat(counts[2] / 20_000.0).isCloseTo(0.1, within(0.0142));
  }

  @Test
  void theMostProbableChoiceIsPreferred() {
    float[] actions = new float[BATCH];
    float[] outputs;
    try (Actor actor = Policies.choosing("p", -1, 5, 4).actor(BATCH)) {
      outputs = actor.greedy(new float[2 * BATCH], actions).clone();
    }
    assertThat(actions).containsOnly(1);
    assertThat(outputs).startsWith(-1, 5, 4).hasSize(3 * BATCH);
  }

  @Test
  void actionValuesAreFollowedGreedilyAndDrawNoChance() {
    float[] actions = new float[BATCH];
    float[] p = new float[2 * BATCH];
    RandomStream[] streams = streams();
    try (Actor actor = Policies.valuing("q", 0, 0.001f).actor(BATCH)) {
      actor.sample(new float[2 * BATCH], streams, actions);
      actor.probabilities(new float[2 * BATCH], p);
    }
    assertThat(actions).containsOnly(1);
    assertThat(p).startsWith(0, 1, 0, 1);
    assertThat(streams[0].state()).isEqualTo(streams()[0].state());
  }

  @Test
  void continuousActionsComeSquashed() {
    float[] actions = new float[2 * BATCH];
    Box box = Box.within(2, 3);
    try (Actor actor = Policies.acting("a", box, 100, -100).actor(BATCH)) {
      actor.greedy(new float[2 * BATCH], actions);
    }
    assertThat(actions).startsWith(2, -3, 2, -3);
  }

  @Test
  void aRuleThatLeavesItsActionsIsRefused() {
    Policy policy =
        new Scripted(
            "rule", Policies.TWO_NUMBERS, new Discrete(2), (seen, action) -> action[0] = seen[0]);
    float[] action = new float[1];
    try (Actor actor = policy.actor(1)) {
      assertThat(actor.greedy(new float[] {1, 0}, action)).containsExactly(1);
      assertThat(action).containsExactly(1);
      assertThatThrownBy(() -> actor.greedy(new float[] {2, 0}, action))
          .isInstanceOf(RetortException.class)
          .hasMessage("policy 'rule': expected an action of 2 choices, got [2.0].");
      assertThatThrownBy(() -> actor.greedy(new float[] {Float.NaN, 0}, action))
          .isInstanceOf(RetortException.class)
          .hasMessage("policy 'rule': expected an action of 2 choices, got [NaN].");
    }
  }

  @Test
  void aPolicyWithTheWrongNumberOfParametersIsRefused() {
    NetworkPolicy policy = Policies.choosing("p", 0, 0);
    assertThatThrownBy(
            () ->
                new NetworkPolicy(
                        "short",
                        policy.observations(),
                        policy.distribution(),
                        policy.architecture(),
                        new float[5])
                    .actor(1))
        .isInstanceOf(RetortException.class)
        .hasMessage("network mlp:linear: expected 6 parameters, got 5.");
  }
}
