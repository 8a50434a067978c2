package dev.retort.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.env.Env;
import dev.retort.random.RandomStream;
import dev.retort.run.Runs;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import dev.retort.teach.QLearning;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan whose environment changes itself says why it begins anew. */
class LostRunTest {
  @TempDir Path folder;

  private static int taken;

  /** A corridor whose code counts where others can see it. */
  record Counting(int length) implements Env {
    @Override
    public Space observations() {
      return Box.of(0, length, 1);
    }

    @Override
    public Space actions() {
      return new Discrete(2);
    }

    @Override
    public int horizon() {
      return 50;
    }

    @Override
    public int stateSize() {
      return 1;
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      state[0] = 0;
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      double reward = taken++ < 0 ? -1 : 0; // a mistake that users make
      state[0] = Math.max(0, state[0] + (action[0] == 1 ? 1 : -1));
      return terminated(state) ? 1 : reward;
    }

    @Override
    public boolean terminated(double[] state) {
      return state[0] >= length;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = (float) state[0];
    }
  }

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.toString());
    taken = 0;
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  private static List<String> notesOfOnce(int length, long steps) {
    new Training(new QLearning().steps(steps), new Counting(length), 0).seeds(1).once();
    int newest = Runs.all().get(Runs.all().size() - 1).id();
    return Runs.open(newest).notes();
  }

  @Test
  void onceSaysWhichStaticFieldKeepsItFromItsRun() {
    assertThat(notesOfOnce(8, 200)).isEmpty();
    assertThat(notesOfOnce(8, 200))
        .singleElement()
        .asString()
        .contains(
            "a new run: run 1 is of this plan, but of its environment LostRunTest.taken is 200, was 0 since. A static field that the environment's own code changes makes it another one with every run: keep in the state what it counts");
    assertThat(notesOfOnce(9, 200)).as("another environment").isEmpty();
    assertThat(notesOfOnce(8, 300)).as("another plan").isEmpty();
    assertThat(Runs.all()).hasSize(4);
  }
}
