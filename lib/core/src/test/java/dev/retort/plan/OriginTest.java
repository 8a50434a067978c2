package dev.retort.plan;

import static dev.retort.Retort.dqInit;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.solve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.End;
import dev.retort.data.Recorder;
import dev.retort.data.Supervision;
import dev.retort.distribution.Categorical;
import dev.retort.env.Description;
import dev.retort.env.Env;
import dev.retort.env.control.CartPole;
import dev.retort.env.grid.FrozenLake;
import dev.retort.option.Traits;
import dev.retort.plan.OwnEnvironmentTest.Lane;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Fit;
import dev.retort.policy.Policy;
import dev.retort.policy.Provenance;
import dev.retort.policy.RandomPolicy;
import dev.retort.policy.TabularPolicy;
import dev.retort.prior.QPrior;
import dev.retort.run.Run;
import dev.retort.space.Discrete;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Dqn;
import dev.retort.teach.QLearning;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data, students, solutions and priors know where they come from, wherever they are read from. */
class OriginTest {
  private static final CartPole USUAL = new CartPole();
  private static final Env HEAVY = USUAL.with("gravity", 20);
  private static final Env LIGHT = USUAL.with("gravity", 2);
  private static final Description[] BOTH = {Description.of(USUAL), Description.of(HEAVY)};
  private static final Env FIVE = new Lane("Corridor", 5);
  private static final Env NINE = new Lane("Corridor", 9);
  private static final String OTHER_LANE =
      "made for another 'Corridor': length is 9, was 5; bounds of observations are 0.0 to 9.0, were 0.0 to 5.0.";
  private static final FrozenLake LAKE = new FrozenLake();
  private static final FrozenLake STEADY = LAKE.with("successRate", 0.5);
  private static final String OTHER_LAKE =
      "made for another 'FrozenLake': successRate is 0.5, was %s.".formatted(LAKE.successRate());

