package dev.retort.paper.dqinit;

import static dev.retort.Retort.reproduce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Panels;
import dev.retort.paper.Finding;
import dev.retort.paper.Findings;
import dev.retort.paper.Scale;
import dev.retort.paper.Study;
import dev.retort.paper.Verdict;
import dev.retort.run.OwnRuns;
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

class KeptGainsTest implements OwnRuns {
  @ParameterizedTest
  @EnumSource(KeptSetting.Kind.class)
  void noTaskIsSolvedTunedAndComparedOnOrOfTheFirstStudysRanges(KeptSetting.Kind kind) {
    KeptSetting setting = new KeptSetting(kind, Scale.CPU);
    Set<Map<String, Double>> all = new HashSet<>();
    int count = 0;
    for (Env part : List.of(setting.solved(), setting.tuning(), setting.target())) {
      for (int task = 0; task < part.contexts(); task++) {
        all.add(part.drawn(task));
        count++;
      }
    }
    assertThat(all).hasSize(count);
    assertThat(setting.target().contexts()).isEqualTo(10);
    assertThat(setting.seeds()).isEqualTo(3);
    String first = setting.family().name().replaceFirst("/.*", "") + "-varied";
    assertThat(Environments.get(first).parameters()).isNotEqualTo(setting.family().parameters());
  }

  @Test
  void everyArmActsAtTheSameRandomnessAndIsTunedOverAsMuch() {
    KeptSetting setting = new KeptSetting(KeptSetting.Kind.VALLEYS, Scale.UNIT);
    List<KeptArm> arms = KeptArm.all(setting);
    assertThat(arms)
        .extracting(KeptArm::name)
        .contains(KeptArm.TABLE, KeptArm.LEARNING_TABLE, KeptArm.FALLING, KeptArm.CONSTANT)
        .containsAll(KeptArm.ASKED);
    for (KeptArm arm : arms) {
      double number = arm.grid().map(grid -> grid.values().get(1)).orElse(Double.NaN);
      assertThat(arm.learner().apply(number).toString()).as(arm.name()).contains("epsilon 0.05");
      arm.grid().ifPresent(grid -> assertThat(grid.values()).hasSize(3));
    }
  }

  @Tag("once")
  @Tag("slow")
  @Test
  void theWholeStudyRunsAtUnitSizeAndIsFoundAgain() throws IOException {
    Findings found = reproduce("kept-gains").preset("unit").run();
    assertThat(found.findings())
        .allMatch(each -> each.verdict() == Verdict.NOT_JUDGED)
        .allMatch(each -> Double.isFinite(each.ours().value()));
    for (String family : List.of("valleys", "poles", "swings")) {
      assertThat(names(found))
          .contains(
              family + ": table only, late",
              family + ": learning table, early",
              family + ": faded residual, late, greedy",
              family + ": residual in turns keeps what it gains");
    }
    assertThat(names(found)).contains("bad-prior: faded residual, late");
    Lines neither = (Lines) ((Panels) found.plot()).panels().get(1);
    assertThat(neither.lines()).extracting(Line::name).isEqualTo(KeptArm.KNOWING);
    String registration = new KeptGains().decided(Scale.UNIT);
    String hash = ReconstructedStudy.hash(registration);
    assertThat(found.notes()).contains("Fixed before the run: registration " + hash + ".");
    assertThat(Files.readString(runs().resolve("registration-kept-gains-" + hash + ".txt")))
        .isEqualTo(registration);
    int runs = Runs.all().size();
    Findings again = reproduce("kept-gains").preset("unit").only("poles").run();
    assertThat(Runs.all()).hasSize(runs);
    assertThat(again.findings()).isEqualTo(found.only("poles").findings());
  }

  private static List<String> names(Findings found) {
    return found.findings().stream().map(Finding::name).toList();
  }

  @Test
  void whatIsCommittedIsWhatIsFixedBeforeTheRun() throws IOException {
    Path docs = Path.of("../../docs/dqinit");
    assertThat(Files.readString(docs.resolve("kept-gains-registration.txt")))
        .isEqualTo(new KeptGains().decided(Scale.CPU));
    assertThat(Study.of("kept-gains").registration().text()).contains("gains\tinterval above 0");
  }
}
