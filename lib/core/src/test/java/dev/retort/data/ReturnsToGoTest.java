package dev.retort.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.collect.Behavior;
import dev.retort.collect.Collector;
import dev.retort.env.agents.FillIn;
import dev.retort.policy.RandomPolicy;
import dev.retort.run.Session;
import org.junit.jupiter.api.Test;

class ReturnsToGoTest {
  private static final FillIn CELLS = new FillIn(2, 4, 2, 1, 10);

  /** Of eight copies, each of which records whole episodes but for the last. */
  private static Dataset data(int steps) {
    return AgentData.withOwnRewards(
        new Collector(RandomPolicy.of(CELLS), CELLS, new Behavior.Uniform(), steps, 1)
            .run(Session.unwatched("return", "length")));
  }

  @Test
  void theFirstOneOfAnEpisodeIsItsReturnAndEachIsTheRewardMoreThanTheNext() {
    Dataset data = data(840);
    Column sums = ReturnsToGo.of(data, "reward").raw();
    assertThat(sums.name()).isEqualTo("reward-to-go");
    for (int episode = 0; episode < data.episodes(); episode++) {
      assertThat((double) sums.at(data.start(episode), 0))
          .isCloseTo(data.episodeReturn(episode), within(1e-5));
      for (int row = data.start(episode); row + 1 < data.end(episode); row++) {
        assertThat(sums.at(row, 0) - sums.at(row + 1, 0))
            .isCloseTo(data.rewards()[row], within(1e-5f));
      }
    }
  }

  @Test
  void everyStepHasMeanZeroAndDeviationOneAmongWholeEpisodes() {
    Dataset data = data(840);
    for (String column : new String[] {"reward", "reward.agent2"}) {
      Column units = ReturnsToGo.of(data, column).standardized();
      for (int step = 0; step < 5; step++) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int episode = 0; episode < data.episodes(); episode++) {
          if (data.how(episode) != End.COLLECTION) {
            double own = units.at(data.start(episode) + step, 0);
            sum += own;
            squares += own * own;
            count++;
          }
        }
        assertThat(sum / count).isCloseTo(0, within(1e-5));
        assertThat(squares / count).isCloseTo(1, within(1e-5));
      }
    }
  }

  @Test
  void targetsAreQuantilesOfTheirStep() {
    Dataset data = data(840);
    ReturnsToGo sums = ReturnsToGo.of(data, "reward");
    double most = Double.NEGATIVE_INFINITY;
    for (double whole : data.returns()) {
      most = Math.max(most, whole);
    }
    assertThat(sums.target(0, 1)).isEqualTo(sums.units(0, (float) most), within(1e-5f));
    assertThat(sums.target(3, 0.9)).isGreaterThan(sums.target(3, 0.5));
    assertThat(sums.target(40, 0.9)).isEqualTo(sums.target(9, 0.9));
    assertThatThrownBy(() -> sums.target(0, 1.5))
        .isInstanceOf(RetortException.class)
        .hasMessage("returns-to-go: expected a quantile from 0 to 1, got 1.5.");
    assertThatThrownBy(() -> ReturnsToGo.of(data, "observation"))
        .hasMessageStartingWith("returns-to-go: expected a column of one number a row");
    assertThatThrownBy(() -> ReturnsToGo.of(data(40), "reward").target(0, 0.9))
        .hasMessageStartingWith("returns-to-go: expected episodes that came to their end");
  }
}