  @TempDir Path folder;

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.resolve("runs").toString());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  private static Dataset collected(Env env) {
    return Retort.collect(40).from(RandomPolicy.of(env)).on(env).run();
  }

  private static Distilling distilling(Dataset data) {
    return Retort.distill(data).into(mlp(4)).members(2).epochs(1).batchSize(20);
  }

  @Test
  void dataKnowsWhereItWasCollectedThroughFilesNamesLabelsAndUnions() {
    Dataset data = collected(USUAL);
    Path file = folder.resolve("data.safetensors");
    data.save(file);
    for (Dataset each :
        List.of(
            data,
            Retort.dataset(1),
            Retort.dataset(file),
            data.named("other"),
            data.labeledBy(RandomPolicy.of(USUAL)))) {
      assertThat(each.origin().homes()).containsExactly(Description.of(USUAL));
    }
    assertThat(Retort.dataset(file).and(data).origin().homes())
        .as("what was read and what was just collected come from the same environment")
        .containsExactly(Description.of(USUAL));
    Dataset both = data.and(collected(HEAVY)).and(data);
    assertThat(both.origin().homes()).containsExactly(BOTH);
    both.save(file);
    assertThat(Retort.dataset(file).origin().homes()).containsExactly(BOTH);
  }

  @Test
  void demonstrationsKnowTheirFamily() {
    Dataset shown = Retort.demonstrations(RandomPolicy.of(FIVE), FIVE);
    assertThat(shown.origin().homes()).containsExactly(Description.of(FIVE));
  }

  @Test
  void ofDataFromNobodyKnowsWhereNothingIsSaidAndItsFileIsAsItWas() {
    Recorder recorder =
        new Recorder(
            FIVE.observations(),
            FIVE.actions(),
            Supervision.of(new Categorical((Discrete) FIVE.actions())));
    recorder.step(new float[] {1}, 0, new float[] {1}, 0, 0, new float[] {0, 1}, 0);
    recorder.end(new float[] {2}, 0, End.TASK);
    Dataset data = recorder.dataset("brought");
    assertThat(data.tensors().metadata()).doesNotContainKey("collectedIn");
    assertThat(Dataset.of(data.tensors()).origin()).isEqualTo(Provenance.unknown());
    Ensemble students = distilling(data).run();
    assertThat(students.origin().homes()).isEmpty();
    assertThat(students.toString()).doesNotContain("made for");
    assertThat(Fit.cautions(students, FIVE)).isEmpty();
  }

  @Test
  void studentsAreAtHomeWhereverTheirDataWasCollectedAndNowhereElse() {
    Distilling plan = distilling(collected(USUAL).and(collected(HEAVY))); // runs 1 and 2
    Ensemble students = plan.run();
    Path file = folder.resolve("students.safetensors");
    students.save(file);
    plan.seeds(2).run();
    for (Policy each :
        List.of(
            students,
            students.first(1),
            Retort.policy(3),
            Retort.policy(file),
            Retort.cohort(4).policy(1))) {
      assertThat(each.origin().homes()).containsExactly(BOTH);
      assertThat(each.origin().traits().values()).containsKey(Traits.SEED);
      assertThat(each.toString()).endsWith(", made for CartPole");
      assertThat(Fit.cautions(each, USUAL)).isEmpty();
      assertThat(Fit.cautions(each, HEAVY)).isEmpty();
      assertThat(Fit.cautions(each, LIGHT))
          .containsExactly(
              "'%s' was made for 2 others called 'CartPole', the first of which differs so: gravity is 2.0, was 9.8."
                  .formatted(each.name()));
    }
  }

  @Test
  void aDistillationThatIsTakenUpAgainKnowsWhereItsDataComesFrom() {
    distilling(collected(USUAL).and(collected(HEAVY))).run();
    Distilling again = (Distilling) Resuming.plan(3);
    assertThat(again.data().origin().homes()).containsExactly(BOTH);
    assertThat(again.once().origin().homes()).containsExactly(BOTH);
    assertThat(Retort.runs()).hasSize(3);
  }

  @Test
  void exactAndBinnedSolutionsSayWhatTheySolve() {
    TabularPolicy exact = solve(LAKE).run().policy();
    assertThat(Fit.cautions(exact, LAKE)).isEmpty();
    assertThat(Fit.cautions(exact, STEADY)).containsExactly("'exact' was " + OTHER_LAKE);
    TabularPolicy binned = solve(FIVE).bins(5).run().policy();
    assertThat(Fit.cautions(binned, FIVE)).isEmpty();
    assertThat(Fit.cautions(binned, NINE)).containsExactly("'binned' was " + OTHER_LANE);
  }

  @Test
  void priorsKnowTheirTasksAndLearnersElsewhereSayIt() {
    QPrior prior = qPrior(solve(FIVE).bins(5).run().policy()).on(FIVE).steps(100).run();
    Path file = folder.resolve("prior.safetensors");
    prior.save(file);
    for (QPrior each : List.of(prior, qPrior(1), qPrior(file), prior.and(prior))) {
      assertThat(each.origin().homes()).containsExactly(Description.of(FIVE));
      assertThat(each.policy().origin()).isEqualTo(each.origin());
      assertThat(each.cautions(FIVE)).isEmpty();
      assertThat(each.cautions(new Lane("Street", 9))).isEmpty();
    }
    Dqn guided = new Dqn().warmUp(5).steps(20).guidedBy(dqInit(prior));
    assertThat(notes(guided, NINE)).containsExactly("the prior was " + OTHER_LANE);
    assertThat(notes(guided, FIVE)).isEmpty();
  }

  @Test
  void aTableThatBeginsWithAPriorOfAnotherTaskSaysIt() {
    QPrior prior = qPrior(solve(LAKE).run().policy()).on(LAKE).steps(1_000).run();
    QLearning guided = new QLearning().steps(20).initializedBy(prior);
    assertThat(notes(guided, STEADY)).containsExactly("the prior was " + OTHER_LAKE);
    assertThat(notes(guided, LAKE)).isEmpty();
  }

  private static List<String> notes(Algorithm algorithm, Env env) {
    Run<?> run = new Training(algorithm, env, 0).start();
    run.await();
    return run.notes();
  }

  @Test
  void homesInFilesAreADescriptionAListOfThemOrNothing() {
    for (Provenance each :
        List.of(
            Provenance.unknown(),
            Provenance.in(FIVE),
            Provenance.of(List.of(Provenance.in(FIVE), Provenance.in(NINE))))) {
      assertThat(Provenance.read(each.written())).isEqualTo(each);
    }
    assertThat(Provenance.in(FIVE).written()).isEqualTo(Description.of(FIVE).toString());
    for (String damaged : List.of("[", "[3]", "{}", "[{\"name\": \"Corridor\"}]", "Corridor")) {
      assertThatThrownBy(() -> Provenance.read(damaged))
          .isInstanceOf(RetortException.class)
          .hasMessageStartingWith("environment: expected a description with a name");
    }
  }

  @Test
  void manyNamesAreCountedRatherThanTold() {
    List<Provenance> lanes =
        List.of("A", "B", "C", "D").stream().map(name -> Provenance.in(new Lane(name, 5))).toList();
    assertThat(Provenance.of(lanes.subList(0, 3)).names()).isEqualTo("A and B and C");
    assertThat(Provenance.of(lanes).names()).isEqualTo("A and 3 more");
    assertThat(Provenance.of(lanes).with(Traits.of("seed", 3)))
        .hasToString("seed 3 · made for A and 3 more");
  }
}
