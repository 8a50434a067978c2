package dev.retort.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrajectoryTest {
  /** Of two agents, each with two numbers, what it did and what the team received. */
  private static final Group WHOLE =
      Group.of("numbers", Box.of(-9, 9, 4))
          .and("done", Box.of(0, 1, 4))
          .and("reward", Box.of(-9, 9, 1));

  private static final Goal FALLING =
      Goal.falling(
          4,
          new float[] {0, 1, 2, 3},
          new float[] {1, 2, 1, 2},
          new float[] {-9, -1, -9, -9},
          new float[] {9, 9, 9, 0.5f});

  private static Selection numbers(Integer... places) {
    return Selection.numbers(WHOLE, List.of(places));
  }

  private static Trajectory of(Goal... goals) {
    return new Trajectory(
        3,
        5,
        List.of(numbers(0, 1), numbers(2, 3)),
        List.of(numbers(4, 5), numbers(6, 7)),
        Optional.of(numbers(8)),
        List.of(goals),
        0,
        0);
  }

  private static float[] drawn(RandomStream random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  @Test
  void whoActsSeesTheWindowThatWhoLearnsIsShown() {
    RandomStream random = RandomStream.of(1, "episode");
    float[] episode = drawn(random, 7 * 9);
    Goal goal = Goal.fixed(new float[] {1, 2, 3, 4, 5, 6, 7});
    for (Trajectory own :
        List.of(of(goal), of(goal, Goal.fixed(new float[] {9, 8, 7})), of(FALLING))) {
      float[] memory = new float[own.memory()];
      double received = 0;
      for (int time = 0; time < 7; time++) {
        float[] now = new float[9];
        System.arraycopy(episode, 9 * time, now, 0, 9);
        float[] seen = own.see(now, memory, 1);
        float[] shown = new float[own.size()];
        double before = 0;
        for (int past = 0; past <= time; past++) {
          before += past > 0 ? episode[9 * past + 8] : 0;
          int place = past - time + 2;
          if (place >= 0) {
            own.put(episode, 9 * past, past, own.told(past, before), 0, shown, 0, place);
          }
        }
        assertThat(seen).containsExactly(shown, within(1e-5f));
        received = before;
      }
      assertThat(received).isNotZero();
    }
  }

  @Test
  void aWindowIsReturnsThenWhatIsSeenAndDoneThenMaskAndTimes() {
    float[] window = new float[of(FALLING).size()];
    float[] now = {1, 2, 3, 4, 0, 1, 1, 0, 7};
    of(FALLING).put(now, 0, 9, new float[] {5}, 0, window, 0, 1);
    assertThat(window)
        .containsExactly(
            0, 0, 5, 5, 0, 0, // returns
            0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, // seen
            0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, // done
            0, 0, 1, 1, 0, 0, // mask
            0, 0, 4, 4, 0, 0); // times, of which 4 is the last that is distinguished
    assertThat(of(FALLING).sees().size()).isEqualTo(window.length);
  }

  @Test
  void aGoalFallsByWhatWasReceivedAndStaysWithinWhatIsKnown() {
    assertThat(FALLING.told(0, 0)).isEqualTo(4);
    assertThat(FALLING.told(1, 1)).isEqualTo(1);
    assertThat(FALLING.told(1, 99)).isEqualTo(-1);
    assertThat(FALLING.told(99, -9)).isEqualTo(0.5f);
    assertThat(Goal.fixed(new float[] {3, 2}).told(7, 5)).isEqualTo(2);
  }

  @Test
  void oneOfSeveralWhoShareANetworkIsToldWhichItIs() {
    Trajectory second =
        new Trajectory(
            1,
            5,
            List.of(numbers(2)),
            List.of(),
            Optional.empty(),
            List.of(Goal.fixed(new float[] {0})),
            1,
            3);
    float[] seen =
        second.see(new float[] {1, 2, 3, 4, 0, 0, 0, 0, 0}, new float[second.memory()], 1);
    assertThat(seen).containsExactly(0, 3, 0, 1, 0, 1, 0);
  }

  @Test
  void itIsReadAsItIsWritten() {
    for (Trajectory own : List.of(of(FALLING), of(Goal.fixed(new float[] {1.25f, -3e-7f})))) {
      assertThat(Perception.read(WHOLE, own.toString())).isEqualTo(own);
    }
    assertThatThrownBy(() -> Perception.read(WHOLE, "trajectory:3:x"))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "seeing: expected a trajectory as it is written, got 'trajectory:3:x'. Take another copy of the file.");
  }

  @Test
  void aGoalThatFallsByNothingIsRefused() {
    assertThatThrownBy(
            () ->
                new Trajectory(
                    3, 5, List.of(numbers(0)), List.of(), Optional.empty(), List.of(FALLING), 0, 0))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("trajectory: expected the last reward in what is seen");
    assertThatThrownBy(() -> of(FALLING).see(new float[9], new float[1], 1))
        .hasMessageContaining("Open an actor, which keeps it.");
  }
}
