package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.env.Environments;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.run.Curve;
import dev.retort.run.Session;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What members of a population, and runs of one process, are to each other: nothing. */
class PopulationTest {
  private static final long[] SEEDS = {3, 4, 5, 6, 7};

  static List<Algorithm> algorithms() {
    return List.of(
        new Ppo().steps(1_024).hidden(16, 16).environments(4).batchSize(64).epochs(4),
        new Dqn().steps(1_000).hidden(16, 16).warmUp(200).trainEvery(100).updates(40));
  }

  private record Trained(List<Policy> policies, Curve curve) {
    static Trained by(Algorithm algorithm, long... seeds) {
      Session session = Session.unwatched("return", "length");
      return new Trained(
          algorithm.train(Environments.get("CartPole"), seeds, session), session.curve());
    }

    float[] parameters(int member) {
      return ((NetworkPolicy) policies.get(member)).parameters();
    }

    /** The rows of one member, as if it were alone. */
    double[] rows(int member) {
      double[] all = curve.values();
      int columns = curve.columns().size();
      double[] own = new double[all.length];
      int to = 0;
      for (int at = 0; at < all.length; at += columns) {
        if (all[at + 1] == member) {
          System.arraycopy(all, at, own, to, columns);
          own[to + 1] = 0;
          to += columns;
        }
      }
      return Arrays.copyOf(own, to);
    }
  }

  /**
   * On the machine where this was written DQN gives equal bits, and PPO does not: the engine's
   * batched product sums in another order when it has other shapes. Training is kept short, because
   * a last bit grows.
   */
  @ParameterizedTest
  @MethodSource("algorithms")
  void aMemberOfAPopulationEqualsTheSameSeedTrainedAloneUpToRounding(Algorithm algorithm) {
    Trained together = Trained.by(algorithm, SEEDS);
    for (int member = 0; member < SEEDS.length; member++) {
      Trained alone = Trained.by(algorithm, SEEDS[member]);
      assertThat(together.rows(member)).isNotEmpty().containsExactly(alone.rows(0), within(1e-6));
      assertThat(together.parameters(member)).containsExactly(alone.parameters(0), within(1e-5f));
    }
    assertThat(together.parameters(0)).isNotEqualTo(together.parameters(1));
  }

  @Test
  void runsOnTwoThreadsGiveTheBitsThatEachGivesAlone() {
    List<Algorithm> both = algorithms();
    List<Trained> alone = both.stream().map(each -> Trained.by(each, 8, 9)).toList();
    List<CompletableFuture<Trained>> futures =
        both.stream()
            .map(each -> CompletableFuture.supplyAsync(() -> Trained.by(each, 8, 9)))
            .toList();
    for (int i = 0; i < both.size(); i++) {
      Trained concurrent = futures.get(i).join();
      assertThat(concurrent.curve.values()).containsExactly(alone.get(i).curve.values());
      for (int member = 0; member < 2; member++) {
        assertThat(concurrent.parameters(member)).containsExactly(alone.get(i).parameters(member));
      }
    }
  }
}
