package dev.retort.env.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.env.VectorEnv;
import dev.retort.env.control.Pendulum;
import dev.retort.random.RandomStream;
import dev.retort.store.Tensors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NormalizeTest {
  private static final int MEMBERS = 2;
  private static final int COPIES = 3;

  private final RandomStream random = RandomStream.of(3, "normalize test");

  private float[] rows(int count, double shift) {
    float[] rows = new float[count];
    for (int i = 0; i < count; i++) {
      rows[i] = (float) (shift + random.nextGaussian());
    }
    return rows;
  }

  @Test
  void batchesGiveTheMomentsOfAllRowsTogether() {
    RunningMoments moments = new RunningMoments(1, 2);
    float[] all = rows(2 * 600, 1e4);
    int at = 0;
    for (int n : new int[] {1, 1, 2, 96, 300, 200}) {
      moments.add(Arrays.copyOfRange(all, 2 * at, 2 * (at + n)));
      at += n;
    }
    assertThat(moments.count(0)).isEqualTo(600);
    for (int i = 0; i < 2; i++) {
      double sum = 0;
      for (int row = 0; row < 600; row++) {
        sum += all[2 * row + i];
      }
      double spread = 0;
      for (int row = 0; row < 600; row++) {
        spread += Math.pow(all[2 * row + i] - sum / 600, 2);
      }
      assertThat(moments.mean(0, i)).isCloseTo(sum / 600, within(1e-9));
      assertThat(moments.variance(0, i)).isCloseTo(spread / 600, within(1e-9));
    }
  }

  @Test
  void membersShareNothing() {
    RunningMoments together = new RunningMoments(2, 1);
    RunningMoments alone = new RunningMoments(1, 1);
    for (int i = 0; i < 5; i++) {
      float[] first = rows(4, 0);
      float[] second = rows(4, 100);
      float[] both = Arrays.copyOf(first, 8);
      System.arraycopy(second, 0, both, 4, 4);
      together.add(both);
      alone.add(second);
    }
    assertThat(together.mean(1, 0)).isEqualTo(alone.mean(0, 0));
    assertThat(together.variance(1, 0)).isEqualTo(alone.variance(0, 0));
    assertThat(together.mean(0, 0)).isBetween(-2.0, 2.0);
  }

  @Test
  void aNumberThatIsNoneIsNamedAndCountsNothing() {
    RunningMoments moments = new RunningMoments(2, 2);
    moments.add(new float[] {1, 2, 3, 4});
    assertThatThrownBy(() -> moments.add(new float[] {1, 2, 3, Float.NaN}))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "running moments: expected finite numbers, got NaN (member 1, number 1 of its row).");
    assertThat(moments.count(0)).isEqualTo(1);
    assertThatThrownBy(() -> moments.add(new float[6]))
        .hasMessage(
            "normalize: expected rows of 2 numbers, as many for each of 2 members, got 6 numbers in all.");
  }

  @Test
  void normalizedObservationsHaveMeanZeroAndDeviationOne() {
    ObservationNormalizer normalizer = new ObservationNormalizer(1, 1, 10);
    float[] all = rows(4000, 7);
    normalizer.update(all);
    float[] normalized = new float[4000];
    normalizer.apply(all, normalized);
    double sum = 0;
    double squares = 0;
    for (float value : normalized) {
      sum += value;
      squares += value * value;
    }
    assertThat(sum / 4000).isCloseTo(0, within(1e-6));
    assertThat(squares / 4000).isCloseTo(1, within(1e-6));
  }

  @Test
  void whatNeverVariedIsOnlyCenterdAndOutliersAreClipped() {
    ObservationNormalizer normalizer = new ObservationNormalizer(1, 2, 5);
    float[] seen = {3, 0.5f};
    normalizer.apply(seen, seen);
    assertThat(seen).containsExactly(3, 0.5f);
    normalizer.update(new float[] {2, -1, 2, 1});
    seen = new float[] {2.25f, 1000};
    normalizer.apply(seen, seen);
    assertThat(seen).containsExactly(0.25f, 5);
  }

  @Test
  void thePolicyCarriesWhatTheLearnerSaw() {
    ObservationNormalizer normalizer = new ObservationNormalizer(2, 3, 10);
    normalizer.update(rows(2 * 4 * 3, 2));
    Normalization carried = normalizer.frozen(1);
    Normalization read = Normalization.of(carried.tensors());
    assertThat(read).isEqualTo(carried).isNotEqualTo(normalizer.frozen(0));
    float[] rows = rows(2 * 3, 2);
    float[] expected = new float[6];
    normalizer.apply(rows, expected);
    float[] got = new float[3];
    read.apply(rows, 3, 1, got, 0);
    assertThat(got).containsExactly(Arrays.copyOfRange(expected, 3, 6));
    normalizer.update(rows(2 * 4 * 3, 9));
    assertThat(carried).isEqualTo(read).isNotEqualTo(normalizer.frozen(1));
  }

  @Test
  void whoGoesOnFromWhatAPolicyCarriesIsAsIfItHadSeenEverythingItself() {
    ObservationNormalizer all = new ObservationNormalizer(2, 3, 10);
    all.update(rows(2 * 40 * 3, 2));
    ObservationNormalizer later = new ObservationNormalizer(2, 3, 10);
    for (int member = 0; member < 2; member++) {
      Normalization carried = all.frozen(member);
      assertThat(carried.count()).isEqualTo(40);
      later.adopt(member, Normalization.of(carried.tensors()));
      assertThat(later.frozen(member)).isEqualTo(carried);
    }
    float[] more = rows(2 * 25 * 3, 9);
    all.update(more);
    later.update(more);
    for (int member = 0; member < 2; member++) {
      assertThat(later.frozen(member).count()).isEqualTo(65);
      for (String numbers : new String[] {"mean", "deviation"}) {
        assertThat(later.frozen(member).tensors().doubles(numbers))
            .containsExactly(all.frozen(member).tensors().doubles(numbers), within(1e-9));
      }
    }
    Tensors older = new Tensors();
    all.frozen(0)
        .tensors()
        .all()
        .forEach(
            (name, tensor) -> {
              if (!name.equals("count")) {
                older.put(name, (double[]) tensor.array());
              }
            });
    assertThat(Normalization.of(older).count()).isZero();
  }

  @Test
  void damagedNormalizationsAreRefused() {
    assertThatThrownBy(() -> new Normalization(new double[2], new double[] {1, 0}, 10))
        .hasMessage(
            "normalization: expected finite means and positive deviations, got 0.0 and 0.0 (number 1).");
    assertThatThrownBy(() -> new Normalization(new double[2], new double[1], 10))
        .hasMessage("normalization: expected a deviation for each of 2 means, got 1.");
    assertThatThrownBy(() -> new Normalization(new double[1], new double[] {1}, Double.NaN))
        .hasMessage("normalization: expected to clip at a positive number, got NaN.");
    assertThatThrownBy(
            () -> new ObservationNormalizer(2, 3, 10).restore(new RunningMoments(1, 3).save()))
        .hasMessageStartingWith(
            "running moments: expected those of 2 members and rows of 3 numbers, got 1 members");
  }

  @Test
  void rewardsAreScaledByTheDeviationOfTheDiscountedReturn() {
    RewardNormalizer normalizer = new RewardNormalizer(1, 2, 0.5, 10);
    boolean[] none = new boolean[2];
    float[] scaled = new float[2];
    normalizer.apply(new float[] {1, 3}, none, none, scaled);
    assertThat(scaled[1]).isCloseTo(3f / 1, within(1e-6f)); // returns 1, 3: deviation 1
    normalizer.apply(new float[] {1, 1}, new boolean[] {true, false}, none, scaled);
    // returns 1, 3, 1.5, 2.5: mean 2, variance (1 + 1 + 0.25 + 0.25) / 4
    assertThat(normalizer.scale(0)).isCloseTo(1 / Math.sqrt(0.625), within(1e-7));
    normalizer.apply(new float[] {0, 0}, none, new boolean[] {false, true}, scaled);
    // the first copy's return began anew: 0 and 1.25
    double mean = (1 + 3 + 1.5 + 2.5 + 0 + 1.25) / 6;
    double variance = 0;
    for (double value : new double[] {1, 3, 1.5, 2.5, 0, 1.25}) {
      variance += (value - mean) * (value - mean) / 6;
    }
    assertThat(normalizer.scale(0)).isCloseTo(1 / Math.sqrt(variance), within(1e-7));
    assertThat(normalizer.save().doubles("returns")).containsExactly(0, 0);
  }

  @Test
  void rewardsStayAsTheyAreUntilReturnsVaryAndAreClipped() {
    RewardNormalizer normalizer = new RewardNormalizer(1, 1, 0, 10);
    boolean[] none = new boolean[1];
    float[] scaled = new float[1];
    normalizer.apply(new float[] {-4}, none, none, scaled);
    assertThat(scaled).containsExactly(-4);
    for (int i = 0; i < 1000; i++) {
      normalizer.apply(new float[] {(i & 1) * 0.001f}, none, none, scaled);
    }
    normalizer.apply(new float[] {500}, none, none, scaled);
    assertThat(scaled).containsExactly(10);
  }

  @Test
  void aRunThatIsSavedInTheMiddleGoesOnBitByBit() {
    float[] whole = new Loop().run(400).seen;
    Loop first = new Loop().run(150);
    Loop second = new Loop();
    second.restore(first.save());
    assertThat(second.run(250).seen).containsExactly(whole);
  }

  /** What a learner does, without learning. */
  private static final class Loop {
    private final VectorEnv envs =
        new VectorEnv(
            new Pendulum().with("horizon", 60),
            MEMBERS * COPIES,
            copy -> RandomStream.of(1, "loop", copy));
    private final ObservationNormalizer observations = new ObservationNormalizer(MEMBERS, 3, 10);
    private final RewardNormalizer rewards = new RewardNormalizer(MEMBERS, COPIES, 0.99, 10);
    private final float[] seen = new float[MEMBERS * COPIES * 3];
    private final float[] scaled = new float[MEMBERS * COPIES];

    Loop() {
      envs.reset();
    }

    Loop run(int steps) {
      float[] actions = new float[MEMBERS * COPIES];
      for (int step = 0; step < steps; step++) {
        observations.update(envs.observations());
        observations.apply(envs.observations(), seen);
        for (int copy = 0; copy < actions.length; copy++) {
          actions[copy] = Math.max(-2, Math.min(2, seen[3 * copy] + scaled[copy]));
        }
        envs.step(actions);
        rewards.apply(envs.rewards(), envs.terminated(), envs.truncated(), scaled);
      }
      return this;
    }

    Tensors save() {
      return new Tensors()
          .put("scaled", scaled.clone())
          .putAll("environments", envs.save())
          .putAll("observations", observations.save())
          .putAll("rewards", rewards.save());
    }

    void restore(Tensors saved) {
      envs.restore(saved.part("environments"));
      observations.restore(saved.part("observations"));
      rewards.restore(saved.part("rewards"));
      System.arraycopy(saved.floats("scaled"), 0, scaled, 0, scaled.length);
    }
  }
}
