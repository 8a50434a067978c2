package dev.retort.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.Retort;
import dev.retort.collect.Behavior;
import dev.retort.env.Description;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.env.control.CartPole;
import dev.retort.evaluate.Evaluation;
import dev.retort.figure.Glyphs;
import dev.retort.film.Film;
import dev.retort.guidance.JumpStart;
import dev.retort.plan.OwnEnvironmentTest.Lane;
import dev.retort.policy.Fit;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.policy.Provenance;
import dev.retort.run.Run;
import dev.retort.run.Runs;
import dev.retort.teach.Dqn;
import dev.retort.teach.QLearning;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy knows where it was trained, and elsewhere that is said. */
class TrainedElsewhereTest {
  private static final String GREEDILY = "Evaluated with greedy actions.";
  private static final Env FIVE = new Lane("Corridor", 5);
  private static final Env NINE = new Lane("Corridor", 9);
  private static final String SAID =
      "'Q-learning' was made for another 'Corridor': length is 9, was 5; bounds of observations are 0.0 to 9.0, were 0.0 to 5.0.";

  @TempDir Path folder;

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.resolve("runs").toString());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  private static Policy trained(Env env) {
    return new Training(new QLearning().steps(100), env, 0).run();
  }

  private static Evaluating evaluating(Policy policy, Env... envs) {
    return Evaluating.Of.policies(List.of(policy))
        .on(envs[0], List.of(envs).subList(1, envs.length).toArray(Env[]::new))
        .episodes(2);
  }

  /** The same policy as files of before give it. */
  private static NetworkPolicy untold(NetworkPolicy policy) {
    return new NetworkPolicy(
        policy.name(),
        policy.observations(),
        policy.distribution(),
        policy.architecture(),
        policy.parameters());
  }

  @Test
  void whatATrainingGivesSaysWhereItWasTrainedWhereverItIsReadFrom() {
    Policy trained = trained(FIVE);
    Path file = folder.resolve("policy.safetensors");
    trained.save(file);
    Curves curves = new Training(new QLearning().steps(100), FIVE, 0).seeds(2).run();
    List<Policy> all =
        List.of(
            trained,
            Retort.policy(1),
            Retort.policy(file),
            curves.policy(1),
            Retort.curves(2).policy(1));
    for (Policy policy : all) {
      assertThat(policy.origin().homes()).containsExactly(Description.of(FIVE));
      assertThat(policy.toString()).endsWith(", made for Corridor");
      assertThat(Fit.cautions(policy, FIVE)).isEmpty();
    }
  }

  @Test
  void whatIsDoneOnceSaysItToo() {
    Policy policy = trained(FIVE);
    Collecting.Of.steps(20).from(policy).on(NINE).once();
    assertThat(Runs.open(2).notes()).containsExactly(SAID);
    Collecting.Of.steps(20).from(policy).on(NINE).once();
    assertThat(Runs.all()).hasSize(2);
  }

  @Test
  void anEvaluationOnAnotherOfTheNameSaysHowItDiffersAndGoesOnSayingIt() {
    Environments.register(FIVE);
    trained(FIVE);
    Environments.register(NINE);
    Evaluation result = evaluating(Retort.policy(1), NINE).run();
    assertThat(result.remarks()).containsExactly(SAID, GREEDILY);
    for (Evaluation each : List.of(result, Retort.evaluation(2))) {
      assertThat(each.text(Glyphs.UNICODE))
          .endsWith(
              """

              'Q-learning' was made for another 'Corridor': length is 9, was 5; bounds of
              observations are 0.0 to 9.0, were 0.0 to 5.0.
              Evaluated with greedy actions.""");
      assertThat(each.text(Glyphs.UNICODE).lines()).hasSizeLessThanOrEqualTo(24);
    }
    assertThat(evaluating(Retort.policy(1), FIVE).run().remarks()).containsExactly(GREEDILY);
  }

  @Test
  void onAnEnvironmentOfAnotherNameNothingIsSaid() {
    assertThat(evaluating(trained(FIVE), new Lane("Street", 5)).cautions()).isEmpty();
    assertThat(evaluating(trained(FIVE), FIVE.stickyActions(0.5)).cautions()).isEmpty();
  }

  @Test
  void otherParametersOfABuiltInOneAreSaidToo() {
    Env usual = Environments.get("CartPole");
    double[] values =
        usual.parameters().values().stream().mapToDouble(Double::doubleValue).toArray();
    String first = usual.parameters().keySet().iterator().next();
    double was = values[0]++;
    Policy policy = new Training(new Dqn().warmUp(5).steps(50), usual, 0).run();
    assertThat(Fit.cautions(policy, usual.withParameters(values)))
        .containsExactly(
            "'%s' was made for another 'CartPole': %s is %s, was %s."
                .formatted(policy.name(), first, was + 1, was));
    assertThat(Fit.cautions(policy, new CartPole())).isEmpty();
  }

  @Test
  void collectionsFilmsAndGuidedTrainingsSayItToo() {
    Policy policy = trained(FIVE);
    Run<?> collecting =
        new Collecting.Of(Collecting.OPTIONS.standard().with(Collecting.STEPS, 20))
            .from(policy)
            .on(NINE)
            .exploring(new Behavior.Greedy())
            .start();
    collecting.await();
    assertThat(collecting.notes()).containsExactly(SAID);
    Film film = new Rendering.Of(policy).on(NINE).steps(5).run();
    assertThat(film.toString()).endsWith("KB\n" + SAID);
    Run<?> guided =
        new Training(new Dqn().warmUp(5).steps(50).guidedBy(new JumpStart(policy)), NINE, 0)
            .start();
    guided.await();
    assertThat(guided.notes()).containsExactly(SAID);
  }

  @Test
  void everyMemberOfAPopulationKeepsWhereItWasTrained() {
    Dqn dqn = new Dqn().warmUp(5).steps(50);
    NetworkPolicy five = (NetworkPolicy) new Training(dqn, FIVE, 0).run();
    NetworkPolicy other = five.named("other");
    List<NetworkPolicy> members = List.of(five, other.made(Provenance.in(NINE)), untold(five));
    List<Policy> read = PolicyFile.population(PolicyFile.tensors(members));
    for (int i = 0; i < members.size(); i++) {
      assertThat(read.get(i).origin().homes()).isEqualTo(members.get(i).origin().homes());
    }
    assertThat(read.get(2).origin().homes()).isEmpty();
    assertThat(read.get(1).origin().homes()).isNotEqualTo(read.get(0).origin().homes());
  }
}
