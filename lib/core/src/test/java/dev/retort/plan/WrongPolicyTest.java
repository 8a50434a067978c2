package dev.retort.plan;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.demonstrations;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.dqn;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.exploreGo;
import static dev.retort.Retort.jumpStart;
import static dev.retort.Retort.kickstart;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.render;
import static dev.retort.Retort.train;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.env.Env;
import dev.retort.guidance.Guidance;
import dev.retort.nn.Mlp;
import dev.retort.plan.Faulty.Fault;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.run.Job;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a policy does wrong is told by whoever lets it act, where it was met. */
class WrongPolicyTest {
  private static final Env SOUND = Faulty.of(Fault.NOTHING, 0);
  private static final Distribution VALUES = new ActionValues((Discrete) SOUND.actions());
  private static final Env NUMBERS = Faulty.of(Fault.NOTHING, 0).acting(Box.of(-1, 1, 2));

  private static <R> R run(Plan<R> plan) {
    Job<R> job = plan.job();
    return job.execute(Session.unwatched(job.columns()));
  }

  /** A network of finite weights whose outputs are infinite from step 3 of an episode on. */
  private static Policy wild(Distribution distribution) {
    float most = Float.MAX_VALUE;
    float[] weights = {1e6f, 0, -2.5e6f, most, most, most, most};
    return new NetworkPolicy("wild", SOUND.observations(), distribution, Mlp.of(1), weights);
  }

  private static void training(Guidance guidance) {
    run(train(dqn().steps(300).warmUp(100).guidedBy(guidance)).on(SOUND).seed(7));
  }

  private static Policy still() {
    return Scripted.of("still", SOUND, (seen, action) -> action[0] = 0);
  }

  /** Who lets a policy act, and where it says that this was. */
  private enum Acting {
    EVALUATE("episode 0, step 3", head -> run(evaluate(wild(head)).on(SOUND).episodes(3))),
    COLLECT("copy 0, episode 0, step 3", head -> run(collect(100).from(wild(head)).on(SOUND))),
    EXPLORER(
        "copy ., episode .*, step 3",
        head -> run(collect(100).from(still()).on(SOUND).exploring(exploreGo(5).by(wild(head))))),
    LABELS(
        "dataset 'Faulty-stochastic-100', episode 0, step 3",
        head -> run(collect(100).from(still()).on(SOUND)).labeledBy(wild(head))),
    DAGGER("copy 0, episode 0, step 3", head -> run(distill(wild(head)).on(SOUND).stepsEach(100))),
    DEMONSTRATIONS("episode 0, step 3", head -> demonstrations(wild(head), SOUND)),
    RENDER("episode 0, step 3", head -> render(wild(head)).on(SOUND).steps(20).run()),
    Q_PRIOR(
        "copy 0, episode 0, step 3",
        head -> run(qPrior(wild(VALUES), wild(VALUES)).on(SOUND).steps(100).discount(0.9))),
    JUMP_START("seed 7, episode 0, step 3", head -> training(jumpStart(wild(head)))),
    KICKSTART(
        "seed 7, episode \\d+, step ([3-9]|\\d\\d)",
        head -> training(kickstart(wild(head)).until(1)));

    private final String place;

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without anything of its own
    private final Consumer<Distribution> does;

    Acting(String place, Consumer<Distribution> does) {
      this.place = place;
      this.does = does;
    }
  }

  @ParameterizedTest
  @EnumSource(Acting.class)
  void outputsThatAreNotFiniteAreRefusedWhereTheyWereMet(Acting acting) {
    for (Distribution head : List.of(new Categorical((Discrete) SOUND.actions()), VALUES)) {
      assertThatThrownBy(() -> acting.does.accept(head))
          .isInstanceOf(RetortException.class)
          .hasMessageMatching(
              "policy 'wild': expected finite outputs, got Infinity as output 0 of 2 \\(%s\\)\\."
                  .formatted(acting.place));
    }
  }

  @Test
  void anActionBeyondThePolicysOwnSpaceIsRefusedWhereItWasMet() {
    Policy beyond =
        Scripted.of("beyond", NUMBERS, (seen, action) -> action[1] = seen[0] == 3 ? 1.5f : 0);
    List<Runnable> verbs =
        List.of(
            () -> run(evaluate(beyond).on(NUMBERS).episodes(3)),
            () -> run(collect(100).from(beyond).on(NUMBERS)),
            () -> run(collect(100).from(beyond).on(NUMBERS).exploring(exploreGo(5).by(beyond))),
            () -> demonstrations(beyond, NUMBERS),
            () -> render(beyond).on(NUMBERS).steps(20).run());
    for (Runnable verb : verbs) {
      assertThatThrownBy(verb::run)
          .hasMessageContaining(
              "policy 'beyond': expected an action of 2 numbers with number 1 in [-1.0, 1.0], got [0.0, 1.5] (")
          .hasMessageMatching(".*episode \\d+.*, step 3\\)\\.");
    }
  }

  @Test
  void whatARuleThrowsIsToldWhereItWasMet() {
    Policy thrown =
        Scripted.of("thrown", NUMBERS, (seen, action) -> action[(int) seen[0]] = seen[9]);
    assertThatThrownBy(() -> run(evaluate(thrown).on(NUMBERS).episodes(3)))
        .hasMessageStartingWith("policy 'thrown': expected an action, got ArrayIndexOutOfBounds")
        .hasMessageEndingWith("(episode 0, step 0).")
        .hasRootCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
  }
}
