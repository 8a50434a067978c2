package dev.retort.plan;

import static dev.retort.Retort.kickstart;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.retort.UnknownNameException;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.guidance.Guidance;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.policy.NetworkPolicy;
import dev.retort.run.Run;
import dev.retort.run.RunStopped;
import dev.retort.run.Runs;
import dev.retort.run.Session;
import dev.retort.teach.Accompanied;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Algorithms;
import dev.retort.teach.Learner;
import dev.retort.teach.Reinforce;
import dev.retort.teach.RolloutLearner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An algorithm of the user's own is trained, found, kept and resumed like any other. */
class OwnAlgorithmTest {
  private static final Env CART = Environments.get("CartPole");

  @TempDir Path folder;

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.toString());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  /** An algorithm that does nothing, and another of its name that does something else. */
  record Idle(Settings settings, List<Guidance> guidance, boolean isLazy)
      implements Accompanied<Idle> {
    static final Schema OPTIONS = new Schema("idle").endingWith(COMPANY);
    static final Option<Long> STEPS = OPTIONS.whole("steps", 1_000_000L).from(1).says("length");

    Idle(boolean isLazy) {
      this(OPTIONS.standard(), List.of(), isLazy);
    }

    @Override
    public String name() {
      return "Idle";
    }

    @Override
    public Idle with(Settings other, List<Guidance> given) {
      return new Idle(other, given, isLazy);
    }

    @Override
    public long steps() {
      return get(STEPS);
    }

    @Override
    public Idle steps(long steps) {
      return with(STEPS, steps);
    }

    @Override
    public double gamma() {
      return 1;
    }

    @Override
    public Learner learner(Env env, long[] seeds) {
      return new RolloutLearner(this, env, seeds, 8) {
        @Override
        protected void iterate(Session session) {
          rollout.play(session);
          step += isLazy ? rollout.perMember : 2L * rollout.perMember;
        }
      };
    }
  }

  private static Training training(Algorithm algorithm) {
    return new Training(algorithm, CART, 0);
  }

  @Test
  void itIsTrainedAsAPopulationWhoseMembersLearnWhatTheyLearnAlone() {
    Reinforce reinforce = new Reinforce().steps(3_072);
    Curves two = training(reinforce).seeds(2).run();
    Curves one = new Training(reinforce, CART, 1).seeds(2).run();
    assertThat(((NetworkPolicy) two.policy(1)).parameters())
        .isEqualTo(((NetworkPolicy) one.policy(0)).parameters());
    assertThat(two.curve().columns()).contains("return", "length", "episodes");
    assertThat(Curves.open(1).policies()).hasSize(2);
  }

  @Test
  void itGoesOnFromWhereItStopped() {
    Algorithms.register(new Reinforce());
    Reinforce reinforce = new Reinforce().steps(30_720).normalized();
    Curves whole = training(reinforce).seeds(2).run();
    Run<Curves> run = training(reinforce).seeds(2).start();
    run.stop();
    RunStopped stopped = catchThrowableOfType(RunStopped.class, run::await);
    if (stopped != null) {
      assertThat(stopped)
          .hasMessageEndingWith(
              "resume it with resume(2), after register(..) of its algorithm 'REINFORCE'");
      Curves resumed = (Curves) Resuming.start(2).await();
      for (int member = 0; member < 2; member++) {
        assertThat(((NetworkPolicy) resumed.policy(member)).parameters())
            .isEqualTo(((NetworkPolicy) whole.policy(member)).parameters());
      }
      assertThat(resumed.curve().values()).isEqualTo(whole.curve().values());
    }
  }

  @Test
  void itIsFoundByNameAndTakesOptionsAsText() {
    Algorithms.register(new Reinforce());
    Algorithm found = Algorithm.of("reinforce");
    assertThat(found.set("gamma", "0.9")).isEqualTo(new Reinforce().set("gamma", "0.9"));
    assertThat(Algorithm.all()).extracting(Algorithm::name).contains("PPO", "REINFORCE");
    assertThatThrownBy(() -> Algorithm.of("REINFORZE"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("did you mean 'REINFORCE'?");
    assertThat(training(found).explain()).contains("train REINFORCE on CartPole, seed 0");
  }

  @Test
  void namesOfTheLibraryAreTakenAndNoNameIsNone() {
    record Named(Settings settings, String name) implements Algorithm {
      @Override
      public Algorithm with(Settings other) {
        return this;
      }

      @Override
      public long steps() {
        return 1;
      }

      @Override
      public Algorithm steps(long steps) {
        return this;
      }

      @Override
      public Learner learner(Env env, long[] seeds) {
        throw new UnsupportedOperationException();
      }
    }
    Settings none = new Schema("none").standard();
    assertThatThrownBy(() -> Algorithms.register(new Named(none, "p-p-o")))
        .hasMessage(
            "register: expected a name of its own, got 'p-p-o', which is one of the library's. Override name().");
    assertThatThrownBy(() -> Algorithms.register(new Named(none, " ")))
        .hasMessage("register algorithm: expected a name on one line, got ' '. Override name().");
  }

  @Test
  void guidesServeItToo() {
    NetworkPolicy teacher = (NetworkPolicy) training(new Reinforce().steps(1_024)).run();
    Reinforce guided = new Reinforce().steps(1_024).guidedBy(kickstart(teacher));
    Curves curves = training(guided).seeds(1).run();
    assertThat(curves.curve().columns()).contains("queries");
    assertThat(curves.policies()).hasSize(1);
  }

  @Test
  void whatItDoesBelongsToARunAndAnotherOfItsNameIsRefused() {
    Algorithms.register(new Idle(true));
    Plan<Curves> plan = training(new Idle(true).steps(512)).seeds(1);
    ((Training.Population) plan).once();
    training(new Idle(true).steps(512)).seeds(1).once();
    assertThat(Runs.all()).hasSize(1);
    training(new Idle(false).steps(512)).seeds(1).once();
    assertThat(Runs.all()).hasSize(2);
    Run<Curves> run = training(new Idle(true).steps(50_000_000)).seeds(1).start();
    run.stop();
    assertThat(catchThrowableOfType(RunStopped.class, run::await))
        .hasMessageContaining("resume(3)");
    Algorithms.register(new Idle(false));
    assertThatThrownBy(() -> Resuming.start(3))
        .hasMessageStartingWith(
            "resume run 3: expected algorithm 'Idle' as it was, but isLazy is false, was true.")
        .hasMessageContaining("resumeAnyway(3)");
    Run<?> branch = Resuming.startAnyway(3);
    branch.stop();
    assertThatThrownBy(branch::await).isInstanceOf(RunStopped.class);
    Algorithms.register(new Idle(true));
    Run<?> again = Resuming.start(3);
    again.stop();
    assertThatThrownBy(again::await).isInstanceOf(RunStopped.class);
  }
}
