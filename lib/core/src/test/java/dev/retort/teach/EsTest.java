package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.evaluate.Evaluator;
import dev.retort.nn.Mlp;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EsTest {
  private static final Env POLE = Environments.get("CartPole");

  @Test
  void ranksAreSpreadEvenlyAndEqualsShareThem() {
    assertThat(Es.ranks(new double[] {7, -3, 100, 8}))
        .containsExactly(new double[] {-1 / 6.0, -0.5, 0.5, 1 / 6.0}, within(1e-15));
    assertThat(Es.ranks(new double[] {2, 1, 2, 2, 5})).containsExactly(0, -0.5, 0, 0, 0.5);
    assertThat(Es.ranks(new double[] {4, 4})).containsExactly(0, 0);
  }

  @Test
  void ranksAreThoseThatCountingGives() {
    RandomStream random = RandomStream.of(4, "ranks");
    int ties = 0;
    for (int round = 0; round < 50; round++) {
      double[] fitness = new double[2 + random.nextInt(30)];
      Arrays.setAll(fitness, i -> random.nextInt(12));
      double[] ranks = Es.ranks(fitness);
      for (int i = 0; i < fitness.length; i++) {
        int below = 0;
        int equal = 0;
        for (double other : fitness) {
          below += other < fitness[i] ? 1 : 0;
          equal += other == fitness[i] ? 1 : 0;
        }
        ties += equal > 1 ? 1 : 0;
        double expected = (below + (equal - 1) / 2.0) / (fitness.length - 1) - 0.5;
        assertThat(ranks[i]).isCloseTo(expected, within(1e-15));
      }
      assertThat(Arrays.stream(ranks).sum()).isCloseTo(0, within(1e-12));
    }
    assertThat(ties).isPositive();
  }

  @Test
  void theEstimateIsTheSumOfItsFormula() {
    // n = 4, σ = 0.5, two pairs in two dimensions; one number lies before them.
    float[] noise = {9, 1, -2, 3, 0.5f};
    double[] utilities = {0.5, -0.25, -0.5, 0.25};
    float[] gradient = new float[2];
    Es.gradient(utilities, noise, 1, 0.5, gradient);
    assertThat(gradient)
        .containsExactly((0.75f * 1 - 0.75f * 3) / 2, (0.75f * -2 - 0.75f * 0.5f) / 2);
  }

  @Test
  void theEstimateOfALinearUtilityIsItsSlope() {
    RandomStream random = RandomStream.of(5, "slope");
    double[] slope = {1, -2, 0.5};
    double sigma = 0.2;
    int pairs = 20_000;
    float[] noise = new float[pairs * 3];
    double[] utilities = new double[2 * pairs];
    for (int pair = 0; pair < pairs; pair++) {
      for (int i = 0; i < 3; i++) {
        noise[3 * pair + i] = (float) random.nextGaussian();
        utilities[2 * pair] += slope[i] * sigma * noise[3 * pair + i];
        utilities[2 * pair + 1] -= slope[i] * sigma * noise[3 * pair + i];
      }
    }
    float[] gradient = new float[3];
    Es.gradient(utilities, noise, 0, sigma, gradient);
    for (int i = 0; i < 3; i++) {
      assertThat(gradient[i]).isCloseTo((float) slope[i], within(0.05f));
    }
  }

  @Test
  void itLearnsChoicesAndNumbers() {
    Session session = Session.unwatched("return", "length");
    List<Policy> policies = new Es().steps(60_000).train(POLE, new long[] {21, 22}, session);
    double sum = policies.stream().mapToDouble(policy -> mean(policy, POLE)).sum();
    assertThat(sum / 2).isGreaterThan(60); // a network that learned nothing stays below 30
    Env target = new Target(5);
    Es small = new Es().steps(20_000).population(32).hidden(8);
    Policy policy =
        small.train(target, new long[] {4}, Session.unwatched("return", "length")).get(0);
    assertThat(mean(policy, target)).isGreaterThan(-1); // standing still gives −15
  }

  private static double mean(Policy policy, Env env) {
    return Arrays.stream(new Evaluator(20, 5, () -> {}).evaluate(policy, env).returns()[0])
        .average()
        .orElseThrow();
  }

  @Test
  void everyStepThatIsTakenIsCountedAndNoneIsTakenBeyondTheLast() {
    AtomicLong taken = new AtomicLong();
    Env counted = new Counted(POLE, taken);
    Es es = new Es().steps(5_000).population(6).episodes(2).hidden(4);
    Session session = Session.unwatched("return", "length");
    es.train(counted, new long[] {1, 2}, session);
    assertThat(taken).hasValue(10_000);
    double[] steps = session.curve().column("step");
    double[] member = session.curve().column("member");
    double[] last = new double[2];
    for (int row = 0; row < steps.length; row++) {
      assertThat(steps[row]).isGreaterThan(last[(int) member[row]]);
      last[(int) member[row]] = steps[row];
    }
    for (double step : last) {
      assertThat(step).isBetween(4_000.0, 5_000.0); // where its last whole generation ended
    }
  }

  @Test
  void aMemberOfAPopulationIsTheSeedTrainedAlone() {
    Es es = new Es().steps(4_000).population(8).hidden(8);
    List<Policy> together =
        es.train(POLE, new long[] {3, 4, 5}, Session.unwatched("return", "length"));
    for (int i = 0; i < 3; i++) {
      Policy alone =
          es.train(POLE, new long[] {3 + i}, Session.unwatched("return", "length")).get(0);
      assertThat(((NetworkPolicy) together.get(i)).parameters())
          .containsExactly(((NetworkPolicy) alone).parameters(), within(1e-5f));
    }
    assertThat(((NetworkPolicy) together.get(0)).parameters())
        .isNotEqualTo(((NetworkPolicy) together.get(1)).parameters());
  }

  @Test
  void weightDecayPullsTowardsZero() {
    Es es = new Es().steps(20_000).population(8).network(Mlp.of());
    assertThat(length(es.weightDecay(10))).isLessThan(0.5 * length(es));
  }

  private static double length(Es es) {
    NetworkPolicy policy =
        (NetworkPolicy)
            es.train(POLE, new long[] {1}, Session.unwatched("return", "length")).get(0);
    double sum = 0;
    for (float x : policy.parameters()) {
      sum += (double) x * x;
    }
    return Math.sqrt(sum);
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    assertThatThrownBy(() -> new Es().population(7).require(POLE))
        .isInstanceOf(RetortException.class)
        .hasMessage("es: expected an even population, pairs of opposites, got 7. Take 8.");
    assertThatThrownBy(() -> new Es().sigma(0))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("es: expected a number of at least 1.0E-6 for 'sigma', got '0.0'");
    assertThat(Retort.train(new Es()).on(POLE).explain())
        .contains("500,000 environment steps for each seed, in generations that last as long as");
  }

  /** Counts its steps. */
  private record Counted(Env inner, AtomicLong taken) implements Env {
    @Override
    public dev.retort.space.Space observations() {
      return inner.observations();
    }

    @Override
    public dev.retort.space.Space actions() {
      return inner.actions();
    }

    @Override
    public int horizon() {
      return inner.horizon();
    }

    @Override
    public int stateSize() {
      return inner.stateSize();
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      inner.reset(state, random);
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      taken.incrementAndGet();
      return inner.step(state, action, random);
    }

    @Override
    public boolean terminated(double[] state) {
      return inner.terminated(state);
    }

    @Override
    public void observe(double[] state, float[] observation) {
      inner.observe(state, observation);
    }
  }
}
