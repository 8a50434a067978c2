package dev.retort.run;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.curves;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.env;
import static dev.retort.Retort.epsilon;
import static dev.retort.Retort.kl;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.plot;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.runs;
import static dev.retort.Retort.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.option.Traits;
import dev.retort.policy.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class RunTableTest {
  private static final Env POLE = env("CartPole");

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
  void everyRunSaysAlgorithmOrLossSeedsAndWhatDiffersFromTheDefaults() {
    Policy teacher = train(ppo().steps(256).hidden(4)).on(POLE).seed(3).run();
    train(ppo().steps(256).hidden(4)).on(POLE).seed(3).seeds(2).run();
    Dataset data = collect(300).from(teacher).on(POLE).exploring(epsilon(0.2)).seed(5).run();
    distill(data).into(mlp(4)).minimizing(kl().temperature(0.5)).epochs(2).seed(7).run();
    distill(data).into(mlp(4)).epochs(2).seed(7).seeds(3).run();
    assertThat(runs())
        .extracting(run -> run.title() + ": " + run.details())
        .satisfiesExactly(
            run -> assertThat(run).isEqualTo("PPO on CartPole, seed 3: steps 256 · mlp:4"),
            run ->
                assertThat(run)
                    .isEqualTo("PPO on CartPole, 2 seeds: seeds 3 to 4 · steps 256 · mlp:4"),
            run -> assertThat(run).contains("seed 5 · ", "exploring epsilon:0.2"),
            run -> assertThat(run).endsWith("300: minimizing kl:0.5 · seed 7 · epochs 2"),
            run -> assertThat(run).endsWith("300: minimizing kl:1.0 · seeds 7 to 9 · epochs 2"));
    assertThat(runs().toString().lines())
        .hasSize(4 + 5)
        .allMatch(line -> line.length() <= 80)
        .anyMatch(line -> line.contains("settings"))
        .noneMatch(line -> line.contains("message"));
    Table table = runs().table();
    assertThat(table.intColumn("run").asList()).containsExactly(1, 2, 3, 4, 5);
    assertThat(table.stringColumn("state").unique().asList()).containsExactly("finished");
    assertThat(table.stringColumn("what").get(0)).isEqualTo("PPO on CartPole, seed 3");
    assertThat(table.longColumn("step").getLong(0)).isEqualTo(table.longColumn("total").getLong(0));
    assertThat(runs().get(0).toString()).contains("seed 3 (steps 256 · mlp:4)");
  }

  @Test
  void whatRunsHaveToSayStandsBelowTheTableOfATextAndLeavesItsNamesReadable() {
    String stopped =
        "run 0002 stopped at step 0 of 60,000, before anything of it could be saved: resume it with resume(2)";
    List<RunSummary> all = new ArrayList<>();
    for (int id = 1; id <= 8; id++) {
      all.add(
          new RunSummary(
              id,
              "train",
              "PPO on CartPole, seed " + id,
              Traits.none(),
              id == 2 ? RunState.STOPPED : RunState.UNREADABLE,
              0,
              60_000,
              "environment steps",
              Instant.EPOCH,
              1,
              id == 1 ? "" : id == 2 ? stopped : "read 'x': expected JSON"));
    }
    assertThat(new RunTable(all.subList(0, 2)).toString().lines())
        .hasSize(4 + 2 + 2)
        .allMatch(line -> line.length() <= 80)
        .anyMatch(line -> line.contains("PPO on CartPole, seed 2"))
        .endsWith(
            "run 0002 stopped at step 0 of 60,000, before anything of it could be saved:",
            "resume it with resume(2)");
    assertThat(new RunTable(all).toString().lines())
        .endsWith(
            "… 2 older messages",
            "run 0004: read 'x': expected JSON",
            "run 0005: read 'x': expected JSON",
            "run 0006: read 'x': expected JSON",
            "run 0007: read 'x': expected JSON",
            "run 0008: read 'x': expected JSON");
    assertThat(new RunTable(all).box().header()).endsWith("message");
    assertThat(all.get(1)).asString().contains("step 0 of 60,000 environment steps");
  }

  @Test
  void aRunIsPlottedAndItsCurvesReadByWhatWasStartedAndByWhatIsListed() {
    Run<Policy> started = train(ppo().steps(512).hidden(4)).on(POLE).seed(3).start();
    started.await();
    assertThat(started.progress().toString())
        .matches("run 0001 at step 512 of 512 after \\d+\\.\\d s");
    assertThat(plot(started).run()).isEqualTo(plot(1).run()).isEqualTo(plot(runs().get(0)).run());
    assertThat(curves(started).curve().values()).isEqualTo(curves(1).curve().values());
    assertThat(curves(runs().get(0)).title()).isEqualTo("PPO on CartPole, seed 3");
    assertThatThrownBy(() -> plot((Run<?>) null))
        .isInstanceOf(RetortException.class)
        .hasMessage("plot: expected a run, got null. Did its cell fail?");
  }

  @Test
  void theWordsDecideNoNumberAndAreNotNeeded() throws Exception {
    train(ppo().steps(256).hidden(4)).on(POLE).run();
    Path spec = folder.resolve("0001").resolve("spec.json");
    RunSpec written = RunSpec.read(spec);
    RunSpec without =
        new RunSpec(
            written.format(),
            written.kind(),
            written.title(),
            dev.retort.option.Traits.none(),
            written.total(),
            written.unit(),
            written.columns(),
            written.spec(),
            written.facts());
    assertThat(without.hash()).isEqualTo(written.hash());
    String plain = Files.readString(spec);
    assertThat(plain).contains("\"traits\"");
  }
}
