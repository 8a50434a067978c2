package dev.retort.plan;

import static dev.retort.Retort.behaviorCloning;
import static dev.retort.Retort.compare;
import static dev.retort.Retort.demonstrations;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.env;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.kl;
import static dev.retort.Retort.mlp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.distill.Loss;
import dev.retort.env.Env;
import dev.retort.env.reach.ReacherTeacher;
import dev.retort.evaluate.Evaluation;
import dev.retort.evaluate.Evaluator;
import dev.retort.loss.Mse;
import dev.retort.policy.Ensemble;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.run.Session;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a plan is where nothing is said. */
class DistillingTest {
  private static final Env ARM = env("Reacher-C4");
  private static final Policy REACHING = Scripted.of("rule", ARM, ReacherTeacher::handcrafted);

  @Test
  void continuousActionsAreComparedByTheirDistance() {
    Dataset data = demonstrations(REACHING, ARM);
    Distilling plan = distill(REACHING).from(data, data).into(mlp(8));
    assertThat(plan.distillation().minimizing()).isEqualTo(Loss.of(new Mse()));
    assertThat(plan.data().size()).isEqualTo(216);
    assertThat(distill(data).distillation().minimizing()).isEqualTo(Loss.of(new Mse()));
    assertThatThrownBy(() -> distill(data).minimizing(kl()))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("Use mse.");
  }

  @Test
  void dataWithoutLabelsWaitsForALossThatNeedsNone() {
    Dataset bare = demonstrations(REACHING, ARM).unlabeled();
    Distilling plan = distill(bare).into(mlp(8)).members(2).epochs(2);
    String words =
        "distill: expected a dataset with a teacher's outputs, got '%s' with columns %s. Say labeledBy(teacher), or clone what was done with behavior-cloning."
            .formatted(bare.name(), String.join(", ", bare.columns()));
    for (ThrowingCallable use : List.<ThrowingCallable>of(plan::explain, plan::job, plan::run)) {
      assertThatThrownBy(use).isInstanceOf(RetortException.class).hasMessage(words);
    }
    assertThatThrownBy(plan.seeds(2)::job).hasMessage(words);
    assertThat(plan).hasToString("plan that cannot be carried out: " + words);
    Distilling cloning = plan.minimizing(behaviorCloning());
    assertThat(cloning.explain()).contains("behavior-cloning");
    Ensemble students = cloning.job().execute(Session.unwatched("loss", "agreement"));
    assertThat(students.members()).hasSize(2);
    assertThatThrownBy(() -> cloning.minimizing(kl()).explain())
        .hasMessageContaining("expected a dataset with a teacher's outputs");
  }

  @Test
  void thePlanSaysWhatMakesItTransfer() {
    Dataset data = demonstrations(REACHING, ARM);
    assertThat(data.distinctObservations()).isEqualTo(108);
    Dataset twice = data.and(data);
    assertThat(twice.distinctObservations()).isEqualTo(108);
    assertThat(distill(twice).into(mlp(8)).explain())
        .contains("10 students as one population", "an ensemble", "108 different states");
    assertThat(distill(twice).into(mlp(8)).members(1).explain())
        .contains("into 1 student\n", "one student alone: members(10)");
  }

  @Test
  void severalSeedsAreEnsemblesThatAnEvaluationTakesAsIndependentRuns() {
    Dataset data = demonstrations(REACHING, ARM);
    Distilling plan = distill(data).into(mlp(8)).members(2).epochs(2);
    assertThat(plan.seeds(3).explain())
        .contains("into 3 ensembles of 2 students as one population")
        .isNotEqualTo(plan.explain());
    assertThatThrownBy(() -> plan.seeds(0))
        .isInstanceOf(RetortException.class)
        .hasMessage("distill: expected at least 1 seed, got 0.");
    Cohort cohort = cohort(plan.seed(7).seeds(3));
    assertThat(cohort.title()).startsWith("3 ensembles of 2 students of mlp");
    assertThat(cohort.toString()).contains("(mean of 3)");
    assertThat(cohort.plot().title()).isEqualTo(cohort.title());
    Evaluating evaluating = evaluate(REACHING).and("students", cohort).on(ARM).episodes(8).seed(1);
    Evaluation played = evaluating.job().execute(Session.unwatched(evaluating.job().columns()));
    assertThat(played.rows())
        .extracting(Evaluation.Row::policy)
        .containsExactly("rule", "students");
    double[] alone = played.scores().get(1).runMeans();
    assertThat(alone).hasSize(3);
    for (int run = 0; run < 3; run++) {
      Policy one = ensemble(plan.seed(7 + run));
      assertThat(alone[run])
          .isEqualTo(new Evaluator(8, 1, () -> {}).evaluate(one, ARM).runMeans()[0]);
    }
    assertThat(compare(played).rows().get(1).name()).isEqualTo("students");
    assertThat(compare(played).rows().get(1).sample()).isEqualTo(3);
    Evaluating twice = evaluate(cohort).on(ARM, ARM.task(0)).episodes(2);
    Evaluation both = twice.job().execute(Session.unwatched(twice.job().columns()));
    assertThatThrownBy(() -> compare(both))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected an evaluation in one environment");
  }

  private static Cohort cohort(Distilling.Population plan) {
    return plan.job().execute(Session.unwatched(plan.job().columns()));
  }

  private static Policy ensemble(Distilling plan) {
    return plan.job().execute(Session.unwatched(plan.job().columns()));
  }
}
