package dev.retort.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.collect.Behavior;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.env.control.CartPole;
import dev.retort.policy.Policy;
import dev.retort.policy.RandomPolicy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.Run;
import dev.retort.run.RunFolder;
import dev.retort.run.RunState;
import dev.retort.run.RunStopped;
import dev.retort.run.Runs;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import dev.retort.teach.QLearning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in environments of the user's own go on in the one that they began in, or say why not. */
class OwnEnvironmentTest {
  @TempDir Path folder;

  /** How a corridor pays, as part of it. */
  @SuppressWarnings("ArrayRecordComponent") // as users write them
  record Pay(double goal, double[] steps, Object scale) {
    Pay(double goal, double[] steps) {
      this(goal, steps, null);
    }
  }

  record Lane(String name, int length, Pay pay) implements Env {
    Lane(String name, int length) {
      this(name, length, new Pay(1, new double[] {0, 0}));
    }

    @Override
    public Space observations() {
      return Box.of(0, length, 1);
    }

    @Override
    public Space actions() {
      return new Discrete(2);
    }

    @Override
    public int horizon() {
      return 50;
    }

    @Override
    public int stateSize() {
      return 1;
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      state[0] = 0;
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      state[0] = Math.max(0, state[0] + (action[0] == 1 ? 1 : -1));
      return terminated(state) ? pay.goal : pay.steps[(int) action[0]];
    }

    @Override
    public boolean terminated(double[] state) {
      return state[0] >= length;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = (float) state[0];
    }
  }

  /** An environment whose future depends on more than its state. */
  record Dice(Random random) implements Env {
    private static final Lane LANE = new Lane("Dice", 8);

    @Override
    public Space observations() {
      return LANE.observations();
    }

    @Override
    public Space actions() {
      return LANE.actions();
    }

    @Override
    public int horizon() {
      return LANE.horizon();
    }

    @Override
    public int stateSize() {
      return 1;
    }

    @Override
    public void reset(double[] state, RandomStream stream) {
      LANE.reset(state, stream);
    }

    @Override
    public double step(double[] state, float[] action, RandomStream stream) {
      return LANE.step(state, action, stream) + random.nextDouble();
    }

    @Override
    public boolean terminated(double[] state) {
      return LANE.terminated(state);
    }

    @Override
    public void observe(double[] state, float[] observation) {
      LANE.observe(state, observation);
    }
  }

  @BeforeEach
  void runsOfItsOwn() {
    System.setProperty("retort.runs", folder.toString());
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("retort.runs");
  }

  private static Training training(Env env, long steps) {
    return new Training(new QLearning().steps(steps), env, 0);
  }

  private static RunStopped stopped(Plan<?> plan) {
    Run<?> run = plan.start();
    run.stop();
    return catchThrowableOfType(RunStopped.class, run::await);
  }

  private static RunStopped stopped(Env env) {
    return stopped(training(env, 50_000_000));
  }

  private static void assertGoesOn(int id) {
    Run<?> run = Resuming.start(id);
    run.stop();
    assertThatThrownBy(run::await).isInstanceOf(RunStopped.class);
  }

  @Test
  void onceTakesNoOtherEnvironmentForTheSame() {
    List<Env> others =
        List.of(
            new Lane("Lane", 8),
            new Lane("Lane", 20),
            new Lane("Lane", 8, new Pay(2, new double[] {0, 0})),
            new Lane("Lane", 8, new Pay(1, new double[] {0, -1})),
            new Lane("Lane", 8).stickyActions(0.25),
            new Lane("Lane", 8).stickyActions(0.5),
            new Lane("Lane", 8).timeLimit(20));
    for (Env env : others) {
      training(env, 200).seeds(1).once();
    }
    assertThat(Runs.all()).hasSize(others.size());
    Policy twenty = training(new Lane("Lane", 20), 200).seeds(1).once().policy(0);
    assertThat(twenty.observations()).isEqualTo(Box.of(0, 20, 1));
    assertThat(Runs.all()).hasSize(others.size());
  }

  @Test
  void aStopPromisesWhatResumeKeeps() {
    RunStopped stopped = stopped(new Lane("Unregistered", 8));
    assertThat(stopped)
        .hasMessageMatching(
            "run 0001 stopped at step [\\d,]+ of 50,000,000: resume it with resume\\(1\\), after register\\(\\.\\.\\) of its environment 'Unregistered'");
    assertThatThrownBy(() -> Resuming.start(1))
        .hasMessageStartingWith("resume run 1: unknown environment 'Unregistered'")
        .hasMessageEndingWith(". If it is one of your own, register(..) it and resume again.");
    Environments.register(new Lane("Unregistered", 8));
    assertGoesOn(1);
  }

