package dev.retort.paper.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.UnknownNameException;
import dev.retort.paper.Finding;
import dev.retort.paper.Findings;
import dev.retort.paper.Reproduction;
import dev.retort.paper.Verdict;
import dev.retort.run.OwnRuns;
import dev.retort.run.Runs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BenchmarksTest implements OwnRuns {
  @Tag("once")
  @Tag("slow")
  @Test
  void unitSizeDoesEverythingOnceAndJudgesNothing() {
    Reproduction plan = Reproduction.of("benchmarks");
    Findings found = plan.run();
    int trainings =
        (int)
            found.findings().stream()
                .filter(finding -> !finding.name().contains("held out"))
                .count();
    assertThat(trainings).isGreaterThanOrEqualTo(9);
    assertThat(Runs.all()).hasSize(trainings);
    assertThat(found.findings())
        .allSatisfy(
            finding -> {
              assertThat(finding.values()).hasSize(2).allMatch(Double::isFinite);
              assertThat(finding.verdict()).isEqualTo(Verdict.NOT_JUDGED);
            });
    Findings part = plan.only("lake", "dqn").run();
    assertThat(part.findings())
        .extracting(Finding::name)
        .containsExactly(
            "CartPole, DQN", "Acrobot, DQN", "MountainCar, DQN", "FrozenLake, Q-learning");
    assertThat(plan.set("only", "CartPole, DQN").run().findings())
        .extracting(Finding::name)
        .containsExactly("CartPole, DQN");
    assertThat(plan.set("only", "lake, cartpole, dqn,Acrobot+PPO").run().findings())
        .as("what is no name is several words")
        .extracting(Finding::name)
        .contains("CartPole, PPO", "FrozenLake, Q-learning", "Acrobot, PPO")
        .doesNotContain("Pendulum, SAC");
    assertThatThrownBy(() -> plan.only("Akrobot").run())
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("unknown part 'Akrobot'");
    Findings again = plan.run();
    assertThat(Runs.all()).hasSize(trainings);
    assertThat(again.findings()).isEqualTo(found.findings());
    assertThat(again.figure()).isEqualTo(found.figure());
  }
}
