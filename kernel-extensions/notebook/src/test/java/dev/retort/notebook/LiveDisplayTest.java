package dev.retort.notebook;

import static dev.retort.Retort.aloud;
import static dev.retort.Retort.collect;
import static dev.retort.Retort.env;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.qLearning;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.quiet;
import static dev.retort.Retort.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.plan.Training;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.prior.QPrior;
import dev.retort.report.Html;
import dev.retort.run.Run;
import dev.retort.run.RunStopped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A run has one card, which is replaced in place and never disturbs the run. */
class LiveDisplayTest {
  private static Training plan(long steps) {
    return train(ppo().steps(steps).network(mlp(8))).on(env("CartPole")).seed(1);
  }

  private static void awaitLast(Desk desk, String text) throws InterruptedException {
    for (int i = 0; i < 400 && desk.shown.stream().noneMatch(b -> b.text().contains(text)); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(desk.shown).anyMatch(bundle -> bundle.text().contains(text));
  }

  @Test
  void aRunHasOneCardThatIsReplacedInPlace() throws InterruptedException {
    try (Desk desk = Desk.open()) {
      Policy unused = plan(4096).run();
      awaitLast(desk, "[finished]");
      assertThat(desk.calls.get(0)).startsWith("show retort-");
      String id = desk.calls.get(0).substring("show ".length());
      Set<String> rest = desk.calls.stream().skip(1).collect(Collectors.toSet());
      assertThat(rest).containsExactly("replace " + id);
      assertThat(desk.shown.get(0).text()).startsWith("PPO on CartPole").contains("[running]");
      assertThat(desk.last().html()).contains("finished", "<svg").doesNotContain("<script");
      assertThat(desk.shown).allMatch(bundle -> bundle.bytes() <= Html.LIMIT + 2_000);
    }
  }

  @Test
  void aLongRunIsShownAtMostFiveTimesASecond() throws InterruptedException {
    try (Desk desk = Desk.open()) {
      long start = System.nanoTime();
      Run<Policy> run = plan(10_000_000).start();
      TimeUnit.MILLISECONDS.sleep(1500);
      run.stop();
      assertThat(run.awaitEnd(5, TimeUnit.SECONDS)).isTrue();
      awaitLast(desk, "[stopped]");
      double seconds = (System.nanoTime() - start) / 1e9;
      assertThat(desk.calls).hasSizeGreaterThan(3).hasSizeLessThan((int) (5 * seconds) + 5);
    }
  }

  @Test
  void anInterruptedCellLeavesACardThatSaysHowToGoOn() throws InterruptedException {
    try (Desk desk = Desk.open()) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread cell =
          new Thread(
              () -> {
                try {
                  desk.line("%teacher PPO CartPole --steps 10000000 --network mlp:8");
                } catch (RunStopped e) {
                  thrown.set(e);
                }
              });
      cell.start();
      TimeUnit.MILLISECONDS.sleep(600);
      cell.interrupt();
      cell.join(3000);
      assertThat(cell.isAlive()).isFalse();
      assertThat(thrown.get())
          .hasMessageMatching("run 0001 stopped at step [\\d,]+ of 10,000,000.*: .*");
      awaitLast(desk, "[stopped]");
      assertThat(desk.last().html())
          .contains("resume it with resume(1), or %resume 1")
          .contains("stopped at step");
    }
  }

  @Test
  void aScreenThatFailsChangesNothingOfTheRun() {
    NetworkPolicy plain = (NetworkPolicy) plan(1024).run();
    for (int failing = 0; failing < 2; failing++) {
      boolean atOnce = failing == 0;
      Screen broken =
          new Screen() {
            @Override
            public void show(Bundle bundle) {
              throw new IllegalStateException("no screen");
            }

            @Override
            public void show(String id, Bundle bundle) {
              if (atOnce) {
                throw new IllegalStateException("no screen");
              }
            }

            @Override
            public void replace(String id, Bundle bundle) {
              throw new NoClassDefFoundError("no screen");
            }
          };
      try (Notebook notebook = Notebook.open(broken, new NoVariables())) {
        NetworkPolicy watched = (NetworkPolicy) plan(1024).run();
        assertThat(watched.parameters()).isEqualTo(plain.parameters());
        assertThat(notebook.seed()).isZero();
      }
    }
  }

  @Test
  void aResultTakesThePlaceOfItsCardOnceAndForAll() throws InterruptedException {
    try (Desk desk = Desk.open()) {
      desk.variables.put("teacher", plan(512).run());
      awaitLast(desk, "[finished]");
      desk.shown.clear();
      desk.calls.clear();
      desk.line("%collect 300 --from teacher --on CartPole");
      TimeUnit.MILLISECONDS.sleep(500);
      assertThat(desk.last().text()).startsWith("Dataset");
      assertThat(desk.calls.get(0)).startsWith("show retort-");
      assertThat(desk.calls).filteredOn(call -> !call.startsWith("replace")).hasSize(1);
    }
  }

