package dev.retort.exchange.gymnasium;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.env;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.resume;
import static dev.retort.Retort.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.plan.Curves;
import dev.retort.plan.Training;
import dev.retort.run.Run;
import dev.retort.run.Runs;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("once")
class GymRunTest {
  @TempDir Path folder;

  @BeforeEach
  void runInAFolderOfTheTest() {
    System.setProperty("retort.runs", folder.resolve("runs").toString());
    FakeGymnasium.use(folder);
  }

  @AfterEach
  void runWhereOthersDo() {
    System.clearProperty("retort.runs");
    System.clearProperty("retort.python");
  }

  private static Training.Population training(Env env) {
    return train(ppo().steps(1500).rollout(32).epochs(2)).on(env).seeds(2);
  }

  @Tag("slow")
  @Test
  void aTrainingTrainsIsStoppedGoesOnToTheSameBitsAndItsPolicyPlays() throws Exception {
    Env walk = env("gym:Walk-v0?noise=0.3");
    Curves whole = training(walk).run();
    Run<Curves> run = training(walk).start();
    while (run.progress().step() < 300) {
      Thread.sleep(1);
    }
    run.stop();
    assertThat(run.awaitEnd(30, TimeUnit.SECONDS)).isTrue();
    assertThat(run.summary().step()).isBetween(300L, 1499L);
    Curves resumed = resume(2);
    assertThat(Runs.open(2).curve().values()).isEqualTo(Runs.open(1).curve().values());
    assertThat(Runs.open(2).result().floats("parameters"))
        .isEqualTo(Runs.open(1).result().floats("parameters"));
    assertThat(whole.policies()).hasSameSizeAs(resumed.policies());
    Dataset data = collect(200).from(resumed.policy(0)).on(walk).seed(1).run();
    assertThat(data.size()).isEqualTo(200);
    double mean =
        evaluate(resumed.policy(0)).on(walk).episodes(10).seed(1).run().rows().get(0).meanReturn();
    assertThat(mean).isFinite();
  }

  @Test
  void whereThereIsNoPythonAMessageSaysWhatToInstallAndOthersGoOn() {
    System.setProperty("retort.python", folder.resolve("none").toString());
    assertThatThrownBy(() -> env("gym:Missing-v0"))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("gym:Missing-v0: expected a Python to play it in, got none")
        .hasMessageContaining("pip install gymnasium")
        .hasMessageContaining("-Dretort.python=FILE");
    assertThat(env("CartPole").name()).isEqualTo("CartPole");
  }

  @Test
  void whereThereIsNoGymnasiumAMessageSaysWhatToInstall() {
    FakeGymnasium.useNothing(folder);
    assertThatThrownBy(() -> env("gym:Missing-v0"))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("gym:Missing-v0: expected a Python that has Gymnasium")
        .hasMessageContaining("No module named 'gymnasium' (Python 3")
        .hasMessageContaining("pip install gymnasium");
  }
}
