package dev.retort.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.data.Recorder;
import dev.retort.data.Supervision;
import dev.retort.distribution.Categorical;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.util.List;

/** Small datasets whose every number differs from every other. */
public final class Samples {
  private Samples() {}

  /** Episodes of 3, 1 and 5 steps that end in three ways, of any observations. */
  public static Dataset episodes(String name, Space observations, Space actions) {
    Supervision labels =
        actions instanceof Discrete choices
            ? Supervision.of(new Categorical(choices))
            : new Supervision(new Categorical(new Discrete(2)), List.of());
    Recorder recorder = new Recorder(observations, actions, labels);
    RandomStream random = RandomStream.of(7, "sample");
    float[] seen = new float[observations.size()];
    float[] done = new float[actions.size()];
    float[] said = new float[labels.width()];
    int[] lengths = {3, 1, 5};
    for (int episode = 0; episode < lengths.length; episode++) {
      for (int step = 0; step < lengths[episode]; step++) {
        observations.sample(random, seen, 0);
        actions.sample(random, done, 0);
        for (int k = 0; k < said.length; k++) {
          said[k] = (float) random.nextGaussian();
        }
        recorder.step(seen, 0, done, 0, (float) random.nextGaussian(), said, 0);
      }
      observations.sample(random, seen, 0);
      recorder.end(
          seen, 0, List.of(End.TASK, End.HORIZON, End.COLLECTION).get(episode), 2 + episode);
    }
    return recorder.dataset(name);
  }

  /** That two datasets are alike, bit for bit. */
  public static void assertSame(Dataset got, Dataset data) {
    assertThat(got.toString()).isEqualTo(data.toString());
    assertThat(got.tensors().metadata()).isEqualTo(data.tensors().metadata());
    assertThat(got.columns()).isEqualTo(data.columns());
    for (String column : data.columns()) {
      assertThat(got.column(column).floats()).as(column).isEqualTo(data.column(column).floats());
    }
    assertThat(got.finals()).isEqualTo(data.finals());
    for (int episode = 0; episode < data.episodes(); episode++) {
      assertThat(got.start(episode)).isEqualTo(data.start(episode));
      assertThat(got.how(episode)).isEqualTo(data.how(episode));
      assertThat(got.task(episode)).isEqualTo(data.task(episode));
    }
  }
}