  @Test
  void aRunThatIsUsedAgainHasItsCardAgainWhichSaysSo() throws InterruptedException {
    try (Desk desk = Desk.open()) {
      plan(512).once();
      awaitLast(desk, "[finished]");
      desk.shown.clear();
      desk.calls.clear();
      Policy again = plan(512).once();
      assertThat(again.name()).isEqualTo("PPO");
      assertThat(desk.calls)
          .filteredOn(call -> !call.startsWith("replace"))
          .containsExactly("show");
      Bundle card =
          desk.shown.stream()
              .filter(each -> each.text().contains("[found again]"))
              .findFirst()
              .get();
      assertThat(card.text())
          .startsWith("PPO on CartPole, seed 1 · run 0001 [found again]")
          .contains("512 of 512 environment steps", "done before, and used again");
      assertThat(card.html()).contains("found again", "<svg");
      plan(512).quiet().once();
      assertThat(desk.calls).filteredOn(call -> !call.startsWith("replace")).hasSize(1);
    }
  }

  @Test
  void theCardOfAnExtractionShowsOneReturnATask() throws InterruptedException {
    try (Desk desk = Desk.open()) {
      Policy solver = train(qLearning().steps(500)).on(env("CliffWalking")).run();
      desk.shown.clear();
      QPrior unused = qPrior(solver, solver).on(env("CliffWalking")).run();
      awaitLast(desk, "[finished]");
      assertThat(desk.last().text())
          .contains("Return of each solver on its task", "task 0", "task 1")
          .doesNotContain("mean of", "task 2")
          .doesNotContainPattern("task \\d.*\\[");
    }
  }

  @Test
  void aPlanThatIsQuietShowsNothingButItsResult() throws InterruptedException {
    try (Desk desk = Desk.open()) {
      desk.variables.put("teacher", plan(512).quiet().run());
      Run<Policy> background = plan(512).quiet().start();
      assertThat(background.await()).isNotNull();
      TimeUnit.MILLISECONDS.sleep(300);
      assertThat(desk.calls).isEmpty();
      desk.line("%collect 300 --from teacher --on CartPole --quiet");
      desk.line("%teacher PPO CartPole --steps 256 --network mlp:8 --quiet");
      TimeUnit.MILLISECONDS.sleep(300);
      assertThat(desk.calls).containsExactly("show", "show");
      assertThat(desk.shown.get(0).text()).startsWith("Dataset");
      assertThat(desk.shown.get(1).text()).startsWith("PPO: mlp:8");
      assertThat(desk.java("%teacher PPO CartPole --quiet"))
          .isEqualTo("train(ppo()).on(env(\"CartPole\")).seed(0).quiet().run()");
      assertThat(desk.java("%reproduce benchmarks --quiet"))
          .isEqualTo("reproduce(\"benchmarks\").quiet().run()");
      desk.calls.clear();
      Policy unused = plan(512).run(); // one quiet plan quietens no other
      awaitLast(desk, "[finished]");
      assertThat(desk.calls.get(0)).startsWith("show retort-");
    }
  }

  @Test
  void aQuietSessionShowsResultsAloneUntilItIsAloudAgain() throws InterruptedException {
    try (Desk desk = Desk.open()) {
      quiet();
      desk.line("%teacher PPO CartPole --steps 256 --network mlp:8");
      Policy unused = plan(512).run();
      TimeUnit.MILLISECONDS.sleep(300);
      assertThat(desk.calls).containsExactly("show");
      assertThat(desk.last().text()).startsWith("PPO: mlp:8");
      aloud();
      desk.line("%teacher PPO CartPole --steps 256 --network mlp:8");
      awaitLast(desk, "[finished]");
    } finally {
      aloud();
    }
  }

  @Test
  void aClosedNotebookShowsNothing() {
    Desk desk = Desk.open();
    desk.close();
    Policy policy = plan(512).run();
    assertThat(collect(100).from(policy).on(env("CartPole")).run().size()).isEqualTo(100);
    assertThat(desk.calls).isEmpty();
    assertThatThrownBy(Notebook::current)
        .hasMessageStartingWith("notebook: expected an open one, got none.");
  }

  private static final class NoVariables implements Variables {
    @Override
    public Optional<Object> get(String name) {
      return Optional.empty();
    }

    @Override
    public void set(String name, String type, Object value) {}

    @Override
    public List<String> names() {
      return List.of();
    }
  }
}
