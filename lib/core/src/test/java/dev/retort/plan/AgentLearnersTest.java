package dev.retort.plan;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.dqn;
import static dev.retort.Retort.noisy;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.stochastic;
import static dev.retort.Retort.styled;
import static dev.retort.Retort.train;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.data.AgentData;
import dev.retort.data.Dataset;
import dev.retort.distribution.Product;
import dev.retort.env.agents.AgentTask;
import dev.retort.env.agents.FillIn;
import dev.retort.env.agents.Heuristics;
import dev.retort.env.agents.OneAgent;
import dev.retort.evaluate.Evaluator;
import dev.retort.policy.Joint;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.teach.Dqn;
import dev.retort.teach.Ppo;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** From worlds of several agents to data, and from data to agents that act together. */
class AgentLearnersTest {
  private static final FillIn CELLS = new FillIn(2, 4, 2, 0, 10);

  private static double mean(double[] returns) {
    return Arrays.stream(returns).average().orElseThrow();
  }

  private static double mean(Policy policy) {
    return mean(new Evaluator(100, 3, () -> {}).evaluate(policy, CELLS).returns()[0]);
  }

  /** One network sees and moves all agents; the longer it has learned, the better its data. */
  @Test
  void aCentralizedPpoGivesDataOfSeveralQualities() {
    Ppo central = ppo().environments(8).rollout(64);
    double before = Double.NEGATIVE_INFINITY;
    for (long steps : new long[] {512, 25_000}) {
      Policy policy = train(central.steps(steps)).on(CELLS).seed(1).run();
      assertThat(policy.distribution()).isInstanceOf(Product.class);
      Dataset data = collect(2_000).from(policy).on(CELLS).exploring(stochastic()).run();
      assertThat(mean(data.returns())).isGreaterThan(before + 0.5);
      before = mean(data.returns());
    }
  }

  @Test
  void agentsThatLearnedFromTheirOwnDataFillMoreTogetherThanStyledWalks() {
    FillIn shown = CELLS.with("global", 1);
    Policy knows =
        Scripted.of("knows", shown, (seen, action) -> Heuristics.fillIn(shown, seen, action));
    Dataset data =
        AgentData.withOwnRewards(
            collect(6_000).from(knows).on(shown).exploring(noisy(0.2, 0.5, 0.9)).run());
    Dqn learning = dqn().hidden(32).steps(600).batchSize(64).targetEvery(100).constrained(0.3);
    Joint joint = null;
    for (int i = 0; i < CELLS.agents(); i++) {
      String agent = AgentTask.agent(i);
      Policy own = train(learning.from(AgentData.of(data, agent))).on(new OneAgent(CELLS, i)).run();
      joint = joint == null ? Joint.of(agent, own) : joint.and(agent, own);
    }
    Dataset walks = collect(2_000).from(knows).on(shown).exploring(styled()).run();
    assertThat(mean(joint)).isGreaterThan(mean(walks.returns()) + 0.5);
  }
}
