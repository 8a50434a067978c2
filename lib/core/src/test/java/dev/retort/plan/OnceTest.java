package dev.retort.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.env.Environments;
import dev.retort.policy.NetworkPolicy;
import dev.retort.run.Run;
import dev.retort.run.RunState;
import dev.retort.run.RunStopped;
import dev.retort.run.Runs;
import dev.retort.teach.Ppo;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnceTest {
  @TempDir Path folder;

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.toString());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  private static Training.Population plan(long steps) {
    return new Training(new Ppo().steps(steps).hidden(8, 8), Environments.get("CartPole"), 0)
        .seeds(2);
  }

  private static void assertSame(Curves actual, Curves expected) {
    assertThat(actual.curve().values()).isEqualTo(expected.curve().values());
    for (int member = 0; member < 2; member++) {
      assertThat(parameters(actual, member)).isEqualTo(parameters(expected, member));
    }
  }

  private static float[] parameters(Curves curves, int member) {
    return ((NetworkPolicy) curves.policy(member)).parameters();
  }

  @Test
  void aFinishedRunIsUsedAgainBitForBit() {
    Curves first = plan(1_024).once();
    Curves second = plan(1_024).once();
    assertThat(Runs.all()).hasSize(1);
    assertSame(second, first);
  }

  @Test
  void anotherPlanIsAnotherRun() {
    plan(1_024).once();
    plan(1_280).once();
    assertThat(Runs.all()).hasSize(2);
  }

  @Test
  void aStoppedRunGoesOn() {
    Run<Curves> run = plan(20_000).start();
    run.stop();
    try {
      run.await();
    } catch (RunStopped stopped) {
      assertThat(run.state()).isEqualTo(RunState.STOPPED);
    }
    Curves resumed = plan(20_000).once();
    assertThat(Runs.all()).hasSize(1);
    assertSame(resumed, plan(20_000).run());
  }
}
