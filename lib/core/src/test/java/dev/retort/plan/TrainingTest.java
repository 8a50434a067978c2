package dev.retort.plan;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.curves;
import static dev.retort.Retort.dqn;
import static dev.retort.Retort.es;
import static dev.retort.Retort.policy;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  private static final Env POLE = Environments.get("CartPole");

  @TempDir Path folder;

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.toString());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  @Test
  void nothingIsKeptOrStoppedByEvaluationsThatNobodyAskedFor() {
    Training plain = train(ppo().steps(2_000)).on(POLE);
    assertThatThrownBy(() -> plain.keepingBest().job())
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "train: expected evaluations to keep the best policy by, got none. Say .evaluating(2_000, 10): every 2,000 steps, 10 episodes.");
    assertThatThrownBy(() -> plain.stoppingAt(20).seeds(3).explain())
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("train: expected evaluations to stop by, got none.");
    assertThat(plain.stoppingAt(20).keepingBest().evaluating(500, 2).explain()).contains("best");
  }

  @Test
  void aTeacherThatNeverUpdatesIsNotTakenForAnEvolutionStrategy() {
    String never = train(dqn().steps(240).warmUp(200)).on(POLE).explain();
    assertThat(never).contains("and 0 updates for each seed").doesNotContain("generations");
    assertThat(train(es().steps(500)).on(POLE).explain()).contains("generations");
  }

  @Test
  void curvesOfARunCanBeOpenedAgain() throws IOException {
    Curves trained = train(ppo().steps(600)).on(POLE).seeds(2).run();
    Curves opened = curves(1);
    assertThat(opened.title()).isEqualTo(trained.title());
    assertThat(opened.curve().values()).isEqualTo(trained.curve().values());
    assertThat(opened.policies()).hasSize(2);
    Files.writeString(dev.retort.run.Runs.open(1).path().resolve("status.json"), "{");
    assertThat(curves(1).title()).isEqualTo(trained.title());
    assertThatThrownBy(() -> policy(1))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "open run 1: expected what policy(..) opens, got a 'population'. Open it by curves(..).");
  }

  @Test
  void progressNeverGoesBeyondTheWhole() {
    train(ppo().steps(300).environments(8).rollout(64)).on(POLE).run();
    assertThat(dev.retort.run.Runs.all().get(0))
        .asString()
        .contains("finished")
        .doesNotContain("of 300");
  }

  @Test
  void plansSayWhatTheyAre() {
    assertThat(train(ppo()))
        .hasToString("the beginning of a plan to train PPO; it needs .on(env).");
    assertThat(train(ppo()).on(POLE).seeds(3))
        .hasToString(
            "plan: train PPO on CartPole, 3 seeds. run() does it, start() does it in the background, explain() says more.");
    assertThat(train(ppo()).on(POLE).keepingBest())
        .asString()
        .startsWith("plan that cannot be carried out: train: expected evaluations");
    assertThat(collect(100))
        .hasToString("the beginning of a plan to collect; it needs .from(teacher) and .on(env).");
    assertThatThrownBy(() -> train(ppo()).on(null))
        .hasMessageStartingWith("train: expected an environment, got null.");
  }
}
