package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.env.VectorEnv;
import dev.retort.env.normalize.Normalization;
import dev.retort.nn.Network;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bonus of random network distillation. */
class NetworkBonusTest {
  private static final Env CART = Environments.get("CartPole");
  private static final Env SWING = Environments.get("Pendulum");

  private static NetworkBonus bonus(double weight, int copies, int obsSize, Long... seeds) {
    return new NetworkBonus(weight, List.of(seeds), copies, obsSize);
  }

  private static float[] normal(int n, String purpose) {
    RandomStream random = RandomStream.of(3, purpose);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  /** What a member's perceptron with rectifiers says, computed layer by layer in doubles. */
  private static double[] said(Network network, int member, float[] x, int at, int... widths) {
    float[] own = network.member(member);
    double[] in = new double[widths[0]];
    Arrays.setAll(in, i -> x[at + i]);
    int from = 0;
    for (int layer = 1; layer < widths.length; layer++) {
      double[] out = new double[widths[layer]];
      for (int j = 0; j < out.length; j++) {
        out[j] = own[from + in.length * out.length + j];
        for (int i = 0; i < in.length; i++) {
          out[j] += in[i] * own[from + i * out.length + j];
        }
        out[j] = layer == widths.length - 1 ? out[j] : Math.max(0, out[j]);
      }
      from += (in.length + 1) * out.length;
      in = out;
    }
    assertThat(from).isEqualTo(own.length);
    return in;
  }

  /** {@code ‖f̂(x) − f(x)‖²} by hand. */
  private static double error(NetworkBonus bonus, int member, float[] x, int at) {
    double[] goal = said(bonus.target(), member, x, at, 3, 64, 32);
    double[] guess = said(bonus.predictor(), member, x, at, 3, 64, 64, 32);
    double sum = 0;
    for (int i = 0; i < goal.length; i++) {
      sum += (guess[i] - goal[i]) * (guess[i] - goal[i]);
    }
    return sum;
  }

  @Test
  void anErrorIsTheSquaredDistanceOfPredictorAndTarget() {
    try (NetworkBonus bonus = bonus(1, 1, 3, 5L, 6L)) {
      float[] x = normal(2 * 4 * 3, "rows");
      float[] errors = new float[2 * 4];
      bonus.errors(x, 4, errors);
      for (int row = 0; row < 8; row++) {
        double expected = error(bonus, row / 4, x, 3 * row);
        assertThat(errors[row]).isPositive().isCloseTo((float) expected, within(1e-4f));
      }
    }
  }

  @Test
  void theGradientOfThePredictorIsThatOfTheMeanError() {
    try (NetworkBonus bonus = bonus(1, 1, 3, 5L, 6L)) {
      float[] x = normal(2 * 4 * 3, "rows");
      Network predictor = bonus.predictor();
      predictor.backward(bonus.slope(x, 4));
      float[] gradients = predictor.gradients().clone();
      float[] parameters = predictor.parameters();
      float step = 1e-2f;
      for (int i = 0; i < parameters.length; i += 97) {
        float before = parameters[i];
        parameters[i] = before + step;
        double above = loss(bonus, x);
        parameters[i] = before - step;
        double below = loss(bonus, x);
        parameters[i] = before;
        double difference = (above - below) / (2 * step);
        assertThat((double) gradients[i]).isCloseTo(difference, within(2e-2));
      }
      assertThat(gradients).isNotEqualTo(new float[gradients.length]);
    }
  }

  /** Mean error of each member, summed over both. */
  private static double loss(NetworkBonus bonus, float[] x) {
    double sum = 0;
    for (int row = 0; row < 8; row++) {
      sum += error(bonus, row / 4, x, 3 * row) / 4;
    }
    return sum;
  }

  @Test
  void aRewardGetsTheErrorInUnitsOfTheDeviationOfItsSum() {
    VectorEnv envs = new VectorEnv(SWING, 2, copy -> RandomStream.of(1, "environment", copy));
    envs.reset();
    try (NetworkBonus bonus = bonus(0.5, 2, 3, 5L)) {
      float[] torques = new float[2];
      double[] sum = new double[2];
      double count = 0;
      double mean = 0;
      double squares = 0;
      for (int step = 0; step < 20; step++) {
        envs.step(torques);
        float[] x = new float[6];
        float[] errors = new float[2];
        float[] rewards = {7, -7};
        bonus.took(new float[6], torques, envs, rewards);
        normalization(bonus).apply(envs.nextObservations(), 0, 2, x, 0);
        bonus.errors(x, 2, errors);
        for (int copy = 0; copy < 2; copy++) {
          sum[copy] = NetworkBonus.DISCOUNT * sum[copy] + errors[copy];
          double off = sum[copy] - mean;
          mean += off / ++count;
          squares += off * (sum[copy] - mean);
        }
        double deviation = Math.sqrt(squares / count);
        for (int copy = 0; copy < 2; copy++) {
          double bonusOfIt = 0.5 * Math.min(Normalizers.LIMIT, errors[copy] / deviation);
          assertThat(rewards[copy])
              .isCloseTo((float) ((copy == 0 ? 7 : -7) + bonusOfIt), within(1e-3f));
        }
      }
    }
  }

  private static Normalization normalization(NetworkBonus bonus) {
    Tensors saved = bonus.state().save().part("observations");
    double[] mean = saved.doubles("means");
    double[] deviation = new double[mean.length];
    double count = saved.longs("counts")[0];
    Arrays.setAll(deviation, i -> Math.sqrt(saved.doubles("squares")[i] / count + 1e-8));
    return new Normalization(mean, deviation, NetworkBonus.SEEN_LIMIT);
  }

  @Test
  void itFallsWhereSomebodyHasBeen() {
    VectorEnv envs = new VectorEnv(SWING, 1, copy -> RandomStream.of(1, "environment", copy));
    envs.reset();
    RandomStream random = RandomStream.of(2, "torques");
    try (NetworkBonus bonus = bonus(1, 1, 3, 5L)) {
      double before = meanError(bonus, envs, random, 63); // not yet a minibatch
      meanError(bonus, envs, random, 6_400);
      double after = meanError(bonus, envs, random, 200);
      assertThat(after).isPositive().isLessThan(0.1 * before);
      // At the bounds of what is normalized nobody has been.
      assertThat(error(bonus, 0, new float[] {5, -5, 5}, 0)).isGreaterThan(10 * after);
    }
  }

  /** Mean error of what is seen on the way by random torques. */
  private static double meanError(NetworkBonus bonus, VectorEnv envs, RandomStream random, int n) {
    double sum = 0;
    for (int step = 0; step < n; step++) {
      float[] torque = {(float) (4 * random.nextDouble() - 2)};
      envs.step(torque);
      bonus.took(new float[3], torque, envs, new float[1]);
      float[] x = new float[3];
      normalization(bonus).apply(envs.nextObservations(), 0, 1, x, 0);
      sum += error(bonus, 0, x, 0) / n;
    }
    return sum;
  }

  static List<Algorithm> learners() {
    return List.of(
        new Ppo().steps(512).hidden(8).environments(3).rollout(32).batchSize(32).networkBonus(0.1),
        new Dqn().steps(400).hidden(8).warmUp(100).trainEvery(20).updates(4).networkBonus(0.1),
        new Td3().steps(200).warmUp(40).hidden(8).batchSize(8).networkBonus(0.1),
        new Sac().steps(200).warmUp(40).hidden(8).batchSize(8).networkBonus(0.1));
  }

  private static Env env(Algorithm algorithm) {
    return algorithm instanceof Dqn ? CART : SWING;
  }

  private static Session session(Algorithm algorithm) {
    return Session.unwatched(algorithm.columns());
  }

  @ParameterizedTest
  @MethodSource("learners")
  void aMemberOfAPopulationEqualsTheMemberAlone(Algorithm algorithm) {
    Env env = env(algorithm);
    List<Policy> both = algorithm.train(env, new long[] {4, 5}, session(algorithm));
    Policy alone = algorithm.train(env, new long[] {5}, session(algorithm)).get(0);
    Policy plain =
        algorithm.set("network-bonus", "0").train(env, new long[] {5}, session(algorithm)).get(0);
    float[] own = parameters(alone);
    assertThat(parameters(both.get(1))).usingComparatorWithPrecision(1e-5f).containsExactly(own);
    assertThat(parameters(plain)).isNotEqualTo(own);
  }

  private static float[] parameters(Policy policy) {
    return ((NetworkPolicy) policy).parameters();
  }

  @ParameterizedTest
  @MethodSource("learners")
  void itGoesOnIdenticallyAfterASave(Algorithm algorithm) {
    long[] seeds = {4, 5}; // a run keeps them: the random targets are theirs
    try (Learner one = algorithm.learner(env(algorithm), seeds);
        Learner other = algorithm.learner(env(algorithm), seeds)) {
      while (one.step < algorithm.steps() / 2) {
        one.iterate(session(algorithm));
      }
      float[] before = one.state().save().floats("companions.networkBonus.predictor");
      other.state().restore(one.state().save());
      while (one.step < algorithm.steps()) {
        one.iterate(session(algorithm));
        other.iterate(session(algorithm));
      }
      Tensors saved = one.state().save();
      Resumed.same(other.state().save(), saved);
      assertThat(saved.floats("companions.networkBonus.predictor")).isNotEqualTo(before);
    }
  }

  @Test
  void curvesShowTheReturnsOfTheTask() {
    Ppo explorer = new Ppo().steps(512).hidden(8).networkBonus(100).taskReward(false);
    Session session = session(explorer);
    explorer.train(CART, new long[] {1}, session);
    assertThat(session.curve().column("return")).isEqualTo(session.curve().column("length"));
  }
}
