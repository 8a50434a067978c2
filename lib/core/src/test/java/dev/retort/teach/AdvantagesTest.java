package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.random.RandomStream;
import org.junit.jupiter.api.Test;

class AdvantagesTest {
  private static final int ROLLOUTS = 3;
  private static final int STEPS = 40;
  private static final int SIZE = ROLLOUTS * STEPS;

  private final float[] reward = new float[SIZE];
  private final float[] value = new float[SIZE];
  private final float[] nextValue = new float[SIZE];
  private final boolean[] terminated = new boolean[SIZE];
  private final boolean[] ended = new boolean[SIZE];
  private final float[] advantage = new float[SIZE];

  @Test
  void theyEqualTheSlowTextbookSumWithTerminationAndTruncationInMidRollout() {
    RandomStream random = RandomStream.of(3, "advantages");
    for (int trial = 0; trial < 50; trial++) {
      fill(random);
      double gamma = 0.9 + 0.1 * random.nextDouble();
      double lambda = random.nextDouble();
      estimate(gamma, lambda);
      for (int at = 0; at < SIZE; at++) {
        assertThat((double) advantage[at])
            .isCloseTo(textbook(at, gamma, lambda), within(2e-6 * 30));
      }
    }
  }

  @Test
  void withLambdaOneTheyAreDiscountedReturnsMinusValues() {
    fill(RandomStream.of(4, "advantages"));
    double gamma = 0.97;
    estimate(gamma, 1);
    for (int rollout = 0; rollout < ROLLOUTS; rollout++) {
      double discounted = 0;
      for (int t = STEPS - 1; t >= 0; t--) {
        int at = rollout * STEPS + t;
        if (terminated[at]) {
          discounted = 0;
        } else if (ended[at] || t == STEPS - 1) {
          discounted = nextValue[at];
        }
        discounted = reward[at] + gamma * discounted;
        assertThat(advantage[at] + value[at]).isCloseTo((float) discounted, within(1e-4f));
      }
    }
  }

  @Test
  void withLambdaZeroTheyAreTemporalDifferences() {
    fill(RandomStream.of(5, "advantages"));
    estimate(0.9, 0);
    for (int at = 0; at < SIZE; at++) {
      assertThat((double) advantage[at])
          .isCloseTo(reward[at] + 0.9 * following(at) - value[at], within(1e-6));
    }
  }

  @Test
  void truncationBootstrapsAndTerminationDoesNot() {
    float[] one = {1};
    float[] zero = {0};
    float[] ten = {10};
    boolean[] yes = {true};
    boolean[] no = {false};
    float[] result = new float[1];
    Advantages.estimate(1, 1, one, zero, ten, no, yes, 0.5, 0.9, result);
    assertThat(result).containsExactly(6);
    Advantages.estimate(1, 1, one, zero, ten, yes, yes, 0.5, 0.9, result);
    assertThat(result).containsExactly(1);
  }

  @Test
  void nothingLeaksFromOneEpisodeIntoTheOneBefore() {
    float[] rewards = {0, 0, 100, 100};
    float[] values = new float[4];
    boolean[] ends = {false, true, false, true};
    float[] result = new float[4];
    Advantages.estimate(1, 4, rewards, values, values, ends, ends, 0.9, 0.9, result);
    assertThat(result[0]).isZero();
    assertThat(result[1]).isZero();
    assertThat(result[2]).isEqualTo(181f);
  }

  private void estimate(double gamma, double lambda) {
    Advantages.estimate(
        ROLLOUTS, STEPS, reward, value, nextValue, terminated, ended, gamma, lambda, advantage);
  }

  /** Â_t = Σ_k (γ λ)^k δ_{t+k}, up to the end of the episode or of the rollout. */
  private double textbook(int at, double gamma, double lambda) {
    double sum = 0;
    int end = at / STEPS * STEPS + STEPS;
    for (int k = 0; at + k < end; k++) {
      double delta = reward[at + k] + gamma * following(at + k) - value[at + k];
      sum += Math.pow(gamma * lambda, k) * delta;
      if (ended[at + k]) {
        break;
      }
    }
    return sum;
  }

  private double following(int at) {
    if (terminated[at]) {
      return 0;
    }
    return ended[at] || at % STEPS == STEPS - 1 ? nextValue[at] : value[at + 1];
  }

  private void fill(RandomStream random) {
    int terminations = 0;
    int truncations = 0;
    for (int at = 0; at < SIZE; at++) {
      reward[at] = (float) random.nextGaussian();
      value[at] = (float) random.nextGaussian();
      double end = random.nextDouble();
      terminated[at] = end < 0.1;
      ended[at] = end < 0.2;
      boolean last = at % STEPS == STEPS - 1;
      // Where it has no meaning it must not be read.
      nextValue[at] =
          !terminated[at] && (ended[at] || last) ? (float) random.nextGaussian() : Float.NaN;
      terminations += terminated[at] && !last ? 1 : 0;
      truncations += ended[at] && !terminated[at] && !last ? 1 : 0;
    }
    assertThat(terminations).isPositive();
    assertThat(truncations).isPositive();
  }
}
