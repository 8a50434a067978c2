package dev.retort.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.env.Env;
import dev.retort.env.VectorEnv;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Trunk;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Selection;
import dev.retort.space.Window;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private static final Env CLOCK = new Clock();

  /** Counts from another beginning, and by another length of memory. */
  private static Policy counter(int first, int memory) {
    return Scripted.of(
        "from " + first,
        CLOCK,
        memory,
        (seen, kept, action) -> action[0] = (first + kept[memory - 1]++) % 3);
  }

  @Test
  void eachMemberOfAnEnsembleHasAMemoryOfItsOwn() {
    Policy three = Ensemble.of("three", counter(0, 1), counter(0, 4), counter(1, 2));
    assertThat(three.memory()).isEqualTo(7);
    VectorEnv envs = new VectorEnv(CLOCK, 5, copy -> RandomStream.of(1, "copy", copy));
    float[] p = new float[15];
    float[] actions = new float[5];
    int[] steps = new int[5];
    int begun = 0;
    envs.reset();
    try (Actor actor = three.actor(envs)) {
      for (int step = 0; step < 100; step++) {
        for (int copy = 0; copy < 5; copy++) {
          begun += envs.isFresh(copy) ? 1 : 0;
          steps[copy] = envs.isFresh(copy) ? 0 : steps[copy] + 1;
        }
        float[] z = actor.greedy(envs.observations(), actions);
        for (int copy = 0; copy < 5; copy++) {
          three.distribution().probabilities(z, 3 * copy, p, 3 * copy);
          int choice = steps[copy] % 3;
          assertThat(p[3 * copy + choice]).isCloseTo(2 / 3f, within(1e-6f));
          assertThat(p[3 * copy + (choice + 1) % 3]).isCloseTo(1 / 3f, within(1e-6f));
          assertThat(actions[copy]).isEqualTo(choice);
        }
        envs.step(actions);
      }
    }
    assertThat(begun).isGreaterThan(20);
  }

  @Test
  void anEnsembleOfAnyPoliciesAveragesAsOneOfNetworksDoes(@TempDir Path folder) {
    for (List<NetworkPolicy> each :
        List.of(
            List.of(Policies.choosing("a", 0, 1), Policies.choosing("b", 2, 0)),
            List.of(Policies.valuing("a", 1, 2), Policies.valuing("b", 5, -3)),
            List.of(
                Policies.acting("a", Box.of(-2, 2, 1), 100),
                Policies.acting("b", Box.of(-2, 2, 1), 0.3f)))) {
      Policy any = Ensemble.of("any", each.toArray(Policy[]::new));
      Policy alike = new Ensemble("alike", each);
      assertThat(any.distribution()).isEqualTo(alike.distribution());
      any.save(folder.resolve("any.safetensors"));
      Policy opened = PolicyFile.open(folder.resolve("any.safetensors"));
      assertThat(opened).hasToString("any: 2 members, a, b");
      try (Actor one = any.actor(1);
          Actor other = alike.actor(1);
          Actor third = opened.actor(1)) {
        float[] outputs = one.outputs(SEEN).clone();
        assertThat(outputs).containsExactly(other.outputs(SEEN));
        assertThat(outputs).containsExactly(third.outputs(SEEN));
      }
    }
  }

  @Test
  void studentsWithWindowsOfDifferentLengthsAreSavedAndActTogether(@TempDir Path folder) {
    Policy both = Ensemble.of("both", window(2), window(5));
    assertThat(both.memory()).isEqualTo(3 * (2 + 5));
    both.save(folder.resolve("both.safetensors"));
    Policy opened = PolicyFile.open(folder.resolve("both.safetensors"));
    RandomStream random = RandomStream.of(3, "walk");
    try (Actor one = both.actor(1);
        Actor other = opened.actor(1);
        Actor two = window(2).actor(1);
        Actor five = window(5).actor(1)) {
      List.of(one, other, two, five).forEach(actor -> actor.begin(0));
      for (int step = 0; step < 12; step++) {
        float[] seen = {random.nextFloat(), random.nextFloat()};
        float[] z = one.outputs(seen).clone();
        assertThat(z).containsExactly(other.outputs(seen));
        float[] a = new float[2];
        float[] b = new float[2];
        two.probabilities(seen, a);
        five.probabilities(seen, b);
        assertThat(Math.exp(z[0])).isCloseTo((a[0] + b[0]) / 2, within(1e-6));
      }
    }
  }

  private static NetworkPolicy window(int steps) {
    Window seen = new Window(steps, Selection.all(Policies.TWO_NUMBERS));
    float[] parameters = new float[2 * 3 * steps + 2];
    RandomStream random = RandomStream.of(steps, "parameters");
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) random.nextGaussian();
    }
    Categorical choices = new Categorical(new Discrete(2));
    Blueprint network =
        new Blueprint(Mlp.of(), NetworkPolicy.shape(seen.sees()), choices.outputs(), Trunk.SHARED);
    return new NetworkPolicy(
            "window of " + steps,
            Policies.TWO_NUMBERS,
            choices,
            network,
            parameters,
            Optional.empty())
        .seeing(seen);
  }

  @Test
  void membersThatSeeOrDoOtherThingsAreRefused() {
    assertThatThrownBy(
            () ->
                Ensemble.of(
                    "two", Policies.choosing("a", 0, 1), Policies.acting("b", Box.of(-2, 2, 1), 0)))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("ensemble: expected members")
        .hasMessageContaining("Use policies of the same spaces.");
    assertThatThrownBy(() -> Ensemble.of("none"))
        .isInstanceOf(RetortException.class)
        .hasMessage("ensemble: expected a policy, got none.");
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
            Initialization.FAN_IN,
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
