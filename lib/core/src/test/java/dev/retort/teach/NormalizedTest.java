package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.env.VectorEnv;
import dev.retort.env.normalize.Normalization;
import dev.retort.evaluate.Evaluator;
import dev.retort.option.Schedule;
import dev.retort.policy.Actor;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.random.RandomStream;
import dev.retort.run.Resumable;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Learners with a memory that see and earn normalized numbers. */
class NormalizedTest {
  private static final long[] SEEDS = {4, 5};
  private static final Env PENDULUM = new Stretched(Environments.get("Pendulum"), 2, 1000, 1);
  private static final Env CAR = new Stretched(Environments.get("MountainCar"), 0, 1000, 1);

  private static final Dqn DQN =
      new Dqn().steps(2_000).hidden(8).warmUp(40).trainEvery(1).updates(1).batchSize(16);
  private static final Td3 TD3 = new Td3().steps(2_000).hidden(8).warmUp(40).batchSize(16);
  private static final Sac SAC = new Sac().steps(2_000).hidden(8).warmUp(40).batchSize(16);

  static List<OffPolicy<?>> all() {
    return List.of(DQN, TD3, SAC);
  }

  private static Learner learner(Algorithm algorithm) {
    return algorithm.learner(algorithm instanceof Dqn ? CAR : PENDULUM, SEEDS);
  }

  private static void iterate(Learner learner, int times) {
    Session session = Session.unwatched("return", "length");
    for (int i = 0; i < times; i++) {
      learner.iterate(session);
    }
  }

  private static Normalizers normalizers(Dqn dqn, double gamma, Resumable state) {
    return new Normalizers(dqn.gamma(gamma), 2, 1, 2, state);
  }

  @Test
  void aMinibatchIsNormalizedByTheStatisticsOfTheMomentWhenItIsDrawn() {
    // The car earns −1 a step: with γ = 0.5 running returns are −1, −1.5, −1.75.
    Env car = Environments.get("MountainCar");
    VectorEnv envs = new VectorEnv(car, 2, copy -> RandomStream.of(1, "normalised", copy));
    Resumable state = new Resumable();
    Normalizers normalizers = normalizers(DQN.normalized(), 0.5, state);
    envs.reset();
    for (int step = 0; step < 3; step++) {
      envs.step(new float[] {0, 2});
      normalizers.count(envs.rewards(), envs);
    }
    double mean = (1 + 1.5 + 1.75) / 3;
    double deviation =
        Math.sqrt((Math.pow(1 - mean, 2) + Math.pow(1.5 - mean, 2) + Math.pow(1.75 - mean, 2)) / 3);
    // Two members, two numbers each: the first sees 1 and 3 in front, the second 10 and 30.
    normalizers.observe(new float[] {1, -5, 10, 0});
    float[] seen = normalizers.observe(new float[] {3, -5, 30, 4}).clone();
    assertThat(seen).containsExactly(new float[] {1, 0, 1, 1}, within(1e-6f));
    Replay.Sample sample = new Replay.Sample(4, 2, 1);
    System.arraycopy(new float[] {2, -5, 4, -4, 20, 2, 1000, 1}, 0, sample.obs, 0, 8);
    System.arraycopy(new float[] {1, -5, -99, -5, 0, 0, 10, 3}, 0, sample.nextObs, 0, 8);
    System.arraycopy(new float[] {-1, -2, 0.5f, -100}, 0, sample.rewards, 0, 4);
    normalizers.apply(sample);
    assertThat(sample.obs)
        .containsExactly(new float[] {0, 0, 2, 1, 0, 0, 10, -0.5f}, within(1e-6f));
    assertThat(sample.nextObs)
        .containsExactly(new float[] {-1, 0, -10, 0, -2, -1, -1, 0.5f}, within(1e-6f));
    assertThat(sample.rewards)
        .containsExactly(
            new float[] {
              (float) (-1 / deviation), (float) (-2 / deviation), (float) (0.5 / deviation), -10
            },
            within(1e-5f));
    // A later moment, other statistics; and they are what is saved.
    normalizers.observe(new float[] {5, -5, 50, 8});
    Resumable other = new Resumable();
    Normalizers restored = normalizers(DQN.normalized(), 0.5, other);
    other.restore(state.save());
    float wide = (float) (2 / Math.sqrt(8 / 3.0));
    float[] raw = {5, -5, 10, 0};
    assertThat(normalizers.normalize(raw))
        .containsExactly(
            new float[] {wide, 0, -wide, (float) (-4 / Math.sqrt(32 / 3.0))}, within(1e-6f));
    assertThat(restored.normalize(raw)).containsExactly(normalizers.normalize(raw));
    assertThat(raw).containsExactly(5, -5, 10, 0);
  }

