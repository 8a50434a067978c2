package dev.retort.exchange.minari;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.Retort;
import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.env.Environments;
import dev.retort.space.Box;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Files that Minari 0.5.3 wrote, in a folder that {@code -Dretort.minari=FOLDER} names: {@code
 * cartpole/reference-v0} and {@code pendulum/reference-v0}, twenty episodes each of Gymnasium.
 */
class GenuineMinariTest {
  private static Path folder(String name) {
    String root = System.getProperty("retort.minari", "");
    Path folder = Path.of(root).resolve(name);
    Assumptions.assumeTrue(!root.isEmpty() && Files.isDirectory(folder), "no such files here");
    return folder;
  }

  @Test
  void thePoleOfGymnasiumFallsInEpisodesThatEndTheirTask() {
    Dataset data = Retort.dataset(folder("cartpole/reference-v0"));
    assertThat(data.name()).isEqualTo("cartpole/reference-v0");
    assertThat(data.episodes()).isEqualTo(20);
    assertThat(data.size()).isEqualTo(2269);
    assertThat(data.actions()).isEqualTo(Environments.get("CartPole").actions());
    for (int episode = 0; episode < 20; episode++) {
      int steps = data.end(episode) - data.start(episode);
      assertThat(data.how(episode)).isEqualTo(steps == 200 ? End.HORIZON : End.TASK);
      assertThat(data.episodeReturn(episode)).isEqualTo(steps);
      float position = data.finals()[episode * 4];
      float angle = data.finals()[episode * 4 + 2];
      assertThat(Math.abs(position) > 2.4 || Math.abs(angle) > 0.2094)
          .as("final observation of episode %s lies outside the bounds", episode)
          .isEqualTo(steps < 200);
    }
  }

  @Test
  void thePendulumOfGymnasiumIsCutAfterTwoHundredSteps() {
    Dataset data = Retort.dataset(folder("pendulum/reference-v0"));
    assertThat(data.size()).isEqualTo(4000);
    assertThat(data.actions()).isEqualTo(Box.of(-2, 2, 1));
    for (int row = 0; row < data.size(); row++) {
      float cosine = data.obs()[row * 3];
      float sine = data.obs()[row * 3 + 1];
      assertThat(cosine * cosine + sine * sine).isBetween(0.9999f, 1.0001f);
    }
    assertThat(List.of(data.how(0), data.how(19))).containsOnly(End.HORIZON);
  }
}
