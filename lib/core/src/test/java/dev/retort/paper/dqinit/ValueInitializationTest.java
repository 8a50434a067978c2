package dev.retort.paper.dqinit;

import static dev.retort.Retort.reproduce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.RetortException;
import dev.retort.env.Environments;
import dev.retort.env.Family;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Lines;
import dev.retort.figure.Panels;
import dev.retort.guidance.DqInit;
import dev.retort.paper.Findings;
import dev.retort.paper.Scale;
import dev.retort.paper.Verdict;
import dev.retort.prior.QPrior;
import dev.retort.run.Json;
import dev.retort.run.OwnRuns;
import dev.retort.run.RunSummary;
import dev.retort.run.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValueInitializationTest implements OwnRuns {
  @ParameterizedTest
  @EnumSource(TransferSetting.Kind.class)
  void noTaskIsSolvedTunedAndComparedOn(TransferSetting.Kind kind) {
    TransferSetting setting = new TransferSetting(kind, Scale.GPU);
    String family = setting.solved().name().replaceFirst("/.*", "");
    Family tasks = (Family) Environments.get(family);
    Set<Map<String, Double>> all = new HashSet<>();
    int count = 0;
    for (Family part :
        List.of(
            tasks.train(setting.sources()),
            tasks.validation(setting.tuningTasks()),
            tasks.test(setting.targets()))) {
      for (int task = 0; task < part.contexts(); task++) {
        all.add(part.drawn(task));
        count++;
      }
    }
    assertThat(all).hasSize(count);
    int horizon = kind == TransferSetting.Kind.SWING ? 300 : 200;
    assertThat(setting.solved().horizon()).isEqualTo(horizon);
    assertThat(setting.steps()).isEqualTo((long) horizon * setting.episodes());
  }

  /** Gate 6 of the study: with a prior and without learning the first episodes are good. */
  @Test
  void theTableAloneIsGoodFromTheFirstEpisode() {
    TransferSetting setting = new TransferSetting(TransferSetting.Kind.VALLEY, Scale.UNIT);
    QPrior prior =
        setting.prior(TransferSetting.binned(setting.solved(), 40), setting.solved()).once();
    TransferTrial table =
        TransferTrial.of(
            Environments.get("MountainCar-varied").test(3),
            1,
            setting.learner().steps(2_000).guidedBy(new DqInit(prior).tableOnly()));
    assertThat(Statistics.mean(table.mean(0, 10))).isGreaterThan(-150);
  }

  @Test
  void meansAreTakenTaskByTask() {
    TransferSetting setting = new TransferSetting(TransferSetting.Kind.POLE, Scale.UNIT);
    TransferTrial trial = TransferTrial.of(setting.target(), 2, setting.learner().steps(300));
    double[][] returns = trial.group("all", 2).returns();
    assertThat(returns).hasDimensions(4, 2);
    assertThat(trial.mean(0, 2)[1])
        .isEqualTo((returns[1][0] + returns[1][1] + returns[3][0] + returns[3][1]) / 4);
    assertThat(Statistics.differences(new double[] {3, 1}, new double[] {1, 4}))
        .containsExactly(2, -3);
  }

  @Test
  void meansOfAPartOfTrainingAreTakenByWhenEpisodesEnded() {
    TransferSetting setting = new TransferSetting(TransferSetting.Kind.VALLEY, Scale.UNIT);
    TransferTrial trial = TransferTrial.of(setting.target(), 1, setting.learner().steps(1_000));
    double[][] returns = trial.group("all", 5).returns();
    assertThat(trial.during(500, 1_000))
        .containsExactly(
            Statistics.mean(returns[0][2], returns[0][3], returns[0][4]),
            Statistics.mean(returns[1][2], returns[1][3], returns[1][4]));
  }

  @Tag("once")
  @Tag("slow")
  @Test
  void theWholeStudyRunsAtUnitSizeAndAlwaysShowsTheTable() throws IOException {
    Findings found =
        reproduce("dqinit")
            .preset("unit")
            .only("valley", "horizon-pole", "settled-pole", "quality")
            .run();
    assertThat(found.findings())
        .allMatch(each -> each.verdict() == Verdict.NOT_JUDGED)
        .allMatch(each -> Double.isFinite(each.ours().value()));
    for (int i = 0; i < 2; i++) {
      Lines lines = (Lines) ((Panels) found.plot()).panels().get(i);
      assertThat(lines.lines()).anyMatch(line -> line.name().equals(TransferArm.TABLE));
    }
    assertThat(found.only("valley: solvers, on the source tasks").findings().get(0).ours().value())
        .isBetween(-120.0, -60.0);
    assertThat(found.only("on the source tasks").findings())
        .hasSize(4)
        .allMatch(each -> each.values().size() == 2);
    assertThat(found.notes().get(0)).contains("no outcome here is the paper's");
    String registration = new ValueInitialization().decided(Scale.UNIT);
    String hash = ReconstructedStudy.hash(registration);
    assertThat(found.notes())
        .contains(
            "Fixed before the run: registration " + hash + ". " + ValueInitialization.INTERVALS);
    assertThat(Files.readString(runs().resolve("registration-dqinit-" + hash + ".txt")))
        .isEqualTo(registration);
    List<String> valleys =
        Runs.all().stream()
            .map(RunSummary::title)
            .filter(title -> title.contains("MountainCar-varied/"))
            .map(title -> title.replaceFirst(".*MountainCar-varied/(\\w+).*", "$1"))
            .dropWhile(part -> part.equals("train"))
            .toList();
    assertThat(valleys.lastIndexOf("validation")).isPositive().isLessThan(valleys.indexOf("test"));
    int runs = Runs.all().size();
    Findings again = reproduce("dqinit").preset("unit").only("quality").run();
    assertThat(Runs.all()).hasSize(runs);
    assertThat(again.findings().get(0).ours())
        .isEqualTo(found.only("quality").findings().get(0).ours());
  }

  @Tag("once")
  @Tag("slow")
  @Test
  void otherWaysToKnowCutAndJoinRunToo() throws RetortException {
    Findings found = reproduce("dqinit").preset("unit").only("variants").run();
    assertThat(found.findings())
        .hasSizeGreaterThan(20)
        .allMatch(each -> each.criterion().isEmpty());
  }

  @Test
  void whatIsCommittedWasFixedBeforeTheRun() throws IOException {
    Path docs = Path.of("../../docs/dqinit");
    String hash = ReconstructedStudy.hash(Files.readString(docs.resolve("registration.txt")));
    Findings found = Findings.open(docs.resolve("summary.json"));
    assertThat(Json.sha256(Files.readString(docs.resolve("registration.tsv"))))
        .isEqualTo(found.registered().orElseThrow().sha256());
    assertThat(found.notes())
        .anyMatch(note -> note.startsWith("Fixed before the run: registration " + hash + "."));
  }
}
