package dev.retort.collect;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.noisy;
import static dev.retort.Retort.styled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.data.AgentData;
import dev.retort.data.Dataset;
import dev.retort.env.agents.Collect;
import dev.retort.env.agents.FillIn;
import dev.retort.env.agents.Heuristics;
import dev.retort.plan.Collecting;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.run.Session;
import dev.retort.space.Discrete;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentCollectionTest {
  private static final FillIn CELLS = new FillIn().with("global", 1);
  private static final Policy KNOWS =
      Scripted.of("knows", CELLS, (seen, action) -> Heuristics.fillIn(CELLS, seen, action));
  private static final int EPISODES = 240;
  private static final int STEPS = EPISODES * 25;

  private static Dataset collected(Behavior behavior, int steps) {
    return new Collector(KNOWS, CELLS, behavior, steps, 3)
        .run(Session.unwatched("return", "length"));
  }

  /** In how many of the actions of an episode an agent did something else than who knows. */
  private static double othersThanKnown(Dataset data, int episode, int agent) {
    int other = 0;
    for (int row = data.start(episode); row < data.end(episode); row++) {
      other +=
          data.taken()[3 * row + agent] == data.column("teacher.action").at(row, agent) ? 0 : 1;
    }
    return other / 25.0;
  }

  /** One of five random moves is the right one, so that a share of s shows as 0.8 s. */
  @Test
  void theNoiseIsDrawnForEachEpisodeAndEachAgentIsDisturbedByItself() {
    Dataset data = collected(noisy(0, 0.9), STEPS);
    int still = 0;
    double disturbed = 0;
    double together = 0;
    for (int episode = 0; episode < EPISODES; episode++) {
      double first = othersThanKnown(data, episode, 0);
      double all = first + othersThanKnown(data, episode, 1) + othersThanKnown(data, episode, 2);
      if (all == 0) {
        still++;
        continue;
      }
      disturbed += all / 3;
      for (int row = data.start(episode); row < data.end(episode); row++) {
        boolean one = data.taken()[3 * row] != data.column("teacher.action").at(row, 0);
        boolean two = data.taken()[3 * row + 1] != data.column("teacher.action").at(row, 1);
        together += one && two ? 1 / 25.0 : 0;
      }
    }
    assertThat(still / (double) EPISODES).isCloseTo(0.5, within(0.1));
    int noisy = EPISODES - still;
    assertThat(disturbed / noisy).isCloseTo(0.72, within(0.02));
    assertThat(together / noisy).as("independently").isCloseTo(0.72 * 0.72, within(0.03));
  }

  @Test
  void lessNoiseIsBetterAndStyledWalksAreWorse() {
    double good = mean(collected(noisy(0.2), STEPS));
    double mixed = mean(collected(noisy(0.2, 0.5, 0.9), STEPS));
    double poor = mean(collected(styled(), STEPS));
    assertThat(good).isGreaterThan(mixed + 1);
    assertThat(mixed).isGreaterThan(poor + 3);
  }

  private static double mean(Dataset data) {
    return Arrays.stream(data.returns()).average().orElseThrow();
  }

  @Test
  void everyEpisodeOfAStyledWalkHasItsFavorites() {
    Dataset data = collected(styled(), STEPS);
    double favorites = 0;
    for (int episode = 0; episode < EPISODES; episode++) {
      int[] counts = new int[5];
      for (int row = data.start(episode); row < data.end(episode); row++) {
        counts[(int) data.taken()[3 * row]]++;
      }
      favorites += Arrays.stream(counts).max().orElseThrow() / 25.0 / EPISODES;
    }
    // The share of a favorite is 0.6 on the mean: it is taken by itself, or by chance.
    assertThat(favorites).isBetween(0.58, 0.68);
  }

  @Test
  void behaviorsOfWholeEpisodesAreTextAndCollectedAsPlans() {
    for (Behavior behavior : List.of(noisy(0.2, 0.5), styled())) {
      assertThat(Behavior.type().read("collect", "exploring", behavior.toString()))
          .isEqualTo(behavior);
      Collecting plan = collect(200).from(KNOWS).on(CELLS).exploring(behavior).seed(3);
      assertThat(plan.run().taken()).isEqualTo(collected(behavior, 200).taken());
    }
    assertThatThrownBy(() -> noisy())
        .isInstanceOf(RetortException.class)
        .hasMessage("noisy: expected shares from 0 to 1, got [].");
    assertThatThrownBy(() -> noisy(0.2, 1.2)).hasMessageContaining("got [0.2, 1.2]");
  }

  @Test
  void theOwnRewardOfEachAgentIsAColumn() {
    Collect objects = new Collect().with("global", 1);
    Policy knows =
        Scripted.of("knows", objects, (seen, action) -> Heuristics.collect(objects, seen, action));
    Dataset data =
        AgentData.withOwnRewards(
            new Collector(knows, objects, noisy(0.2, 0.9), 900, 1)
                .run(Session.unwatched("return", "length")));
    double all = 0;
    for (int row = 0; row < data.size(); row++) {
      float sum = 0;
      for (String agent : List.of("agent1", "agent2", "agent3")) {
        sum += data.column("reward." + agent).at(row, 0);
      }
      assertThat(sum).isEqualTo(data.rewards()[row]);
      all += sum;
    }
    assertThat(all).isGreaterThan(50);
    assertThatThrownBy(() -> AgentData.withOwnRewards(AgentData.of(data, "agent1")))
        .hasMessageMatching(
            "withOwnRewards: expected a part 'rewards' of what was seen, a number an agent, got .* without names in '.*, agent1'\\. Say it of data as they were collected, .*");
    assertThatThrownBy(() -> AgentData.withOwnRewards(AgentData.seenByAgents(data)))
        .hasMessageContaining("got the parts agent1, agent2, agent3 in");
  }

  @Test
  void anAgentsDataIsWhatItSawAndDid() {
    Dataset data = AgentData.withOwnRewards(collected(noisy(0.5), 500));
    Dataset own = AgentData.of(data, "agent2");
    int width = CELLS.seen().size();
    int whole = CELLS.observations().size();
    assertThat(own.observations()).isEqualTo(CELLS.seen());
    assertThat(own.actions()).isEqualTo(new Discrete(5));
    assertThat(own.columns())
        .containsExactly(
            "observation", "action", "reward", "reward.agent1", "reward.agent2", "reward.agent3");
    assertThat(own.rewards()).isEqualTo(data.rewards());
    assertThat(own.episodes()).isEqualTo(data.episodes());
    for (int row = 0; row < own.size(); row++) {
      assertThat(own.taken()[row]).isEqualTo(data.taken()[3 * row + 1]);
      assertThat(Arrays.copyOfRange(own.obs(), row * width, (row + 1) * width))
          .isEqualTo(Arrays.copyOfRange(data.obs(), row * whole + width, row * whole + 2 * width));
    }
    assertThatThrownBy(() -> AgentData.of(data, "agent4"))
        .hasMessageContaining("'agent4'")
        .hasMessageContaining("agent3");
  }
}
