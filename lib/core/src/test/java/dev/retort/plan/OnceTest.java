package dev.retort.plan;

import static dev.retort.Retort.cohort;
import static dev.retort.Retort.collect;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.kickstart;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.policy;
import static dev.retort.run.RunState.FINISHED;
import static dev.retort.run.RunState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.collect.Behavior;
import dev.retort.data.Dataset;
import dev.retort.distribution.Density;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.nn.Mlp;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.run.DelegatedJob;
import dev.retort.run.Job;
import dev.retort.run.Quiet;
import dev.retort.run.Reused;
import dev.retort.run.Run;
import dev.retort.run.RunFolder;
import dev.retort.run.RunState;
import dev.retort.run.RunStopped;
import dev.retort.run.RunSummary;
import dev.retort.run.Runs;
import dev.retort.run.Session;
import dev.retort.teach.Ppo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnceTest {
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
  void aQuietRunIsNoOtherAndIsSeenByNobody() {
    AtomicInteger seen = new AtomicInteger();
    Runs.Subscription frontEnd =
        Runs.onStart(
            run -> {
              seen.incrementAndGet();
              return Optional.empty();
            });
    try {
      Curves first = plan(1_024).quiet().once();
      assertThat(plan(1_024).quiet().explain()).isEqualTo(plan(1_024).explain());
      assertThat(seen).hasValue(0);
      assertSame(plan(1_024).once(), first);
      assertThat(Runs.all()).hasSize(1);
      assertThatThrownBy(
              () ->
                  Quiet.during(
                      () -> {
                        throw new RetortException("a plan that fails quietly");
                      }))
          .hasMessage("a plan that fails quietly");
      plan(1_280).once();
      assertThat(seen).hasValue(1);
    } finally {
      frontEnd.close();
    }
  }

  @Test
  void anotherPlanIsAnotherRun() {
    plan(1_024).once();
    plan(1_280).once();
    assertThat(Runs.all()).hasSize(2);
  }

  @Test
  void aStoppedRunGoesOn() {
    stopped(plan(20_000).start());
    Curves resumed = plan(20_000).once();
    assertThat(Runs.all()).hasSize(1);
    assertSame(resumed, plan(20_000).run());
  }

  /** The job as it said itself while some options had other names. */
  private static <R> Job<R> old(Job<R> job) {
    return new DelegatedJob<>(job) {
      @Override
      public JsonObject spec() {
        JsonObject spec = super.spec();
        JsonObject settings = spec.getAsJsonObject("settings");
        settings.add("batch", settings.remove("batch-size"));
        settings.add("normalise-rewards", settings.remove("normalize-rewards"));
        return spec;
      }
    };
  }

  @Test
  void aRunOfBeforeAnOptionWasRenamedIsUsedAgain() {
    Curves first = Runs.start(old(plan(1_024).job()), Plan.options()).await();
    assertSame(plan(1_024).once(), first);
    assertThat(plan(1_024).found()).map(RunFolder::id).contains(1);
    assertThat(Runs.all()).hasSize(1);
    new Training(new Ppo().steps(1_024).hidden(8, 8).epochs(3), Environments.get("CartPole"), 0)
        .seeds(2)
        .once();
    assertThat(Runs.all()).hasSize(2);
  }

  @Test
  void aRunThatStoppedBeforeAnOptionWasRenamedGoesOn() {
    stopped(Runs.start(old(plan(20_000).job()), Plan.options()));
    Curves resumed = plan(20_000).once();
    assertThat(Runs.all()).hasSize(1);
    assertSame(resumed, plan(20_000).run());
  }

  @Test
  void ensemblesOfSeveralSeedsAreUsedAgainAndGoOnBitForBit() {
    Distilling plan = distill(data()).into(mlp(8)).members(2).epochs(400).batchSize(16);
    Cohort whole = plan.seeds(3).run();
    stopped(plan.seed(1).seeds(3).start());
    Cohort resumed = plan.seed(1).seeds(3).once();
    assertThat(plan.seeds(3).once().curve().values()).isEqualTo(whole.curve().values());
    assertThat(Runs.all()).hasSize(2);
    assertThat(parameters(resumed.policy(0))).isDeepEqualTo(parameters(whole.policy(1)));
    assertThat(parameters(cohort(2).policy(1))).isDeepEqualTo(parameters(whole.policy(2)));
    plan.seed(1).run(); // one ensemble is another plan
    plan.seed(1).once();
    assertThat(Runs.all()).hasSize(3);
    assertThat(parameters((Ensemble) policy(3))).isDeepEqualTo(parameters(whole.policy(1)));
    assertThatThrownBy(() -> cohort(3))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected a run that distills several seeds, got run 3");
  }

  private static Training one(long steps) {
    return new Training(new Ppo().steps(steps).hidden(8, 8), CART_POLE, 0);
  }

  @Test
  void aFinishedRunIsUsedBeforeANewerOneThatStopped() {
    NetworkPolicy first = (NetworkPolicy) one(1_024).once();
    run(one(1_024).job(), one(20_000).job());
    assertThat(one(1_024).found()).map(RunFolder::id).contains(1);
    assertThat(((NetworkPolicy) one(1_024).once()).parameters()).isEqualTo(first.parameters());
    assertThat(Runs.all()).extracting(RunSummary::state).containsExactly(FINISHED, STOPPED);
  }

  @Test
  void aFinishedRunOfBeforeAnOptionWasRenamedIsUsedBeforeANewerOneThatStopped() {
    Runs.start(old(one(1_024).job()), Plan.options()).await();
    run(one(1_024).job(), one(20_000).job());
    assertThat(one(1_024).found()).map(RunFolder::id).contains(1);
  }

  /** Stops a run of one job that computes as long as another one. */
  private static void run(Job<Policy> job, Job<Policy> longer) {
    stopped(
        Runs.start(
            new DelegatedJob<>(job) {
              @Override
              public Policy execute(Session session) {
                return longer.execute(session);
              }
            },
            Plan.options()));
  }

  @Test
  void whoShowsRunsIsToldWhatIsUsedAgain() {
    List<Integer> told = new ArrayList<>();
    Runs.Subscription frontEnd = Reused.onReuse(run -> told.add(run.id()));
    Runs.Subscription broken =
        Reused.onReuse(
            run -> {
              throw new IllegalStateException("a screen that fails");
            });
    try {
      one(1_024).once();
      assertThat(told).isEmpty();
      one(1_024).once();
      one(1_024).quiet().once();
      assertThat(told).containsExactly(1);
      Reused.tellingOnce(
          () -> {
            one(1_024).once();
            one(1_024).once();
            one(1_280).once(); // a new one, of which its card tells
            return one(1_280).once();
          });
      assertThat(told).containsExactly(1, 1);
      one(1_280).once();
      assertThat(told).containsExactly(1, 1, 2);
    } finally {
      broken.close();
      frontEnd.close();
    }
  }

  @Test
  void aDamagedResultIsNotUsedAgainAndTheMessageSaysWhatToDo() throws IOException {
    one(1_024).once();
    Path result = folder.resolve("0001").resolve("result.safetensors");
    byte[] bytes = Files.readAllBytes(result);
    bytes[bytes.length - 1] ^= 4;
    Files.write(result, bytes);
    assertThatThrownBy(() -> one(1_024).once())
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith(
            "once: expected what run 1 of this very plan gave, got a damaged file. read '%s': expected "
                .formatted(result.toAbsolutePath()))
        .hasMessageEndingWith(
            "Take another copy of the file. Or remove the folder '%s', and once() makes a new run."
                .formatted(result.toAbsolutePath().getParent()));
  }

  @Test
  void aTeacherOfOneSeedIsTrainedOnce() {
    NetworkPolicy first = (NetworkPolicy) one(1_024).once();
    NetworkPolicy second = (NetworkPolicy) one(1_024).quiet().once();
    assertThat(Runs.all()).hasSize(1);
    assertThat(second.parameters()).isEqualTo(first.parameters());
    assertThat(second.name()).isEqualTo(first.name());
    assertThat(second.origin()).isEqualTo(first.origin());
    one(1_024).seed(1).once();
    one(1_024).seeds(1).once(); // curves, and so another plan
    assertThat(Runs.all()).hasSize(3);
    assertThat(one(1_024).found()).map(RunFolder::id).contains(1);
  }

  @Test
  void aTeacherOfOneSeedGoesOnWhereItStopped() {
    stopped(one(20_000).start());
    NetworkPolicy resumed = (NetworkPolicy) one(20_000).once();
    assertThat(Runs.all()).hasSize(1);
    assertThat(resumed.parameters()).isEqualTo(((NetworkPolicy) one(20_000).run()).parameters());
  }

  private static void stopped(Run<?> run) {
    run.stop();
    assertThatThrownBy(run::await).isInstanceOf(RunStopped.class);
    assertThat(run.state()).isEqualTo(RunState.STOPPED);
  }

  private static Collecting collecting(int steps) {
    float[] parameters = new float[10];
    parameters[9] = 1;
    Policy teacher =
        new NetworkPolicy(
            "leaning",
            CART_POLE.observations(),
            Density.over(CART_POLE.actions()),
            Mlp.of(),
            parameters);
    return collect(steps).from(teacher).on(CART_POLE).exploring(new Behavior.Epsilon(0.1));
  }

  private static void assertSame(Dataset actual, Dataset expected) {
    assertThat(actual.obs()).isEqualTo(expected.obs());
    assertThat(actual.column("teacher.logits").floats())
        .isEqualTo(expected.column("teacher.logits").floats());
    assertThat(actual).hasToString(expected.toString());
  }

  @Test
  void aDatasetIsCollectedOnce() {
    Dataset first = collecting(300).once();
    assertSame(collecting(300).quiet().once(), first);
    assertThat(Runs.all()).hasSize(1);
    assertThat(collecting(300).seed(1).once().obs()).isNotEqualTo(first.obs());
    collecting(300).exploring(new Behavior.Greedy()).once();
    collecting(300).exploring(new Behavior.ExploreGo(6)).once();
    assertThat(Runs.all()).hasSize(4);
    assertSame(collecting(300).once(), first);
    assertThat(Runs.all()).hasSize(4);
  }

  @Test
  void whoIsFoundAgainIsCalledTheSameAndWhatFollowsOnItIsFoundToo() {
    Distilling students = distill(collecting(300).once()).into(mlp(4)).members(2).epochs(1);
    NetworkPolicy fresh = students.once().members().get(1);
    following(fresh).once();
    NetworkPolicy found = students.once().members().get(1);
    assertThat(found.name()).isEqualTo(fresh.name()).isEqualTo("student 1");
    following(found).once();
    following(found.named("another")).once();
    assertThat(Runs.all()).as("data, students and what follows").hasSize(3);
    following(students.once().members().get(0)).once();
    assertThat(Runs.all()).hasSize(4);
  }

  private static Training following(Policy teacher) {
    return new Training(
        new Ppo().steps(1_024).hidden(8, 8).guidedBy(kickstart(teacher)), CART_POLE, 0);
  }

  @Test
  void aCollectionGoesOnWhereItStopped() {
    stopped(collecting(60_000).start());
    Dataset resumed = collecting(60_000).once();
    assertThat(Runs.all()).hasSize(1);
    assertSame(resumed, collecting(60_000).run());
  }

  /** Nobody sees whether code is the same. */
  @Test
  void aCollectionFromCodeIsANewRunEachTime() {
    Collecting plan = collect(200).from(rule()).on(CART_POLE);
    plan.once();
    plan.once();
    Collecting explored = collecting(200).exploring(new Behavior.ExploreGo(6).by(rule()));
    explored.once();
    explored.once();
    assertThat(Runs.all()).hasSize(4);
    assertThat(plan.found()).isEmpty();
  }

  private static Policy rule() {
    return Scripted.of("rule", CART_POLE, (seen, action) -> action[0] = seen[2] > 0 ? 1 : 0);
  }

  private static Dataset data() {
    return collect(200)
        .from(rule())
        .on(CART_POLE)
        .job()
        .execute(Session.unwatched("return", "length"));
  }

  private static float[][] parameters(Ensemble ensemble) {
    return ensemble.members().stream().map(NetworkPolicy::parameters).toArray(float[][]::new);
  }

  @Test
  void aTeacherThatIsCodeIsAskedAgainAndTheRunSaysWhy() {
    Policy left = Scripted.of("left", CART_POLE, (seen, action) -> action[0] = 0);
    Dataset first = collect(50).from(left).on(CART_POLE).once();
    Dataset second = collect(50).from(left).on(CART_POLE).once();
    assertThat(second.size()).isEqualTo(first.size());
    assertThat(Runs.all()).hasSize(2);
    assertThat(Runs.open(2).notes())
        .containsExactly("a new run: policy 'left' is code, which cannot be compared");
  }
}
