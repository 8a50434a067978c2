package dev.retort.plan;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.env;
import static dev.retort.Retort.greedy;
import static dev.retort.Retort.kl;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.policy;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.resume;
import static dev.retort.Retort.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.distill.Loss;
import dev.retort.env.Env;
import dev.retort.loss.Mse;
import dev.retort.loss.Nll;
import dev.retort.option.Schedule;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.policy.Scripted;
import dev.retort.run.Run;
import dev.retort.run.RunState;
import dev.retort.run.RunStopped;
import dev.retort.run.RunSummary;
import dev.retort.run.Runs;
import dev.retort.run.Session;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AggregatingTest {
  private static final Env CART = env("CartPole");
  private static final Policy TEACHER = now(train(ppo().steps(512).hidden(8, 8)).on(CART));

  @TempDir Path folder;

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.toString());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  /** What a plan gives, without a run. */
  private static <R> R now(Plan<R> plan) {
    return plan.job().execute(Session.unwatched(plan.job().columns()));
  }

  private static Aggregating plan() {
    return distill(TEACHER)
        .on(CART)
        .rounds(3)
        .stepsEach(200)
        .mixing(new Schedule(1, 0))
        .into(mlp(8))
        .members(2)
        .minimizing(kl())
        .epochs(4)
        .batchSize(32)
        .seed(1);
  }

  private static float[][] parameters(Policy ensemble) {
    return ((Ensemble) ensemble)
        .members().stream().map(NetworkPolicy::parameters).toArray(float[][]::new);
  }

  @Test
  void oneRoundOfTheTeacherIsCollectAndDistillWithTheSameSeed() {
    Dataset data = now(collect(200).from(TEACHER).on(CART).exploring(greedy()).seed(1));
    Ensemble alone =
        now(distill(data).into(mlp(8)).members(2).minimizing(kl()).epochs(4).batchSize(32).seed(1));
    Ensemble students = now(plan().rounds(1).mixing(1));
    assertThat(parameters(students)).isDeepEqualTo(parameters(alone));
  }

  @Test
  void aRunIsListedOpenedAndUsedAgain() {
    float[][] parameters = parameters(plan().once());
    assertThat(parameters(plan().once())).isDeepEqualTo(parameters);
    assertThat(Runs.all()).hasSize(1);
    RunSummary run = Runs.all().get(0);
    assertThat(run.kind()).isEqualTo("dagger");
    assertThat(run.title())
        .isEqualTo("2 students of mlp:8 from PPO, 3 rounds of 200 steps on CartPole");
    assertThat(run.total()).isEqualTo(600);
    assertThat(run.unit()).isEqualTo("environment steps");
    assertThat(run.traits().values())
        .containsEntry("minimizing", "kl:1.0")
        .containsEntry("mixing", "1.0..0.0")
        .containsEntry("seed", "1");
    assertThat(parameters(policy(1))).isDeepEqualTo(parameters);
    assertThat(Runs.open(1).curve().column("queries")).containsExactly(200, 400, 600);
    assertThat(policy(1).origin().names()).isEqualTo("CartPole");
    plan().mixing(0).once();
    assertThat(Runs.all()).hasSize(2);
  }

  @Test
  void aStoppedRunIsResumedByItsNumberBitForBit() {
    float[][] expected = parameters(now(plan().epochs(60)));
    Run<Ensemble> run = plan().epochs(60).start();
    run.stop();
    try {
      run.await();
    } catch (RunStopped stopped) {
      assertThat(run.state()).isEqualTo(RunState.STOPPED);
    }
    Policy resumed = run.state() == RunState.STOPPED ? resume(1) : policy(1);
    assertThat(parameters(resumed)).isDeepEqualTo(expected);
    assertThat(Resuming.plan(1)).isInstanceOf(Aggregating.class);
    assertThat(parameters(now(Resuming.plan(1)))).isDeepEqualTo(expected);
  }

  private static float[][] parameters(Object result) {
    return parameters((Policy) result);
  }

  @Test
  void aTeacherThatIsARuleLabelsToo() {
    Policy rule = Scripted.of("rule", CART, (seen, action) -> action[0] = seen[2] > 0 ? 1 : 0);
    Aggregating plan = distill(rule).on(CART).rounds(2).stepsEach(64).into(mlp(8)).epochs(2);
    assertThat(plan.dagger().distillation().minimizing()).isEqualTo(Loss.of(new Nll()));
    assertThat(plan.once().members()).hasSize(10);
    plan.once();
    assertThat(Runs.all()).as("nobody knows whether a rule is the same").hasSize(2);
    assertThat(plan.job().resuming(1)).contains("cannot be resumed, since policy 'rule' is code");
    Env swing = env("Pendulum");
    Policy still = Scripted.of("still", swing, (seen, action) -> action[0] = 0);
    assertThat(distill(still).on(swing).dagger().distillation().minimizing())
        .isEqualTo(Loss.of(new Mse()));
  }

  @Test
  void theTeacherStaysAsItIs() {
    String before = Fingerprint.of(PolicyFile.tensors(TEACHER));
    plan().run();
    assertThat(Fingerprint.of(PolicyFile.tensors(TEACHER))).isEqualTo(before);
  }

  @Test
  void thePlanSaysWhatItCosts() {
    assertThat(plan().explain())
        .contains(
            "distill 'PPO' on CartPole into 2 students in 3 rounds of 200 steps",
            "600 environment steps and as many queries of the teacher",
            "share of the steps: 1.0..0.0",
            // Seven, thirteen and nineteen minibatches, four times each.
            "156 updates",
            "learning: about ");
    assertThat(plan())
        .hasToString(
            "plan: dagger 2 students of mlp:8 from PPO, 3 rounds of 200 steps on CartPole. run() does it, start() does it in the background, explain() says more.");
    assertThat(distill(TEACHER))
        .hasToString("the beginning of a plan to distill PPO; it needs .from(data) or .on(env).");
  }

  @Test
  void whatCannotBeIsRefusedInWords() {
    assertThatThrownBy(() -> distill(TEACHER).on(env("MountainCar")))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "distill: expected a teacher from 2 numbers to 3 choices for MountainCar, got 'PPO' from 4 numbers to 2 choices.");
    assertThatThrownBy(() -> distill(TEACHER, TEACHER).on(CART))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "distill: expected one teacher to act and label on CartPole, or one a task of a family that deals its tasks out, got 2. Say .on(family.train(2).eachTask()), or collect with one of them and distill(..).from(data).");
    assertThatThrownBy(() -> distill(TEACHER).on(null))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("distill: expected");
    assertThatThrownBy(() -> plan().rounds(0))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("for 'rounds', got '0'");
    assertThatThrownBy(() -> plan().mixing(1.2))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected a teacher's share of the steps from 0 to 1 for 'mixing'");
    assertThatThrownBy(() -> plan().mixing(-0.2)).isInstanceOf(RetortException.class);
    assertThatThrownBy(() -> plan().minimizing(Loss.of(kl()).and(1, "surprise", new Mse())))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "unknown output of the teacher 'PPO' 'surprise' (choices: features, logits, value)");
  }
}
