package dev.retort.plan;

import static dev.retort.Retort.demonstrations;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.env;
import static dev.retort.Retort.kl;
import static dev.retort.Retort.mlp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.distill.Loss;
import dev.retort.env.Env;
import dev.retort.env.reach.ReacherTeacher;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import org.junit.jupiter.api.Test;

/** What a plan is where nothing is said. */
class DistillingTest {
  private static final Env ARM = env("Reacher-C4");
  private static final Policy REACHING = Scripted.of("rule", ARM, ReacherTeacher::handcrafted);

  @Test
  void continuousActionsAreComparedByTheirDistance() {
    Dataset data = demonstrations(REACHING, ARM);
    Distilling plan = distill(REACHING).from(data, data).into(mlp(8));
    assertThat(plan.distillation().loss()).isEqualTo(new Loss.Mse());
    assertThat(plan.data().size()).isEqualTo(216);
    assertThat(distill(data).distillation().loss()).isEqualTo(new Loss.Mse());
    assertThatThrownBy(() -> distill(data).minimizing(kl()))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("Use mse.");
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
}
