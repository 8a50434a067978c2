package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retort.env.VectorEnv;
import dev.retort.random.RandomStream;
import dev.retort.random.RandomStreams;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayTest {
  @Test
  void theMemoryForgetsTheOldestFirst() {
    Replay replay = new Replay(2, 5, 1, 1, Optional.empty());
    for (int step = 0; step < 12; step++) {
      add(replay, 0, step);
      add(replay, 1, 100 + step);
    }
    add(replay, 1, 112);
    assertThat(replay.size(0)).isEqualTo(5);
    Replay copy = new Replay(2, 5, 1, 1, Optional.empty());
    copy.restore(replay.save());
    for (Replay each : List.of(replay, copy)) {
      Replay.Sample sample = new Replay.Sample(400, 1, 1);
      each.sample(RandomStreams.of(new long[] {1, 2}, "sample"), 200, 0, sample);
      for (int row = 0; row < 400; row++) {
        float low = row < 200 ? 7 : 108;
        assertThat(sample.obs[row]).isBetween(low, low + 4);
        assertThat(10 * sample.episodes[row] + sample.steps[row]).isEqualTo((int) sample.obs[row]);
      }
    }
  }

  @Test
  void rewardsOfSeveralStepsAreSummedUpToTheEndOfTheEpisode() {
    double gamma = 0.5;
    Chain chain = new Chain(4, 0, 100);
    VectorEnv envs = new VectorEnv(chain, 1, copy -> RandomStream.of(1, "n steps"));
    Replay replay = new Replay(1, 300, 4, 1, Optional.empty());
    goRight(envs, new NStep(1, 2, gamma, 4, 1, replay), 300);
    Replay.Sample sample = new Replay.Sample(500, 4, 1);
    replay.sample(RandomStreams.of(new long[] {2}, "sample"), 500, 0, sample);
    int[] seen = new int[4];
    for (int row = 0; row < 500; row++) {
      int cell = cell(sample.obs, row, 4);
      seen[cell]++;
      assertThat(sample.rewards[row]).isEqualTo(cell == 3 ? 1f : cell == 2 ? 0.5f : 0f);
      assertThat(sample.discounts[row]).isEqualTo(cell < 2 ? 0.25f : 0f);
      assertThat(cell(sample.nextObs, row, 4)).isEqualTo(cell < 2 ? cell + 2 : -1);
    }
    assertThat(seen).doesNotContain(0);
  }

  @Test
  void aTruncatedEpisodeIsBootstrappedFromFewerSteps() {
    Chain chain = new Chain(9, 0, 3);
    VectorEnv envs = new VectorEnv(chain, 1, copy -> RandomStream.of(1, "n steps"));
    Replay replay = new Replay(1, 90, 9, 1, Optional.empty());
    NStep steps = new NStep(1, 5, 0.5, 9, 1, replay);
    goRight(envs, steps, 40);
    NStep copy = new NStep(1, 5, 0.5, 9, 1, replay);
    copy.restore(steps.save());
    goRight(envs, copy, 40);
    Replay.Sample sample = new Replay.Sample(200, 9, 1);
    replay.sample(RandomStreams.of(new long[] {2}, "sample"), 200, 0, sample);
    int[] seen = new int[4];
    Map<Integer, Integer> begun = new HashMap<>(); // where each episode did
    for (int row = 0; row < 200; row++) {
      int beginning = cell(sample.obs, row, 9) - sample.steps[row];
      assertThat(begun.merge(sample.episodes[row], beginning, (was, is) -> was))
          .isEqualTo(beginning);
      assertThat(sample.steps[row]).isBetween(0, 2);
      int to = cell(sample.nextObs, row, 9);
      if (to < 0) {
        assertThat(sample.discounts[row]).isZero();
        continue;
      }
      int taken = to - cell(sample.obs, row, 9);
      seen[taken]++;
      assertThat(sample.discounts[row]).isEqualTo((float) Math.pow(0.5, taken));
      assertThat(sample.rewards[row]).isZero();
    }
    assertThat(Arrays.copyOfRange(seen, 1, 4)).doesNotContain(0);
    assertThat(begun).hasSizeGreaterThan(20);
  }

  private static void goRight(VectorEnv envs, NStep steps, int count) {
    if (steps.save().ints("waiting")[0] == 0) {
      envs.reset();
    }
    for (int step = 0; step < count; step++) {
      float[] before = envs.observations().clone();
      float[] right = {1};
      envs.step(right);
      steps.add(before, right, envs.rewards(), envs);
    }
  }

  @Test
  void surpriseIsReplayedInProportionAndTheWeightsTakeItBack() {
    int capacity = 6;
    double alpha = 0.7;
    Replay replay = new Replay(1, capacity, 1, 1, Optional.of(alpha));
    for (int i = 0; i < capacity; i++) {
      add(replay, 0, i);
    }
    double[] errors = {0.1, 2, 0.5, 4, 1, 0.3};
    Replay.Sample all = new Replay.Sample(capacity, 1, 1);
    Arrays.setAll(all.places, i -> i);
    replay.prioritize(all, errors);
    Replay copy = new Replay(1, capacity, 1, 1, Optional.of(alpha));
    copy.restore(replay.save());
    double total = Arrays.stream(errors).map(e -> Math.pow(e + 1e-6, alpha)).sum();
    for (Replay each : List.of(replay, copy)) {
      int draws = 60_000;
      Replay.Sample sample = new Replay.Sample(draws, 1, 1);
      each.sample(RandomStreams.of(new long[] {4}, "sample"), draws, 1, sample);
      double[] counts = new double[capacity];
      double[] weighted = new double[capacity];
      for (int row = 0; row < draws; row++) {
        counts[sample.places[row]]++;
        weighted[sample.places[row]] += sample.weights[row];
        assertThat(sample.obs[row]).isEqualTo(sample.places[row]);
      }
      double evenly = Arrays.stream(weighted).sum() / capacity;
      for (int i = 0; i < capacity; i++) {
        double expected = Math.pow(errors[i] + 1e-6, alpha) / total;
        assertThat(counts[i] / draws).isCloseTo(expected, within(0.002));
        assertThat(weighted[i] / evenly).isCloseTo(1, within(0.02));
      }
    }
  }

  private static void add(Replay replay, int member, float number) {
    float[] one = {number};
    replay.add(member, one, 0, one, 0, number, one, 0, 1, (int) number / 10, (int) number % 10);
  }

  private static int cell(float[] obs, int row, int cells) {
    for (int i = 0; i < cells; i++) {
      if (obs[row * cells + i] == 1) {
        return i;
      }
    }
    return -1;
  }
}
