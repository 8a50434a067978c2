package dev.retort.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.collect.Behavior;
import dev.retort.data.Dataset;
import dev.retort.distribution.Density;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.figure.Numbers;
import dev.retort.nn.Mlp;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.run.Run;
import dev.retort.run.RunEvent;
import dev.retort.run.RunFolder;
import dev.retort.run.RunListener;
import dev.retort.run.RunState;
import dev.retort.run.RunStopped;
import dev.retort.run.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectingTest {
  private static final Env CART_POLE = Environments.get("CartPole");

  @TempDir Path folder;

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.toString());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  /** Always prefers one of the two actions, by this much. */
  private static Policy leaning(String name, float logit) {
    float[] parameters = new float[10];
    parameters[9] = logit;
    return new NetworkPolicy(
        name, CART_POLE.observations(), Density.over(CART_POLE.actions()), Mlp.of(), parameters);
  }

  private static Collecting plan(Policy explorer) {
    return Collecting.Of.steps(200)
        .from(leaning("teacher", 0))
        .on(CART_POLE)
        .exploring(new Behavior.ExploreGo(6).by(explorer));
  }

  @Test
  void aStoppedCollectionGoesOnAtTheStepThatItPromises() throws IOException {
    Collecting plan =
        Collecting.Of.steps(60_000)
            .from(leaning("teacher", 0))
            .on(CART_POLE)
            .exploring(new Behavior.ExploreGo(6).by(leaning("explorer", 3)));
    plan.run();
    Run<Dataset> run = plan.start();
    while (run.progress().step() < 2_000 && run.state() == RunState.RUNNING) {
      Thread.onSpinWait();
    }
    run.stop();
    assertThatThrownBy(run::await).isInstanceOf(RunStopped.class);
    long promised = run.summary().step();
    assertThat(run.summary().message())
        .contains("stopped at step " + Numbers.count(promised) + " of 60,000");
    List<Long> begun = new CopyOnWriteArrayList<>();
    RunListener hearing =
        event -> {
          if (event instanceof RunEvent.Started started) {
            begun.add(started.step());
          }
        };
    Runs.Subscription subscription = Runs.onStart(any -> Optional.of(hearing));
    Resuming.start(2).await();
    subscription.close();
    assertThat(begun).containsExactly(promised);
    for (String file : List.of("curve.csv", "result.safetensors")) {
      assertThat(Files.mismatch(folder.resolve("0001/" + file), folder.resolve("0002/" + file)))
          .as(file)
          .isEqualTo(-1);
    }
  }

  @Test
  void aSpecOfBeforeWithoutOneOfItsKeysIsRefusedInWords() throws IOException {
    plan(leaning("explorer", 3)).run();
    Path spec = folder.resolve("0001/spec.json");
    String old =
        Files.readString(spec)
            .replaceFirst("\"format\": \\d+", "\"format\": 1")
            .replaceFirst("(?s)\\s*\"traits\": \\{.*?\\},", "")
            .replaceFirst(",\n  \"checksum[^\n]*", "");
    for (String key : List.of("settings", "environment", "name", "spec")) {
      Files.writeString(spec, old.replaceFirst("\"" + key + "\"", "\"other\""));
      assertThatThrownBy(() -> Resuming.plan(1))
          .as(key)
          .isInstanceOf(RetortException.class)
          .hasMessageStartingWith("read '" + spec + "': expected ");
    }
    Files.writeString(spec, old);
    assertThat(Resuming.plan(1)).isInstanceOf(Collecting.class);
    Files.delete(folder.resolve("0001/inputs.safetensors"));
    assertThatThrownBy(() -> Resuming.plan(1))
        .hasMessage(
            "read '%s': expected what a plan was written as, got nothing. Take another copy of the folder."
                .formatted(folder.resolve("0001/inputs.safetensors")));
  }

  @Test
  void aRunKeepsItsExplorerAndGivesTheSameDataAgain() {
    Dataset data = plan(leaning("explorer", 3)).run();
    RunFolder run = Runs.open(1);
    assertThat(run.spec().getAsJsonObject("settings").get("exploring").getAsString())
        .isEqualTo("explore-go:6");
    assertThat(run.spec().get("explorer").getAsString())
        .isNotEqualTo(run.spec().get("teacher").getAsString());
    Collecting again = (Collecting) Resuming.plan(1);
    assertThat(again.explain()).contains("acting explore-go:6 by explorer");
    assertThat(again.job().spec()).isEqualTo(run.spec());
    Dataset repeated = again.run();
    assertThat(repeated.obs()).isEqualTo(data.obs());
    assertThat(repeated.column("teacher.logits").floats())
        .isEqualTo(data.column("teacher.logits").floats());
    assertThat(plan(leaning("explorer", -3)).run().obs()).isNotEqualTo(data.obs());
    assertThat(run.curve().columns())
        .containsExactly("step", "member", "return", "length", "hidden");
  }

  @Test
  void theUniformExplorerIsOnlyText() {
    Collecting plan = plan(leaning("explorer", 3)).exploring(new Behavior.ExploreGo(6));
    assertThat(plan.explorer()).isEmpty();
    plan.run();
    assertThat(Runs.open(1).spec().has("explorer")).isFalse();
    Collecting again = (Collecting) Resuming.plan(1);
    assertThat(again.explorer()).isEmpty();
    assertThat(again.settings()).isEqualTo(plan.settings());
    assertThat(plan.exploring(new Behavior.Greedy()).explorer()).isEmpty();
  }

  @Test
  void anExplorerThatIsCodeIsNamedWhenItIsMissed() {
    plan(Scripted.of("pacer", CART_POLE, (seen, action) -> action[0] = 1)).run();
    assertThatThrownBy(() -> Resuming.plan(1))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("'pacer', which is code");
  }

  @Test
  void anExplorerWithoutExploreGoIsRefused() {
    Collecting plan = plan(leaning("explorer", 3)).exploring(new Behavior.Greedy());
    assertThatThrownBy(
            () ->
                new Collecting(
                    plan.settings(),
                    plan.teacher(),
                    CART_POLE,
                    Optional.of(leaning("explorer", 3))))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "collect: expected explore-go where there is an explorer, got greedy. Say exploring(exploreGo(50).by(explorer)).");
  }
}