  @Test
  void whereItIsOffEverythingPassesThroughAndNothingIsSaved() {
    Resumable state = new Resumable();
    Normalizers normalizers = normalizers(DQN, 0.5, state);
    float[] raw = {1, 2, 3, 4};
    assertThat(normalizers.observe(raw)).isSameAs(raw);
    assertThat(normalizers.normalize(raw)).isSameAs(raw);
    Replay.Sample sample = new Replay.Sample(2, 2, 1);
    System.arraycopy(raw, 0, sample.obs, 0, 4);
    sample.rewards[1] = 77;
    normalizers.apply(sample);
    assertThat(sample.obs).containsExactly(raw);
    assertThat(sample.rewards).containsExactly(0, 77);
    assertThat(normalizers.frozen(1)).isEmpty();
    assertThat(state.save().all()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void thePolicyCarriesMeanAndDeviationOfAllThatItsMemberActedOn(OffPolicy<?> algorithm) {
    Learner learner = learner(algorithm.normalized());
    int steps = 300;
    int size = learner.obsSize;
    double[][] seen = new double[size][steps];
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < size; i++) {
        seen[i][step] = learner.envs.observations()[size + i];
      }
      iterate(learner, 1);
    }
    Tensors carried = ((NetworkPolicy) learner.policy(1)).normalization().orElseThrow().tensors();
    for (int i = 0; i < size; i++) {
      double mean = Arrays.stream(seen[i]).average().orElseThrow();
      double variance =
          Arrays.stream(seen[i]).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
      double deviation = Math.sqrt(variance);
      assertThat(carried.doubles("mean")[i]).isCloseTo(mean, within(1e-9 * (1 + deviation)));
      assertThat(carried.doubles("deviation")[i])
          .isCloseTo(Math.sqrt(variance + 1e-8), within(1e-9 * (1 + deviation)));
    }
    assertThat(carried.doubles("deviation")[size - 1 - (algorithm instanceof Dqn ? 1 : 0)])
        .isGreaterThan(50);
    learner.close();
  }

  @ParameterizedTest
  @MethodSource("all")
  void aRunThatIsSavedInTheMiddleGoesOnBitByBit(OffPolicy<?> plain) {
    OffPolicy<?> algorithm = plain.nStep(3).normalized();
    Learner whole = learner(algorithm);
    iterate(whole, 200);
    Learner first = learner(algorithm);
    iterate(first, 90);
    Tensors saved = first.state().save();
    assertThat(saved.part("observationNormalizer").all()).isNotEmpty();
    assertThat(saved.part("rewardNormalizer").all()).isNotEmpty();
    Learner second = learner(algorithm);
    second.state().restore(saved);
    iterate(second, 110);
    Tensors expected = whole.state().save();
    Tensors got = second.state().save();
    assertThat(got.part("replay").floats("obs")).isEqualTo(expected.part("replay").floats("obs"));
    for (int member = 0; member < SEEDS.length; member++) {
      NetworkPolicy policy = (NetworkPolicy) second.policy(member);
      NetworkPolicy uninterrupted = (NetworkPolicy) whole.policy(member);
      assertThat(policy.parameters()).containsExactly(uninterrupted.parameters());
      assertThat(policy.normalization()).isEqualTo(uninterrupted.normalization());
    }
    List.of(whole, first, second).forEach(Learner::close);
  }

  static List<OffPolicy<?>> withoutNoise() {
    Schedule still = Schedule.constant(0);
    return List.of(
        DQN.exploreUntil(0).epsilon(0).learningRate(still), TD3.noise(0).learningRate(still));
  }

