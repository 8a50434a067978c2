package dev.retort.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.env.control.CartPole;
import dev.retort.env.grid.FourRooms;
import dev.retort.policy.ExploreGo;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    Env brief = new Corridor(1).timeLimit(1);
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

  /** Two hundred numbers of which so many change with every step; one of them may go wrong. */
  private record Wide(int changes, int wrongAt) implements Env {
    private static final int WRONG = 150;

    @Override
    public Space observations() {
      return Box.of(0, 1_000, 200);
    }

    @Override
    public Space actions() {
      return new Discrete(2);
    }

    @Override
    public int horizon() {
      return 7;
    }

    @Override
    public int stateSize() {
      return 2;
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      state[0] = 0;
      state[1] = random.nextInt(5);
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      state[0]++;
      return 1;
    }

    @Override
    public boolean terminated(double[] state) {
      return state[0] == 4 && state[1] == 3;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      for (int i = 0; i < observation.length; i++) {
        boolean differs = i * changes % 200 < changes;
        observation[i] = (float) (differs ? state[1] + state[0] * (i % 7) : i);
      }
      if (state[0] == wrongAt) {
        observation[WRONG] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 60, 200})
  void whatIsShownIsWhatIsObservedHoweverLittleOfItChanges(int changes) {
    Env wide = new Wide(changes, -1);
    VectorEnv envs = opened(wide, 3, new Right(3));
    envs.reset();
    float[] seen = new float[200];
    boolean[] playing = new boolean[3];
    for (int t = 0; t < 100; t++) {
      for (int copy = 0; copy < 3; copy++) {
        playing[copy] = (t + copy) % 4 != 0;
      }
      if (t == 50) {
        VectorEnv restored = opened(wide, 3, new Right(3));
        restored.restore(envs.save());
        envs = restored;
      }
      envs.step(new float[3], playing);
      for (int copy = 0; copy < 3; copy++) {
        wide.observe(envs.state(copy), seen);
        assertThat(Arrays.copyOfRange(envs.observations(), copy * 200, copy * 200 + 200))
            .isEqualTo(seen);
        if (playing[copy]) {
          wide.observe(envs.ended(copy) ? envs.finalState(copy) : envs.state(copy), seen);
          assertThat(Arrays.copyOfRange(envs.nextObservations(), copy * 200, copy * 200 + 200))
              .isEqualTo(seen);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 60, 200})
  void oneNumberThatIsNotFiniteIsFoundHoweverLittleElseChanges(int changes) {
    for (int at = 0; at <= 4; at++) {
      VectorEnv envs = begunOrRefused(new Wide(changes, at), at);
      for (int t = 1; t < at; t++) {
        envs.step(new float[2]);
      }
      if (at > 0) {
        assertThatThrownBy(() -> envs.step(new float[2]))
            .hasMessageStartingWith(
                "Wide: expected finite numbers in 'observation', got -Infinity at index 150 (copy 0, episode 0, step "
                    + at);
      }
    }
  }

  private static VectorEnv begunOrRefused(Env env, int at) {
    VectorEnv envs = new VectorEnv(env, 2, copy -> RandomStream.of(5, "wide", copy));
    if (at > 0) {
      envs.reset();
    } else {
      assertThatThrownBy(envs::reset)
          .hasMessageStartingWith("Wide: expected finite numbers in 'observation', got -Infinity")
          .hasMessageContaining("index 150 (copy 0, episode 0, step 0)");
    }
    return envs;
  }

  /** Walks right for as many steps as are drawn below a limit. */
  private record Right(int limit) implements Prologue {
    @Override
    public int steps(long episode, RandomStream random) {
      return random.nextInt(limit);
    }

    @Override
    public void act(
        float[] observation, RandomStream random, float[] action, Supplier<String> place) {
      action[0] = 1;
    }
  }

  private static VectorEnv opened(Env env, int copies, Prologue prologue) {
    return new VectorEnv(
        copy -> env,
        copies,
        copy -> RandomStream.of(3, "vector test", copy),
        prologue,
        copy -> RandomStream.of(3, "prologue test", copy));
  }

  @Test
  void anEpisodeIsSeenFromTheEndOfItsHiddenStepsOn() {
    Env brief = new Corridor(1_000_000);
    VectorEnv envs = opened(brief, 1, new Right(8));
    int[] counts = new int[8];
    long hidden = 0;
    for (int episode = 0; episode < 400; episode++) {
      envs.reset();
      int k = (int) (envs.hiddenSteps(0) - hidden);
      hidden = envs.hiddenSteps(0);
      counts[k]++;
      float first = envs.observations()[0];
      assertThat(envs.state(0)[0]).isEqualTo(first);
      int t = 0;
      do {
        assertThat(envs.observations()[0]).isEqualTo(first - Math.min(first, t));
        envs.step(new float[] {0});
        t++;
      } while (!envs.ended(0));
      assertThat(envs.truncated()[0]).isTrue();
      assertThat(t + k).as("the horizon counts the hidden steps").isEqualTo(brief.horizon());
      assertThat(envs.episodeLength(0)).isEqualTo(t);
      hidden = envs.hiddenSteps(0); // another episode has begun
    }
    // 400 draws from 8: 50 each, and 25 is 3.8 standard deviations away.
    for (int count : counts) {
      assertThat(count).isBetween(25, 75);
    }
  }

  @Test
  void anEpisodeThatEndsInItsHiddenStepsBeginsAgain() {
    VectorEnv envs = opened(new Corridor(3), 4, new Right(6));
    for (int i = 0; i < 300; i++) {
      envs.reset();
      for (int copy = 0; copy < 4; copy++) {
        assertThat(envs.observations()[copy]).isLessThan(3);
        assertThat(envs.ended(copy)).isFalse();
      }
    }
    envs.step(new float[] {0, 0, 0, 0});
    assertThat(envs.rewards()).containsExactly(0, 0, 0, 0);
    VectorEnv never =
        opened(
            new Corridor(3),
            1,
            new Prologue() {
              @Override
              public int steps(long episode, RandomStream random) {
                return 60;
              }

              @Override
              public void act(
                  float[] observation,
                  RandomStream random,
                  float[] action,
                  Supplier<String> place) {
                action[0] = 0;
              }
            });
    assertThatThrownBy(never::reset)
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "vector environment: expected an episode of Corridor that outlasts its hidden steps, got 100,000 that did not. Take fewer hidden steps.");
  }

  @Test
  void hiddenStepsGoOnIdenticallyAfterASave() {
    Env env = new FourRooms().with("rooms", 3).train(5);
    VectorEnv envs = opened(env, 3, ExploreGo.random(20, env.actions()));
    envs.reset();
    RandomStream random = RandomStream.of(5, "actions");
    for (int t = 0; t < 150; t++) {
      envs.step(sampled(env, 3, random));
    }
    VectorEnv again = opened(env, 3, ExploreGo.random(20, env.actions()));
    again.reset();
    again.restore(envs.save());
    int ended = 0;
    for (int t = 0; t < 500; t++) {
      float[] actions = sampled(env, 3, random);
      envs.step(actions);
      again.step(actions);
      assertThat(again.observations()).isEqualTo(envs.observations());
      for (int copy = 0; copy < 3; copy++) {
        assertThat(again.hiddenSteps(copy)).isEqualTo(envs.hiddenSteps(copy));
        if (envs.ended(copy)) {
          assertThat(again.episodeLength(copy)).isEqualTo(envs.episodeLength(copy));
          ended++;
        }
      }
    }
    assertThat(ended).isGreaterThan(10);
  }

  @Test
  void aCheckpointOfBeforeThereWereHiddenStepsIsStillRead() {
    VectorEnv envs = begun(new CartPole(), 2);
    envs.step(new float[] {1, 0});
    Tensors saved = envs.save();
    Tensors before =
        new Tensors()
            .put("states", saved.doubles("states"), 2, 4)
            .put("returns", saved.doubles("returns"))
            .put("steps", saved.ints("steps"))
            .put("streams", saved.longs("streams"));
    VectorEnv again = begun(new CartPole(), 2);
    again.restore(before);
    for (int t = 0; t < 100; t++) {
      envs.step(new float[] {1, 0});
      again.step(new float[] {1, 0});
      assertThat(again.observations()).isEqualTo(envs.observations());
      assertThat(again.episodeLength(0)).isEqualTo(envs.episodeLength(0));
    }
  }

  @Test
  void withoutAPrologueNothingIsHidden() {
    VectorEnv envs = begun(new CartPole(), 2);
    VectorEnv same = opened(new CartPole(), 2, Prologue.NONE);
    same.reset();
    for (int t = 0; t < 100; t++) {
      envs.step(new float[] {1, 0});
      same.step(new float[] {1, 0});
      assertThat(same.observations()).isEqualTo(envs.observations());
    }
    assertThat(envs.hiddenSteps(0)).isZero();
  }
}