  @Test
  void anotherEnvironmentOfTheNameIsRefusedAndToldAlready() {
    Environments.register(new Lane("Taken", 20));
    assertThat(stopped(new Lane("Taken", 8)))
        .hasMessageContaining(
            "after register(..) of its environment 'Taken' (another one is registered by this name: its length is 20, was 8; bounds of observations are 0.0 to 20.0, were 0.0 to 8.0)");
    assertThatThrownBy(() -> Resuming.start(1))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "resume run 1: expected environment 'Taken' as it was, but length is 20, was 8; bounds of observations are 0.0 to 20.0, were 0.0 to 8.0. register(..) that one and resume again, or go on in the one that is known now, as a new run, with resumeAnyway(1).");
    Environments.register(new Lane("Taken", 8, new Pay(1, new double[] {0, 3})));
    assertThatThrownBy(() -> Resuming.start(1))
        .hasMessageContaining("as it was, but pay.steps is [0.0,3.0], was [0.0,0.0]. ");
    Environments.register(new Lane("Taken", 8));
    assertGoesOn(1);
  }

  @Test
  void allTheSameGoesOnAsANewRunThatSaysWhatDiffers() {
    Environments.register(new Lane("Moved", 8));
    stopped(new Lane("Moved", 8));
    Environments.register(new Lane("Moved", 20));
    Run<?> other = Resuming.startAnyway(1);
    assertThat(other.id()).isEqualTo(2);
    assertThat(other.notes())
        .containsExactly(
            "goes on from run 1 in environment 'Moved', but length is 20, was 8; bounds of observations are 0.0 to 20.0, were 0.0 to 8.0");
    other.stop();
    assertThatThrownBy(other::await).isInstanceOf(RunStopped.class);
    assertThat(Runs.open(2).summary().step()).isGreaterThanOrEqualTo(Runs.open(1).summary().step());
    assertGoesOn(2);
    assertThat(Plan.text(training(new Lane("Moved", 20), 50_000_000))).contains("Moved");
    assertThat(
            dev.retort.run.Registry.standard()
                .find(training(new Lane("Moved", 20), 50_000_000).job()))
        .isEmpty();
    assertThat(
            dev.retort.run.Registry.standard()
                .find(training(new Lane("Moved", 8), 50_000_000).job()))
        .map(RunFolder::id)
        .contains(1);
    Environments.register(new Lane("Moved", 8));
    assertGoesOn(1);
  }

  @Test
  void whatCannotBeComparedIsNeverTakenForTheSame() {
    Env dice = Environments.register(new Dice(new Random(1)));
    training(dice, 200).seeds(1).once();
    training(dice, 200).seeds(1).once();
    assertThat(Runs.all()).hasSize(2);
    assertThat(Runs.open(2).notes())
        .containsExactly(
            "a new run: environment 'Dice' cannot be told from others: its code reads random, a java.util.Random, whose content cannot be compared");
    assertThat(stopped(dice))
        .hasMessageEndingWith(
            ": resume(3) is refused, since environment 'Dice' cannot be told from others: its code reads random, a java.util.Random, whose content cannot be compared; resumeAnyway(3) goes on, after register(..) of it");
    assertThatThrownBy(() -> Resuming.start(3))
        .hasMessageContaining("which cannot be told: its code reads random")
        .hasMessageContaining("resumeAnyway(3)");
    Run<?> other = Resuming.startAnyway(3);
    other.stop();
    assertThatThrownBy(other::await).isInstanceOf(RunStopped.class);
    Environments.register(new Lane("Dice", 8)); // others look at all that are known
  }

  @Test
  void anyNameThatIsRegisteredCanBeResumed() {
    for (String name :
        List.of(
            "lab/Lane-v0",
            "a/b/c",
            "Lane 2.5",
            "lab",
            "lab/Lane",
            "Lane-3",
            "ünï/çödé",
            "Lane-v0",
            "x..y-1")) {
      Env env = Environments.register(new Lane(name, 8));
      for (Env each : List.of(env, env.stickyActions(0.25).frameStack(2))) {
        JsonObject text = JsonParser.parseString(EnvText.write(each).toString()).getAsJsonObject();
        assertThat(EnvText.read(text)).as(each.name()).isEqualTo(each);
      }
    }
    Environments.register(new Lane("lab/resumed", 8));
    stopped(Environments.get("lab/resumed").timeLimit(7));
    assertGoesOn(1);
  }

  @Test
  void namesThatStandForSomethingElseAreRefusedBeforeAnyWork() {
    for (String name :
        List.of(
            "",
            " ",
            "a\nb",
            "CartPole",
            "cartpole",
            "CartPole-v1",
            "Other/oneHot",
            "Other/train-3",
            "CartPole/frameStack-4",
            "Other/stickyActions-0.5",
            "CartPole/gravity-1.0..2.0")) {
      assertThatThrownBy(() -> Environments.register(new Lane(name, 8)))
          .as(name)
          .isInstanceOf(RetortException.class)
          .hasMessageStartingWith("register")
          .hasMessageEndingWith("Override name().");
    }
    assertThat(Environments.register(new CartPole().frameStack(4)).name())
        .isEqualTo("CartPole/frameStack-4");
  }

  @Test
  void aRunOfBeforeGoesOnAndSaysWhatCouldNotBeCompared() throws Exception {
    Environments.register(new Lane("Old", 8));
    Run<?> run =
        new Older(training(new Lane("Old", 8), 50_000_000), spec -> spec.remove("identity"))
            .start();
    run.stop();
    assertThatThrownBy(run::await).isInstanceOf(RunStopped.class);
    assertThat(Files.readString(Runs.open(1).path().resolve("spec.json")))
        .doesNotContain("identity");
    Run<?> on = Resuming.start(1);
    assertThat(on.notes())
        .contains(
            "environment 'Old': only spaces, horizon and parameters could be compared with the one that the run began in");
    on.stop();
    assertThatThrownBy(on::await).isInstanceOf(RunStopped.class);
  }

  @Test
  void aBoxedNumberOfAnotherTypeIsAnother() {
    Env whole = new Lane("Boxed", 8, new Pay(1, new double[] {0, 0}, 1));
    Env real = new Lane("Boxed", 8, new Pay(1, new double[] {0, 0}, 1.0));
    for (Env env : List.of(whole, real, whole, real)) {
      training(env, 200).seeds(1).once();
    }
    assertThat(Runs.all()).hasSize(2);
    stopped(whole);
    Environments.register(real);
    assertThatThrownBy(() -> Resuming.start(3))
        .hasMessageContaining("as it was, but pay.scale is 1.0 (a Double), was 1 (an Integer).");
    Environments.register(whole);
    assertGoesOn(3);
  }

  @Test
  void aRunOfBeforeTypesWereWrittenDownGoesOnAndSaysSo() {
    Environments.register(new Lane("Untyped", 8, new Pay(1, new double[] {0, 0}, 1)));
    stopped(
        new Older(
            training(Environments.get("Untyped"), 50_000_000),
            spec ->
                spec.getAsJsonObject("identity")
                    .getAsJsonObject("holds")
                    .getAsJsonObject("pay")
                    .getAsJsonObject("holds")
                    .addProperty("scale", 1)));
    Run<?> on = Resuming.start(1);
    assertThat(on.notes())
        .contains(
            "environment 'Untyped': the type of pay.scale could not be compared with that in the one that the run began in");
    on.stop();
    assertThatThrownBy(on::await).isInstanceOf(RunStopped.class);
  }

  /** A plan that describes its environment as it was done before all of it was told. */
  private record Older(Training plan, Consumer<JsonObject> forgetting) implements Plan<Policy> {
    @Override
    public dev.retort.run.Job<Policy> job() {
      JsonObject spec = plan.job().spec();
      forgetting.accept(spec.getAsJsonObject("environment"));
      return Resumption.of(plan.job(), spec);
    }

    @Override
    public String explain() {
      return plan.explain();
    }

    @Override
    public Policy once() {
      return plan.once();
    }
  }

  @Test
  void collectionsAndEvaluationsAreHeldToTheirEnvironmentsToo() {
    Environments.register(new Lane("Shared", 8));
    Policy policy = training(new Lane("Shared", 8), 200).run();
    stopped(
        new Collecting.Of(Collecting.OPTIONS.standard().with(Collecting.STEPS, 2_000_000_000))
            .from(policy)
            .on(new Lane("Shared", 8))
            .exploring(new Behavior.Uniform()));
    // Drawn actions, since what would only repeat itself is played once and done at once.
    Policy drawn = RandomPolicy.of(new Lane("Shared", 8));
    stopped(Evaluating.Of.policies(List.of(drawn)).on(new Lane("Shared", 8)).episodes(1_000_000));
    Environments.register(new Lane("Shared", 8, new Pay(5, new double[] {0, 0})));
    for (int run : List.of(2, 3)) {
      assertThat(Runs.open(run).summary().state()).isEqualTo(RunState.STOPPED);
      assertThatThrownBy(() -> Resuming.start(run))
          .hasMessageContaining("as it was, but pay.goal is 5.0, was 1.0.");
    }
  }

  @Test
  void aRunWithAPolicyThatIsCodePromisesNothing() {
    Env env = Environments.register(new Lane("Ruled", 8));
    Policy rule = Scripted.of("rule", env, (seen, action) -> action[0] = 1);
    Env sticky = env.stickyActions(0.25); // chance, so that all episodes are played
    assertThat(stopped(Evaluating.Of.policies(List.of(rule)).on(sticky).episodes(1_000_000)))
        .hasMessageEndingWith(
            ": it cannot be resumed, since policy 'rule' is code: start the plan again");
    assertThatThrownBy(() -> Resuming.start(1))
        .hasMessage(
            "resume run 1: expected a policy of numbers, got 'rule', which is code. Start the plan again.");
  }
}