  @ParameterizedTest
  @MethodSource("withoutNoise")
  void thePolicyThatIsSavedDoesWhatTheLearnerDid(OffPolicy<?> algorithm) {
    Learner learner = learner(algorithm.normalized());
    iterate(learner, 60);
    float[] seen = learner.envs.observations().clone();
    iterate(learner, 1);
    // A step size of 0: what acted is what is there afterwards.
    Tensors replay = learner.state().save().part("replay");
    float[] actions = replay.floats("actions");
    float[] remembered = replay.floats("obs");
    int each = actions.length / SEEDS.length;
    for (int member = 0; member < SEEDS.length; member++) {
      int last = member * each + each - 1;
      int size = learner.obsSize;
      float[] own = Arrays.copyOfRange(seen, member * size, (member + 1) * size);
      // The memory keeps what the environment gave.
      assertThat(Arrays.copyOfRange(remembered, last * size, (last + 1) * size))
          .containsExactly(own);
      Policy policy = learner.policy(member);
      float[] acts = new float[1];
      float[] again = new float[1];
      try (Actor actor = policy.actor(1);
          Actor copy = PolicyFile.of(PolicyFile.tensors(policy)).actor(1)) {
        actor.greedy(own, acts);
        copy.greedy(own, again);
      }
      double taken = algorithm instanceof Td3 ? 2.0 * actions[last] : actions[last];
      assertThat((double) acts[0]).isCloseTo(taken, within(1e-6));
      assertThat(again).containsExactly(acts);
    }
    learner.close();
  }

  static List<Algorithm> onBadlyScaledNumbers() {
    List<Algorithm> algorithms = new ArrayList<>();
    for (Algorithm algorithm : ContinuousTest.learners()) {
      if (algorithm instanceof OffPolicy<?> learner) {
        algorithms.add(learner.normalized());
      }
    }
    return algorithms;
  }

  @ParameterizedTest
  @MethodSource("onBadlyScaledNumbers")
  void badlyScaledNumbersAreLearnedFrom(Algorithm algorithm) {
    Env target = new Stretched(new Target(5), 0, 1000, 500);
    // Standing still gives −7,500 on average.
    assertThat(score(algorithm, target)).as(algorithm.toString()).isGreaterThan(-500);
  }

  @Test
  void withoutNormalizationTheyAreNotLearnedFromAsFast() {
    Env target = new Stretched(new Target(5), 0, 1000, 500);
    Algorithm plain = ContinuousTest.learners().get(0);
    assertThat(score(plain, target)).isLessThan(-2 * 500);
  }

  /** The mean return of the worse of two policies. */
  private static double score(Algorithm algorithm, Env env) {
    double worst = Double.POSITIVE_INFINITY;
    for (Policy policy : algorithm.train(env, SEEDS, Session.unwatched(algorithm.columns()))) {
      double[] returns = new Evaluator(50, 3, () -> {}).evaluate(policy, env).returns()[0];
      worst = Math.min(worst, Arrays.stream(returns).average().orElseThrow());
    }
    return worst;
  }

  @Test
  void whatTheNetworkSeesHasMeanZeroAndDeviationOne() {
    Learner learner = learner(DQN.normalized());
    iterate(learner, 500);
    Normalization carried = ((NetworkPolicy) learner.policy(0)).normalization().orElseThrow();
    float[] remembered = learner.state().save().part("replay").floats("obs");
    float[] own = Arrays.copyOf(remembered, remembered.length / SEEDS.length);
    int size = learner.obsSize;
    carried.apply(own, 0, own.length / size, own, 0);
    for (int i = 0; i < size; i++) {
      double mean = 0;
      double square = 0;
      for (int at = i; at < own.length; at += size) {
        mean += own[at] / (own.length / (double) size);
        square += own[at] * own[at] / (own.length / (double) size);
      }
      assertThat(mean).isCloseTo(0, within(1e-3));
      assertThat(square).isCloseTo(1, within(1e-2));
    }
    learner.close();
  }
}
