package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.run.Session;
import dev.retort.store.Tensors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The phases of DNA, and what ITER passes on. */
class DnaTest {
  private static final Env CART = Environments.get("CartPole");
  private static final long[] SEEDS = {4, 5};
  private static final Dna DNA = new Dna().steps(2_048).hidden(16);

  private static Tensors after(Algorithm algorithm, int iterations) {
    try (Learner learner = algorithm.learner(CART, SEEDS)) {
      for (int i = 0; i < iterations; i++) {
        learner.iterate(Session.unwatched(algorithm.columns()));
      }
      return learner.state().save();
    }
  }

  @Test
  void theValueNetworkIsNotTouchedByThePhasesOfThePolicy() {
    float[] usual = after(DNA, 1).floats("critic");
    float[] other =
        after(DNA.policyEpochs(1).distillationEpochs(0).entropy(0.5), 1).floats("critic");
    // The order of minibatches is drawn phase by phase; with whole rollouts as minibatches it is
    // all the same.
    assertThat(other).usingComparatorWithPrecision(1e-4f).containsExactly(usual);
  }

  @Test
  void thePolicyNetworkLearnsTheValuesOnlyByDistillation() {
    Dna apart = DNA.distillationEpochs(0);
    Dna distilled = DNA.distillationEpochs(40).learningRate(0.005);
    assertThat(error(apart)).isGreaterThan(2 * error(distilled));
  }

  /** How far the policy network's value is from that of the value network, after some rollouts. */
  private static double error(Dna dna) {
    try (Dna.Learning learner = (Dna.Learning) dna.learner(CART, SEEDS)) {
      for (int i = 0; i < 4; i++) {
        learner.iterate(Session.unwatched(dna.columns()));
      }
      float[] own = learner.rollout.predict(learner.network);
      float[] values = learner.rollout.predict(learner.critic());
      double sum = 0;
      int width = learner.network.width();
      for (int row = 0; row < values.length; row++) {
        sum += Math.abs(own[row * width + width - 1] - values[row]) / values.length;
      }
      return sum;
    }
  }

  @Test
  void dnaLearnsCartPole() {
    Dna dna = new Dna().steps(16_384);
    Session session = Session.unwatched(dna.columns());
    dna.train(CART, SEEDS, session);
    double[] returns = session.curve().column("return");
    assertThat(returns[returns.length - 1] + returns[returns.length - 2]).isGreaterThan(160);
  }

  @Test
  void atTheEndOfAPeriodASuccessorTakesThePlaceOfTheNetwork() {
    Iter iter = new Iter().steps(4_096).period(1_024).transfer(0.5);
    Tensors before = after(iter, 3);
    Tensors handedOver = after(iter, 4);
    assertThat(before.longs("generation")).containsExactly(0);
    assertThat(handedOver.longs("generation")).containsExactly(1);
    assertThat(handedOver.floats("parameters")).isNotEqualTo(handedOver.floats("successor"));
    assertThat(handedOver.part("adam").longs("t")).containsExactly(0);
    float[] next = after(iter, 8).floats("successor");
    assertThat(next).isNotEqualTo(handedOver.floats("successor"));
  }

  @Test
  void aSuccessorActsAsTheNetworkDidWhoseRolloutsItLearnedFrom() {
    Iter iter = new Iter().steps(20_480).period(10_240).transfer(0.5);
    Session session = Session.unwatched(iter.columns());
    Policy last = iter.train(CART, SEEDS, session).get(0);
    assertThat(((NetworkPolicy) last).parameters()).isNotEmpty();
    double[] returns = session.curve().column("return");
    double[] steps = session.curve().column("step");
    double before = mean(returns, steps, 8_000, 10_240);
    double after = mean(returns, steps, 10_241, 12_500);
    assertThat(after).as("return after the exchange").isGreaterThan(0.5 * before);
    assertThat(before).isGreaterThan(50);
  }

  private static double mean(double[] returns, double[] steps, double from, double to) {
    return IntStream.range(0, returns.length)
        .filter(i -> steps[i] >= from && steps[i] <= to && !Double.isNaN(returns[i]))
        .mapToDouble(i -> returns[i])
        .average()
        .orElseThrow();
  }

  @Test
  void withoutExchangeIterIsPpo() {
    Ppo ppo = new Ppo().steps(1_024).hidden(16);
    Iter iter = new Iter().agent(ppo).period(1 << 20);
    float[] one = ((NetworkPolicy) train(ppo)).parameters();
    assertThat(((NetworkPolicy) train(iter)).parameters()).isEqualTo(one);
  }

  private static Policy train(Algorithm algorithm) {
    return algorithm.train(CART, SEEDS, Session.unwatched(algorithm.columns())).get(0);
  }
}
