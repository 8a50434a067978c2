package dev.retort.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.env.control.CartPole;
import dev.retort.env.grid.FourRooms;
import dev.retort.random.RandomStream;
import dev.retort.store.Tensors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VectorEnvTest {
  private static VectorEnv begun(Env env, int copies) {
    VectorEnv envs = new VectorEnv(env, copies, copy -> RandomStream.of(3, "vector test", copy));
    envs.reset();
    return envs;
  }

  private static float[] sampled(Env env, int copies, RandomStream random) {
    float[] actions = new float[copies * env.actions().size()];
    for (int copy = 0; copy < copies; copy++) {
      env.actions().sample(random, actions, copy * env.actions().size());
    }
    return actions;
  }

  @Test
  void theFinalObservationIsKeptWhenTheNextEpisodeBegins() {
    VectorEnv envs = begun(new Corridor(3), 1);
    for (int t = 0; t < 200; t++) {
      envs.step(new float[] {1});
      if (envs.terminated()[0]) {
        assertThat(envs.nextObservations()[0]).isEqualTo(3);
        assertThat(envs.observations()[0]).isBetween(0f, 2f);
        assertThat(envs.episodeReturn(0)).isEqualTo(1);
      } else {
        assertThat(envs.nextObservations()[0]).isEqualTo(envs.observations()[0]);
      }
    }
  }

  @Test
  void terminatedAndTruncatedAreNeverMixed() {
    VectorEnv forward = begun(new Corridor(3), 1);
    forward.step(new float[] {1});
    forward.step(new float[] {1});
    forward.step(new float[] {1});
    assertThat(forward.truncated()[0]).isFalse();

    VectorEnv backward = begun(new Corridor(3), 1);
    for (int t = 1; t <= 50; t++) {
      backward.step(new float[] {0});
      assertThat(backward.terminated()[0]).isFalse();
      assertThat(backward.truncated()[0]).isEqualTo(t == 50);
      assertThat(backward.ended(0)).isEqualTo(t == 50);
    }
    assertThat(backward.episodeLength(0)).isEqualTo(50);
    assertThat(backward.episodeReturn(0)).isZero();
  }

  @Test
  void aTaskThatEndsAtTheHorizonIsTerminated() {
    Env brief = new CartPole().with("horizon", 1).with("trackLimit", 1e-9);
    VectorEnv envs = begun(brief, 1);
    envs.step(new float[] {1});
    assertThat(envs.terminated()[0]).isTrue();
    assertThat(envs.truncated()[0]).isFalse();
  }

  @Test
  void copiesOfEqualStreamsAreEqual() {
    VectorEnv envs = new VectorEnv(new CartPole(), 2, copy -> RandomStream.of(3, "same"));
    envs.reset();
    RandomStream random = RandomStream.of(4, "actions");
    for (int t = 0; t < 300; t++) {
      float action = random.nextInt(2);
      envs.step(new float[] {action, action});
      assertThat(envs.state(0)).isEqualTo(envs.state(1));
    }
  }

  @Test
  void aCopyDoesNotDependOnHowManyThereAre() {
    VectorEnv one = begun(new CartPole(), 1);
    VectorEnv many = begun(new CartPole(), 5);
    RandomStream random = RandomStream.of(4, "actions");
    for (int t = 0; t < 300; t++) {
      float[] actions = sampled(many.env(), 5, random);
      one.step(Arrays.copyOf(actions, 1));
      many.step(actions);
      assertThat(one.state(0)).isEqualTo(many.state(0));
    }
  }

  @Test
  void savedInMidEpisodeItGoesOnIdentically() {
    for (Env env : new Env[] {new CartPole(), new FourRooms().train(5), new Corridor(4)}) {
      VectorEnv envs = begun(env, 3);
      RandomStream random = RandomStream.of(5, "actions");
      for (int t = 0; t < 37; t++) {
        envs.step(sampled(env, 3, random));
      }
      Tensors saved = envs.save();
      VectorEnv again = new VectorEnv(env, 3, copy -> RandomStream.of(99, "other", copy));
      again.restore(saved);
      assertThat(again.observations()).isEqualTo(envs.observations());
      int ended = 0;
      for (int t = 0; t < 400; t++) {
        float[] actions = sampled(env, 3, random);
        envs.step(actions);
        again.step(actions);
        assertThat(again.nextObservations()).isEqualTo(envs.nextObservations());
        assertThat(again.observations()).isEqualTo(envs.observations());
        assertThat(again.rewards()).isEqualTo(envs.rewards());
        assertThat(again.truncated()).isEqualTo(envs.truncated());
        ended += envs.ended(1) ? 1 : 0;
      }
      assertThat(ended).as("episodes of %s that ended after the save", env).isPositive();
    }
  }

  @Test
  void anEpisodeOfAGivenContextCanBeBegun() {
    FourRooms rooms = new FourRooms().test(10);
    VectorEnv envs = begun(rooms, 2);
    envs.reset(1, 7);
    double[] expected = new double[rooms.stateSize()];
    rooms.reset(7, expected, RandomStream.of(0, "any"));
    assertThat(envs.state(1)).containsExactly(expected);
    float[] observation = new float[rooms.observations().size()];
    rooms.observe(expected, observation);
    assertThat(Arrays.copyOfRange(envs.observations(), observation.length, 2 * observation.length))
        .containsExactly(observation);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> begun(new CartPole(), 0))
        .isInstanceOf(RetortException.class)
        .hasMessage("vector environment: expected at least 1 copy, got 0.");
    Tensors other = begun(new Corridor(3), 2).save();
    VectorEnv cartPoles = begun(new CartPole(), 2);
    assertThatThrownBy(() -> cartPoles.restore(other))
        .hasMessage(
            "vector environment: expected 2 copies of a state of 4 numbers (CartPole), got 2 numbers in all. Resume with the same environment.");
    assertThatThrownBy(() -> cartPoles.step(new float[3]))
        .hasMessage(
            "vector environment: expected 2 actions of 1 numbers (CartPole), got 3 numbers in all.");
  }

  @Test
  void copiesThatRestStayWhereTheyAre() {
    VectorEnv all = new VectorEnv(new CartPole(), 3, copy -> RandomStream.of(copy, "rest"));
    VectorEnv some = new VectorEnv(new CartPole(), 3, copy -> RandomStream.of(copy, "rest"));
    all.reset();
    some.reset();
    float[] actions = {1, 1, 1};
    for (int t = 0; t < 60; t++) {
      float[] resting = Arrays.copyOfRange(some.observations(), 4, 8);
      all.step(actions);
      some.step(actions, new boolean[] {true, false, true});
      assertThat(some.rewards()).containsExactly(1, 0, 1);
      assertThat(some.ended(1)).isFalse();
      assertThat(Arrays.copyOfRange(some.observations(), 4, 8)).isEqualTo(resting);
      for (int copy = 0; copy < 3; copy += 2) {
        assertThat(some.state(copy)).isEqualTo(all.state(copy));
        assertThat(some.ended(copy)).isEqualTo(all.ended(copy));
      }
    }
  }
}
