package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.evaluate.Evaluator;
import dev.retort.nn.Mlp;
import dev.retort.policy.Policy;
import dev.retort.run.Session;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoachTest {
  private static final Chain CHAIN = new Chain(5, 0, 20);
  private static final Algorithm TABLE =
      new Dqn()
          .network(Mlp.of())
          .steps(3_000)
          .warmUp(100)
          .trainEvery(50)
          .updates(50)
          .targetEvery(25)
          .learningRate(0.01)
          .gamma(0.9)
          .set("evaluate-every", "100")
          .set("evaluate-episodes", "5");

  @Test
  void evaluationsStandInTheCurveWhereTheyWereDue() {
    Session session = Session.unwatched(TABLE.columns());
    TABLE.train(CHAIN, new long[] {1, 2}, session);
    double[] steps = session.curve().column("step");
    double[] evaluations = session.curve().column("evaluation");
    int seen = 0;
    for (int row = 0; row < steps.length; row++) {
      assertThat(Double.isNaN(evaluations[row])).isEqualTo(steps[row] % 100 != 0);
      seen += Double.isNaN(evaluations[row]) ? 0 : 1;
    }
    assertThat(seen).isEqualTo(2 * 30);
  }

  @Test
  void trainingEndsWhenEverySeedIsGoodEnough() {
    Algorithm stopping = TABLE.set("stop-at", "0.99");
    Session session = Session.unwatched(stopping.columns());
    stopping.train(CHAIN, new long[] {1, 2}, session);
    double[] steps = session.curve().column("step");
    assertThat(steps[steps.length - 1]).isBetween(100.0, 2_900.0);
  }

  @Test
  void theBestPolicyIsKeptThoughTheLastIsWorse() {
    // A step size that ruins the table at once, again and again.
    Algorithm wild = TABLE.set("learning-rate", "3").set("keep", "best");
    Session session = Session.unwatched(wild.columns());
    List<Policy> best = wild.train(CHAIN, new long[] {1, 2, 3}, session);
    List<Policy> last =
        wild.set("keep", "last")
            .train(CHAIN, new long[] {1, 2, 3}, Session.unwatched(wild.columns()));
    double sumBest = best.stream().mapToDouble(CoachTest::score).sum();
    double sumLast = last.stream().mapToDouble(CoachTest::score).sum();
    assertThat(sumBest).isGreaterThan(sumLast);
    double[] evaluations = session.curve().column("evaluation");
    assertThat(Arrays.stream(evaluations).filter(Double::isFinite).max().orElseThrow())
        .isGreaterThan(0.9);
  }

  private static double[] evaluations(Algorithm algorithm) {
    Session session = Session.unwatched(algorithm.columns());
    algorithm.train(CHAIN, new long[] {1, 2}, session);
    return Arrays.stream(session.curve().column("evaluation")).filter(Double::isFinite).toArray();
  }

  /** So cold that the greedy action is drawn, and so hot that any is. */
  @Test
  void evaluationsAreDrawnAtATemperature() {
    double[] greedy = evaluations(TABLE);
    double[] cold = evaluations(TABLE.set("evaluate-temperature", "1e-9"));
    double[] hot = evaluations(TABLE.set("evaluate-temperature", "1e9"));
    assertThat(cold).containsExactly(greedy);
    double best = Arrays.stream(greedy).skip(40).average().orElseThrow();
    assertThat(Arrays.stream(hot).skip(40).average().orElseThrow()).isLessThan(0.8 * best);
  }

  private static double score(Policy policy) {
    double[] returns = new Evaluator(20, 8, () -> {}).evaluate(policy, CHAIN).returns()[0];
    return Arrays.stream(returns).average().orElseThrow();
  }
}
