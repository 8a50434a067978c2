package dev.retort.teach;

import static dev.retort.Retort.dqn;
import static dev.retort.Retort.policy;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.collect.Behavior;
import dev.retort.collect.Collector;
import dev.retort.data.Dataset;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.evaluate.Evaluator;
import dev.retort.policy.Actor;
import dev.retort.policy.Policy;
import dev.retort.policy.RandomPolicy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineQTest {
  private static final Env LAKE = Environments.get("FrozenLake").with("successRate", 1).oneHot();
  private static final Dataset RANDOM_WALKS = walks(6_000, 0);
  private static final Dqn LEARNING =
      dqn().hidden(32).steps(1_500).batchSize(32).targetEvery(50).learningRate(0.003).gamma(0.95);

  /** What somebody does who walks at random: one episode in a hundred comes to the goal. */
  private static Dataset walks(int steps, long seed) {
    Policy random = RandomPolicy.of(LAKE);
    return new Collector(random, LAKE, new Behavior.Uniform(), steps, seed)
        .run(Session.unwatched("return", "length"));
  }

  private static List<Dqn> remedies(Dataset data) {
    Dqn learning = LEARNING.from(data);
    return List.of(
        learning.conservative(0.01), learning.constrained(0.3), learning.implicit(0.1), learning);
  }

  private static double success(Policy policy) {
    double[][] returns = new Evaluator(20, 1, () -> {}).evaluate(policy, LAKE).returns();
    return Arrays.stream(returns[0]).average().orElseThrow();
  }

  /** The best that cloning can make of data: what was done most often in each cell. */
  private static double cloned(Dataset data) {
    int[][] counts = new int[16][4];
    for (int row = 0; row < data.size(); row++) {
      counts[cell(data.obs(), row * 16)][(int) data.taken()[row]]++;
    }
    Policy clone =
        Scripted.of(
            "clone",
            LAKE,
            (seen, action) -> {
              int[] own = counts[cell(seen, 0)];
              for (int choice = 1; choice < 4; choice++) {
                action[0] = own[choice] > own[(int) action[0]] ? choice : action[0];
              }
            });
    return success(clone);
  }

  private static int cell(float[] seen, int at) {
    int cell = 0;
    while (seen[at + cell] == 0) {
      cell++;
    }
    return cell;
  }

  @Test
  void everyRemedyLearnsTheWayFromRandomWalksOfWhichCloningMakesNothing() {
    assertThat(cloned(RANDOM_WALKS)).isZero();
    for (Dqn learning : remedies(RANDOM_WALKS)) {
      assertThat(success(train(learning).on(LAKE).seed(1).run())).as("%s", learning).isEqualTo(1);
    }
  }

  /** Data without one choice: its value is whatever the network makes of it. */
  @Test
  void valuesOfWhatNobodyDidAreLowWhereTheyAreConservative() {
    Dataset without =
        RANDOM_WALKS.where(
            episode -> {
              for (int row = episode.start(); row < episode.end(); row++) {
                if (RANDOM_WALKS.taken()[row] == 0) {
                  return false;
                }
              }
              return true;
            });
    double usual = highest(train(LEARNING.from(without)).on(LAKE).run(), without);
    double low = highest(train(LEARNING.from(without).conservative(1)).on(LAKE).run(), without);
    assertThat(low).isLessThan(usual);
    assertThat(low).as("share of rows where what nobody did looks best").isLessThan(0.05);
    Policy among = train(LEARNING.from(without).constrained(0.3)).on(LAKE).run();
    assertThat(highest(among, without)).isLessThan(0.05);
    Policy actor = train(LEARNING.from(without).implicit(0.5)).on(LAKE).run();
    assertThat(actor.distribution()).isInstanceOf(Categorical.class);
    assertThat(highest(actor, without)).isZero();
  }

  /** In how many rows a policy prefers the first choice. */
  private static double highest(Policy policy, Dataset data) {
    float[] action = new float[1];
    double count = 0;
    try (Actor actor = policy.actor(1)) {
      for (int row = 0; row < data.size(); row++) {
        actor.greedy(Arrays.copyOfRange(data.obs(), row * 16, row * 16 + 16), action);
        count += action[0] == 0 ? 1.0 / data.size() : 0;
      }
    }
    return count;
  }

  private static float[] drawn(RandomStream random, int count, double scale) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (scale * random.nextGaussian());
    }
    return numbers;
  }

  /** The formula in double precision. */
  private static double formula(
      double[] q, int[] actions, double[] y, float[] w, double alpha, int choices) {
    double loss = 0;
    for (int row = 0; row < actions.length; row++) {
      double taken = q[row * choices + actions[row]];
      double e = Math.abs(taken - y[row]);
      loss += w[row] * (e <= 1 ? e * e / 2 : e - 0.5);
      double sum = 0;
      for (int i = 0; i < choices; i++) {
        sum += Math.exp(q[row * choices + i]);
      }
      loss += alpha * (Math.log(sum) - taken);
    }
    return loss;
  }

  @Test
  void theLossOfValuesAndItsGradientAreThoseOfTheFormula() {
    RandomStream random = RandomStream.of(1, "loss");
    float[] q = drawn(random, 20, 2);
    int[] actions = {0, 3, 1, 1, 2};
    double[] y = {0.5, -3, 0.1, 2, 1};
    float[] w = {1, 0.5f, 2, 1, 0};
    for (double alpha : new double[] {0, 0.7}) {
      float[] dq = new float[20];
      double[] exact = new double[20];
      Arrays.setAll(exact, i -> q[i]);
      double loss = OfflineQ.loss(q, actions, y, w, 4, alpha, dq);
      assertThat(loss).isCloseTo(formula(exact, actions, y, w, alpha, 4), within(1e-5));
      for (int i = 0; i < 20; i++) {
        double[] more = exact.clone();
        double[] less = exact.clone();
        more[i] += 1e-6;
        less[i] -= 1e-6;
        double slope =
            (formula(more, actions, y, w, alpha, 4) - formula(less, actions, y, w, alpha, 4))
                / 2e-6;
        assertThat((double) dq[i]).isCloseTo(slope, within(1e-5));
      }
    }
  }

  @Test
  void weightsAreThoseOfTheFormulaAndOneOnTheMean() {
    RandomStream random = RandomStream.of(2, "weights");
    float[] q = drawn(random, 24, 1);
    float[] logits = drawn(random, 24, 1);
    int[] actions = {2, 0, -1, 1, 1, 1, 0, -1};
    float[] w = new float[8];
    OfflineQ.weigh(q, logits, actions, 4, 3, 0.5, w);
    for (int member = 0; member < 2; member++) {
      double[] exact = new double[4];
      double sum = 0;
      for (int i = 0; i < 4; i++) {
        int row = 4 * member + i;
        if (actions[row] >= 0) {
          double all = 0;
          double mean = 0;
          for (int k = 3 * row; k < 3 * row + 3; k++) {
            all += Math.exp(logits[k]);
            mean += Math.exp(logits[k]) * q[k];
          }
          exact[i] = Math.exp((q[3 * row + actions[row]] - mean / all) / 0.5);
          sum += exact[i] / 3;
        }
      }
      for (int i = 0; i < 4; i++) {
        int row = 4 * member + i;
        double expected = actions[row] < 0 ? 1 : exact[i] / sum;
        assertThat((double) w[row]).isCloseTo(expected, within(1e-5));
      }
    }
  }

  @Test
  void aLearnerThatWasSavedGoesOnWithTheSameBits() {
    for (Dqn learning : remedies(RANDOM_WALKS)) {
      Session session = Session.unwatched(learning.columns());
      try (Learner one = learning.learner(LAKE, new long[] {4, 5});
          Learner other = learning.learner(LAKE, new long[] {8, 9})) {
        one.iterate(session);
        other.state().restore(one.state().save());
        one.iterate(session);
        other.iterate(session);
        assertThat(numbers(other)).isEqualTo(numbers(one));
      }
    }
  }

  @Test
  void seedsOfAPopulationAreWhatTheyAreAlone() {
    for (Dqn learning : remedies(RANDOM_WALKS)) {
      Session session = Session.unwatched(learning.columns());
      try (Learner both = learning.learner(LAKE, new long[] {4, 5});
          Learner second = learning.learner(LAKE, new long[] {5})) {
        both.iterate(session);
        second.iterate(session);
        assertThat(outputs(both.given(1))).containsExactly(outputs(second.given(0)), within(1e-5f));
        assertThat(outputs(both.given(0))).isNotEqualTo(outputs(both.given(1)));
      }
    }
  }

  private static float[] numbers(Learner learner) {
    return learner.state().save().floats("online");
  }

  @Test
  void aRunCarriesItsData() {
    Dqn learning = LEARNING.steps(64).from(walks(300, 2)).conservative(0.5);
    Tensors inputs = learning.inputs();
    Dqn again = LEARNING.steps(64).conservative(0.5).withInputs(inputs);
    Policy first = train(learning).on(LAKE).run();
    assertThat(outputs(train(again).on(LAKE).run())).isEqualTo(outputs(first));
    assertThat(learning.toString()).endsWith(" from '%s'".formatted(walks(300, 2).name()));
  }

  private static float[] outputs(Policy policy) {
    float[] seen = new float[16];
    seen[3] = 1;
    try (Actor actor = policy.actor(1)) {
      return actor.greedy(seen, new float[1]).clone();
    }
  }

  @Test
  void whatIsConstrainedIsWrittenAndReadAndDrawsNothingThatIsLeftOut(@TempDir Path folder) {
    Policy among = train(LEARNING.from(RANDOM_WALKS).constrained(1).steps(64)).on(LAKE).run();
    assertThat(among.distribution()).isInstanceOf(ActionValues.class);
    assertThat(among.discount()).hasValue(0.95);
    Path file = folder.resolve("among.safetensors");
    among.save(file);
    Policy read = policy(file);
    assertThat(outputs(read)).isEqualTo(outputs(among));
    float[] values = outputs(among);
    int kept = 0;
    for (float value : values) {
      kept += value > -1e29f ? 1 : 0;
    }
    assertThat(kept).as("the likeliest alone").isEqualTo(1);
    float[] action = new float[1];
    try (Actor actor = read.tempered(0.5).actor(1)) {
      float[] seen = new float[16];
      seen[3] = 1;
      RandomStream[] streams = {RandomStream.of(1, "draw")};
      for (int i = 0; i < 50; i++) {
        actor.sample(seen, streams, action);
        assertThat(values[(int) action[0]]).isGreaterThan(-1e29f);
      }
    }
  }

  @Test
  void whatBelongsToActingIsRefused() {
    Dqn learning = LEARNING.from(RANDOM_WALKS);
    assertThatThrownBy(() -> LEARNING.conservative(1).require(LAKE))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "dqn: expected data where conservative, constrained or implicit is set, got none. Say .from(data), or leave them out.");
    assertThatThrownBy(() -> learning.prioritized().nStep(3).require(LAKE))
        .hasMessage(
            "dqn: expected nothing that belongs to acting where it learns from data, got prioritized, n-step. Leave that out.");
    assertThatThrownBy(() -> learning.constrained(0.3).implicit(1).require(LAKE))
        .hasMessageContaining("got both");
    assertThatThrownBy(() -> learning.require(Environments.get("CartPole")))
        .hasMessageStartingWith("dqn: expected data");
    assertThatThrownBy(() -> dqn().from(null)).hasMessageContaining("a dataset");
    Policy acting = train(ppo().steps(2_048)).on(LAKE).run();
    assertThatThrownBy(() -> acting.among(acting, 0.3))
        .hasMessageStartingWith("among: expected action values and probabilities");
  }

  @Test
  void itsStepsAreCalledUpdates() {
    assertThat(LEARNING.from(RANDOM_WALKS).unit()).isEqualTo("updates");
    assertThat(LEARNING.unit()).isEqualTo("environment steps");
    assertThat(train(LEARNING.from(RANDOM_WALKS)).on(LAKE).explain())
        .contains("1,500 updates")
        .doesNotContain("environment steps");
  }
}
