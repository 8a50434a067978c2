package dev.retort.paper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.collect.Demonstrations;
import dev.retort.data.Dataset;
import dev.retort.env.reach.Reacher;
import dev.retort.figure.Panels;
import dev.retort.nn.Activation;
import dev.retort.nn.Mlp;
import dev.retort.plan.Distilling;
import dev.retort.policy.Ensemble;
import dev.retort.run.Runs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnsemblesTest {
  @TempDir Path folder;

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.toString());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  @ParameterizedTest
  @CsvSource({"2, 54", "4, 108", "8, 216"})
  void trainingSetsAreOneEpisodeInEachRotation(int rotations, int steps) {
    Reacher arm = new Reacher().symmetry(rotations);
    Dataset data = Demonstrations.of(ReacherPool.teacher(arm), arm);
    assertThat(data.size()).isEqualTo(steps);
    assertThat(data.episodes()).isEqualTo(rotations);
    assertThat(ReacherPool.student().updates(steps)).isEqualTo(steps / 6 * 500L);
  }

  @Test
  void ensemblesAreDrawnWithoutPuttingBack() {
    Reacher arm = new Reacher().symmetry(2);
    Dataset data = Demonstrations.of(ReacherPool.teacher(arm), arm);
    Distilling plan =
        new Distilling(
            ReacherPool.student().into(Mlp.of(4).activation(Activation.RELU)).members(25).epochs(1),
            data,
            0);
    Ensemble pool = plan.once();
    List<Ensemble> tens = ReacherPool.ensembles(pool, 10, 100);
    assertThat(tens).hasSize(2).allMatch(each -> each.members().size() == 10);
    assertThat(tens.get(0).members()).doesNotContainAnyElementsOf(tens.get(1).members());
    assertThat(ReacherPool.ensembles(pool, 1, 7)).hasSize(7);
    assertThat(ReacherPool.means(new double[] {1, 3, 5, 7, 100}, 2, 2)).containsExactly(2, 6);
    // A second call finds the run.
    assertThat(plan.once().members().get(24).parameters())
        .isEqualTo(pool.members().get(24).parameters());
    assertThat(Runs.all()).hasSize(1);
  }

  @Test
  void everyEnsembleOfThePoolIsTurnedThroughEveryDegree() {
    ReacherPool pool = ReacherPool.of(4, Scale.CPU);
    for (int members : pool.ensembleSizes()) {
      assertThat(SymmetryTable.swept(pool, members))
          .as("ensembles of %s", members)
          .isEqualTo(pool.size() / members)
          .isGreaterThan(1);
    }
    assertThat(SymmetryTable.swept(ReacherPool.of(4, Scale.GPU), 100)).isEqualTo(200);
  }

  @Tag("once")
  @Tag("slow")
  @Test
  void unitSizeDoesEverythingOnceAndJudgesNothing() {
    Reproduction plan = Reproduction.of("ensembles");
    assertThat(plan.explain()).contains("table-1", "figure-5", "table-2", "table-3", "20 students");
    Findings found = plan.run();
    assertThat(found.findings())
        .allSatisfy(
            finding -> {
              assertThat(finding.values()).isNotEmpty().allMatch(Double::isFinite);
              assertThat(finding.criterion().flatMap(Finding.Criterion::met)).isEmpty();
            });
    Finding teacher = found.findings().get(0);
    assertThat(teacher.values())
        .hasSize(360)
        .allMatch(each -> Math.abs(each - teacher.published().getAsDouble()) < 1e-5);
    assertThat(teacher.how()).containsEntry("steps in four rotations", "108");
    assertThat(found.findings().get(1).ours().value()).isGreaterThanOrEqualTo(198);
    assertThat(sample(found, "C4, N = 1, every degree")).isEqualTo(20);
    assertThat(sample(found, "C4, N = 10, every degree"))
        .isEqualTo(sample(found, "C4, N = 10, test"))
        .isEqualTo(2);
    assertThat(((Panels) found.figure()).panels()).hasSize(6);
    int runs = Runs.all().size();
    Findings part = plan.only("figure-5").run();
    assertThat(Runs.all()).hasSize(runs);
    assertThat(found.findings()).containsAll(part.findings());
  }

  private static int sample(Findings found, String name) {
    return found.findings().stream()
        .filter(finding -> finding.name().equals(name))
        .findFirst()
        .orElseThrow()
        .values()
        .size();
  }
}
