package dev.retort.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Trunk;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnsembleTest {
  private static final float[] SEEN = {1, -1};

  @Test
  void probabilitiesAreAveragedAndNeverLogits() {
    // Members (3/4, 1/4) and (1/10, 9/10): mean (0.425, 0.575). The mean of the logits would give
    // softmax(ln 3 / 2, ln 9 / 2) = (0.366, 0.634).
    Ensemble ensemble =
        new Ensemble(
            "two",
            List.of(
                Policies.choosing("a", (float) Math.log(3), 0),
                Policies.choosing("b", 0, (float) Math.log(9))));
    float[] p = new float[2];
    try (Actor actor = ensemble.actor(1)) {
      actor.probabilities(SEEN, p);
    }
    assertThat(p).containsExactly(new float[] {0.425f, 0.575f}, within(1e-6f));
  }

  @Test
  void theSureMemberDoesNotOutvoteTheOthers() {
    // One member with a logit of 100 for choice 0; two members that are 0.9 sure of choice 1. The
    // mean of the logits would choose 0.
    NetworkPolicy sure = Policies.choosing("sure", 100, 0);
    NetworkPolicy other = Policies.choosing("other", 0, (float) Math.log(9));
    float[] action = new float[1];
    try (Actor actor = new Ensemble("three", List.of(sure, other, other.named("again"))).actor(1)) {
      actor.greedy(SEEN, action);
    }
    assertThat(action[0]).isEqualTo(1);
  }

  @Test
  void actionsAreAveragedAfterSquashing() {
    Box actions = Box.of(-2, 2, 1);
    Ensemble ensemble =
        new Ensemble(
            "two",
            List.of(Policies.acting("far", actions, 100), Policies.acting("near", actions, 0)));
    float[] action = new float[1];
    try (Actor actor = ensemble.actor(1)) {
      actor.greedy(SEEN, action);
    }
    // Squashing the mean of 100 and 0 would give 2.
    assertThat(action[0]).isEqualTo(1);
  }

  @Test
  void anEnsembleOfIdenticalMembersActsLikeTheMember() {
    NetworkPolicy member;
    try (Network network =
        Network.of(
            Mlp.of(8),
            List.of(2),
            List.of(Output.of("logits", 3)),
            Trunk.SHARED,
            Initialization.PYTORCH,
            4)) {
      member =
          new NetworkPolicy(
              "member",
              Policies.TWO_NUMBERS,
              new Categorical(new Discrete(3)),
              Mlp.of(8),
              network.member(0));
    }
    Ensemble ensemble = new Ensemble("seven", Policies.copies(member, 7));
    RandomStream random = RandomStream.of(1, "states");
    float[] states = new float[2 * 64];
    for (int i = 0; i < states.length; i++) {
      states[i] = (float) (3 * random.nextGaussian());
    }
    float[] alone = new float[3 * 64];
    float[] together = new float[3 * 64];
    float[] one = new float[64];
    float[] all = new float[64];
    try (Actor single = member.actor(64);
        Actor seven = ensemble.actor(64)) {
      single.probabilities(states, alone);
      seven.probabilities(states, together);
      single.greedy(states, one);
      seven.greedy(states, all);
    }
    assertThat(together).containsExactly(alone, within(1e-6f));
    assertThat(all).containsExactly(one);
  }

  @Test
  void actionValuesAreAveragedAsTheyAre() {
    Ensemble ensemble =
        new Ensemble("values", List.of(Policies.valuing("a", 1, 3), Policies.valuing("b", 4, 0)));
    float[] action = new float[1];
    try (Actor actor = ensemble.actor(1)) {
      assertThat(actor.greedy(SEEN, action)).containsExactly(2.5f, 1.5f);
    }
    assertThat(action).containsExactly(0);
    assertThat(ensemble.distribution()).isEqualTo(new ActionValues(new Discrete(2)));
  }

  @Test
  void membersOfDifferentKindsAreRefused() {
    NetworkPolicy two = Policies.choosing("two", 0, 0);
    assertThatThrownBy(() -> new Ensemble("none", List.of()))
        .isInstanceOf(RetortException.class)
        .hasMessage("ensemble: expected at least 1 member, got none.");
    assertThatThrownBy(
            () -> new Ensemble("mixed", List.of(two, Policies.choosing("three", 0, 0, 0))))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "ensemble: expected members from 2 numbers to 2 choices, got 'three' from 2 numbers to 3 choices. Use policies of the same spaces.");
    assertThatThrownBy(() -> new Ensemble("one", List.of(two)).first(2))
        .isInstanceOf(RetortException.class)
        .hasMessage("ensemble: expected 1 to 1 members, got 2.");
  }
}
