package dev.retort.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.distribution.Categorical;
import dev.retort.env.agents.AgentTask;
import dev.retort.env.agents.EqualSpace;
import dev.retort.env.agents.FillIn;
import dev.retort.env.agents.MiniSkirmish;
import dev.retort.evaluate.Evaluator;
import dev.retort.evaluate.Scores;
import dev.retort.film.Film;
import dev.retort.film.Take;
import dev.retort.nn.Blueprint;
import dev.retort.nn.Initialization;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Trunk;
import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Policies of agents that see only their own part, played together. */
class JointAgentsTest {
  private static final List<AgentTask> TASKS =
      List.of(new FillIn(), new EqualSpace(), new MiniSkirmish());

  /** A fresh perceptron for one agent. */
  private static NetworkPolicy agent(AgentTask task, long seed) {
    Categorical choices = new Categorical(task.choices());
    Mlp perceptron = Mlp.of(16);
    Blueprint blueprint =
        new Blueprint(
            perceptron, NetworkPolicy.shape(task.seen()), choices.outputs(), Trunk.SHARED);
    try (Network network = Network.of(blueprint, Initialization.FAN_IN, new long[] {seed})) {
      return new NetworkPolicy(
          "agent " + seed, task.seen(), choices, perceptron, network.member(0));
    }
  }

  private static Joint together(AgentTask task) {
    Joint joint = Joint.of(AgentTask.agent(0), agent(task, 0));
    for (int i = 1; i < task.agents(); i++) {
      joint = joint.and(AgentTask.agent(i), agent(task, i));
    }
    return joint;
  }

  private static float[] outputs(Policy policy, float[] seen) {
    try (Actor actor = policy.actor(1)) {
      return actor.greedy(seen, new float[policy.actions().size()]).clone();
    }
  }

  @Test
  void anAgentsOutputsDoNotChangeWhenTheOthersPartsDo() {
    for (AgentTask task : TASKS) {
      Joint joint = together(task);
      int width = task.seen().size();
      int choices = task.choices().n();
      RandomStream random = RandomStream.of(4, "leak");
      float[] seen = new float[3 * width];
      for (int i = 0; i < seen.length; i++) {
        seen[i] = (float) random.nextDouble();
      }
      float[] before = outputs(joint, seen);
      for (int own = 0; own < 3; own++) {
        float[] permuted = seen.clone();
        int one = (own + 1) % 3 * width;
        int two = (own + 2) % 3 * width;
        System.arraycopy(seen, one, permuted, two, width);
        System.arraycopy(seen, two, permuted, one, width);
        float[] after = outputs(joint, permuted);
        for (int agent = 0; agent < 3; agent++) {
          float[] was = Arrays.copyOfRange(before, agent * choices, (agent + 1) * choices);
          float[] is = Arrays.copyOfRange(after, agent * choices, (agent + 1) * choices);
          if (agent == own) {
            assertThat(is).isEqualTo(was);
          } else {
            assertThat(is).isNotEqualTo(was);
          }
        }
      }
    }
  }

  @Test
  void theyAreEvaluatedAsIfEachWereAskedByItself() {
    for (AgentTask task : TASKS) {
      Evaluator evaluator = new Evaluator(6, 2, () -> {});
      Scores scores = evaluator.evaluate(together(task), task);
      assertThat(scores.returns())
          .isEqualTo(evaluator.evaluate(oneByOne(task), task).returns())
          .hasNumberOfRows(1);
      assertThat(scores.measures()).contains("agent1 return", "agent3 return");
    }
  }

  /** Each agent looks at its own part of what all see, and answers for itself. */
  private static Policy oneByOne(AgentTask task) {
    int width = task.seen().size();
    return Scripted.of(
        "one by one",
        task,
        (seen, action) -> {
          for (int i = 0; i < task.agents(); i++) {
            float[] own = Arrays.copyOfRange(seen, i * width, (i + 1) * width);
            float[] chosen = new float[1];
            try (Actor actor = agent(task, i).actor(1)) {
              actor.greedy(own, chosen);
            }
            action[i] = chosen[0];
          }
        });
  }

  @Test
  void aFilmShowsThemAll() {
    for (AgentTask task : TASKS) {
      Film film = Film.of(task, together(task), new Take(12, 10, 0), 200, 200);
      assertThat(film.frames()).isGreaterThan(12);
    }
  }
}
