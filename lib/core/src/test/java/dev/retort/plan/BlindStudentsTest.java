package dev.retort.plan;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.nll;
import static dev.retort.Retort.policy;
import static dev.retort.Retort.render;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.env.Env;
import dev.retort.evaluate.Evaluation;
import dev.retort.policy.Actor;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.Runs;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Students who see less than their teacher are policies like all others. */
class BlindStudentsTest {
  private static final Env WALK = new Walk();
  private static final Policy TEACHER =
      Scripted.of("privileged", WALK, (seen, action) -> action[0] = seen[2] > seen[1] ? 1 : 0);

  @TempDir Path folder;

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.toString());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  /** A walk on a line to a goal; a wind that nobody needs to know is shown too. */
  record Walk() implements Env {
    @Override
    public Space observations() {
      return Group.of("wind", Box.of(-1, 1, 1))
          .and("position", Box.of(-9, 9, 1))
          .and("goal", Box.of(-9, 9, 1));
    }

    @Override
    public Space actions() {
      return new Discrete(2);
    }

    @Override
    public int horizon() {
      return 12;
    }

    @Override
    public int stateSize() {
      return 3;
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      state[0] = 0;
      state[1] = 0;
      state[2] = random.nextBoolean() ? 3 : -3;
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      state[0] = 2 * random.nextDouble() - 1;
      state[1] += action[0] == 1 ? 1 : -1;
      return terminated(state) ? 1 : 0;
    }

    @Override
    public boolean terminated(double[] state) {
      return state[1] == state[2];
    }

    @Override
    public void observe(double[] state, float[] observation) {
      for (int i = 0; i < 3; i++) {
        observation[i] = (float) state[i];
      }
    }
  }

  /** What a plan gives, without a run. */
  private static <R> R now(Plan<R> plan) {
    return plan.job().execute(Session.unwatched(plan.job().columns()));
  }

  private static Dataset data() {
    return now(collect(400).from(TEACHER).on(WALK).seed(1));
  }

  private static Distilling plan() {
    return distill(TEACHER)
        .from(data())
        .seeing("position", "goal")
        .into(mlp(16))
        .members(3)
        .minimizing(nll())
        .learningRate(0.01)
        .epochs(20);
  }

  private static double score(Policy policy) {
    Evaluation played = now(evaluate(policy).on(WALK).episodes(20));
    return played.scores().get(0).runMeans()[0];
  }

  @Test
  void aBlindStudentOfAPrivilegedTeacherActsInTheWholeEnvironment() {
    Ensemble students = now(plan());
    assertThat(students.observations()).isEqualTo(WALK.observations());
    assertThat(students.members().get(0).blueprint().inputShape().shape()).containsExactly(2);
    assertThat(students.toString()).contains("(sees position: 1 number, goal: 1 number)");
    assertThat(score(students)).isEqualTo(1);
    assertThat(render(students).on(WALK).steps(3).run().frames()).isPositive();
    Dataset again = now(collect(50).from(students).on(WALK));
    assertThat(again.observations()).isEqualTo(WALK.observations());
    assertThat(score(now(plan().seeing(View.numbers(1))))).isLessThan(1);
  }

  @Test
  void itIsSavedAndOpenedAndFoundOnceMore() {
    Ensemble students = plan().once();
    assertThat(plan().once().toString()).isEqualTo(students.toString());
    assertThat(Runs.all()).hasSize(1);
    plan().seeing("goal").once();
    assertThat(Runs.all()).hasSize(2);
    students.save(folder.resolve("blind.safetensors"));
    for (Policy opened : new Policy[] {policy(1), policy(folder.resolve("blind.safetensors"))}) {
      assertThat(opened).hasToString(students.toString());
      assertThat(outputs(opened)).containsExactly(outputs(students));
    }
    NetworkPolicy one = students.members().get(1);
    Policy alone = PolicyFile.of(PolicyFile.tensors(one));
    assertThat(outputs(alone)).containsExactly(outputs(one));
    assertThat(((NetworkPolicy) alone).perception()).isEqualTo(one.perception());
  }

  private static float[] outputs(Policy policy) {
    try (Actor actor = policy.actor(2)) {
      return actor.outputs(new float[] {0.3f, 1, -3, -0.9f, 2, 3}).clone();
    }
  }

  @Test
  void studentsWhoActInRoundsMayBeBlindToo() {
    Ensemble students =
        now(
            distill(TEACHER)
                .on(WALK)
                .seeing("position", "goal")
                .rounds(3)
                .stepsEach(200)
                .into(mlp(16))
                .members(2)
                .minimizing(nll())
                .learningRate(0.01)
                .epochs(20));
    assertThat(students.members().get(0).perception()).hasToString("parts:position,goal");
    assertThat(score(students)).isEqualTo(1);
  }

  @Test
  void whatCannotBeSeenIsRefusedInWordsBeforeAnythingIsStarted() {
    assertThatThrownBy(() -> plan().seeing("positions"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage(
            "seeing: expected a part of the observations among [wind, position, goal], got 'positions'. Did you mean 'position'?");
    assertThatThrownBy(() -> distill(TEACHER).on(WALK).seeing("mass"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("among [wind, position, goal], got 'mass'");
    assertThatThrownBy(() -> plan().seeing(View.window(4, View.window(2))))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining(
            "expected a view by which a student can act, such as View.parts(\"position\"), got window:4 window:2 all, which is a window of windows.");
    assertThatThrownBy(() -> plan().seeing())
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected names of parts, got none");
  }

  @Test
  void ensemblesAreOfStudentsWhoSeeTheSame() {
    NetworkPolicy one = now(plan()).members().get(0);
    NetworkPolicy other = now(plan().seeing("goal", "position")).members().get(0);
    assertThatThrownBy(() -> new Ensemble("mixed", java.util.List.of(one, other)))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("expected members of one kind")
        .hasMessageContaining("sees goal: 1 number, position: 1 number");
  }
}
