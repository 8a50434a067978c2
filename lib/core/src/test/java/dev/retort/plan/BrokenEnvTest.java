package dev.retort.plan;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.demonstrations;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.dqn;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.exploreGo;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.qLearning;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.render;
import static dev.retort.Retort.sac;
import static dev.retort.Retort.td3;
import static dev.retort.Retort.totalVariation;
import static dev.retort.Retort.train;
import static dev.retort.Retort.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.env.Env;
import dev.retort.env.Outcome;
import dev.retort.nn.Mlp;
import dev.retort.plan.Faulty.Fault;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.Job;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import dev.retort.teach.Algorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an environment does wrong is told by every verb in the same words, where it was met. */
@Tag("once")
class BrokenEnvTest {
  private enum Verb {
    PPO(env -> run(train(ppo().steps(256).environments(4).rollout(16).batchSize(32)).on(env))),
    DQN(env -> run(train(dqn().steps(300).warmUp(100)).on(env))),
    Q_LEARNING(env -> run(train(qLearning().steps(300)).on(env))),
    ES(env -> run(train(Retort.es().steps(300).population(4)).on(env))),
    SAC(env -> run(train(sac().hidden(8).steps(130).warmUp(100)).on(continuous(env)))),
    TD3(env -> run(train(td3().hidden(8).steps(130).warmUp(100)).on(continuous(env)))),
    EVALUATE(env -> run(evaluate(still(env)).on(env).episodes(3))),
    COLLECT(env -> run(collect(100).from(still(env)).on(env))),
    EXPLORE(env -> run(collect(100).from(still(env)).on(env).exploring(exploreGo(4)))),
    DAGGER(env -> run(distill(still(env)).on(env).rounds(1).stepsEach(100).into(mlp(2)).epochs(1))),
    DEMONSTRATIONS(env -> demonstrations(still(env), env)),
    RENDER(env -> render(still(env)).on(env).steps(20).run()),
    Q_PRIOR(env -> run(qPrior(valuing(env), valuing(env)).on(env).steps(100).discount(0.9))),
    TOTAL_VARIATION(env -> totalVariation(still(env), env));

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without anything of its own
    private final Consumer<Env> does;

    Verb(Consumer<Env> does) {
      this.does = does;
    }
  }

  private static <R> R run(Plan<R> plan) {
    Job<R> job = plan.job();
    return job.execute(Session.unwatched(job.columns()));
  }

  private static Env continuous(Env env) {
    return env instanceof Faulty faulty ? faulty.acting(Box.of(-1, 1, 1)) : env;
  }

  /** Every action is worth nothing. */
  private static Policy valuing(Env env) {
    ActionValues values = new ActionValues((Discrete) env.actions());
    float[] zeros = new float[(env.observations().size() + 1) * values.size()];
    return new NetworkPolicy("valuing", env.observations(), values, Mlp.of(), zeros);
  }

  private static Policy still(Env env) {
    return Scripted.of("still", env, (seen, action) -> action[0] = 0);
  }

  static Stream<Arguments> faults() {
    List<Arguments> faults = new ArrayList<>();
    for (Verb verb : Verb.values()) {
      for (Fault fault : Fault.values()) {
        for (int at : new int[] {0, 5, Faulty.HORIZON}) {
          boolean possible =
              switch (fault) {
                case NOTHING -> at == 0;
                case NAN_REWARD, HUGE_REWARD, STEP_OVERFLOWS, TERMINATED_THROWS -> at > 0;
                case RESET_THROWS, OVER_AT_ONCE -> at == 0;
                case DRAW_THROWS -> verb == Verb.RENDER;
                default -> true;
              };
          if (possible && (at == 0 || verb != Verb.TOTAL_VARIATION)) {
            faults.add(Arguments.of(verb, fault, at));
          }
        }
      }
    }
    return faults.stream();
  }

  private static String expected(Fault fault) {
    return switch (fault) {
      case NOTHING -> "";
      case NAN_OBSERVATION -> "expected finite numbers in 'observation', got NaN at index 1 (";
      case INFINITE_OBSERVATION ->
          "expected finite numbers in 'observation', got -Infinity at index 1 (";
      case NO_SUCH_CHOICE -> "expected 'observation' to be one of 9 choices, got 9.0 at index 0 (";
      case NAN_REWARD -> "expected finite numbers in 'reward', got NaN at index 0 (";
      case HUGE_REWARD ->
          "expected finite numbers in 'reward', got 1.0E300, which no float holds, at index 0 (";
      case RESET_THROWS ->
          "expected reset(..) to return, got IllegalStateException: no place to begin (";
      case STEP_OVERFLOWS -> "expected step(..) to return, got StackOverflowError (";
      case OBSERVE_THROWS -> "expected observe(..) to return, got ArrayIndexOutOfBoundsException";
      case TERMINATED_THROWS ->
          "expected terminated(..) to return, got AssertionError: over and not over (";
      case OVER_AT_ONCE -> "expected 'terminated' to be false as an episode begins, got true (";
      case DRAW_THROWS -> "expected draw(..) to return, got UnsupportedOperationException (";
    };
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyVerbNamesQuantityEpisodeAndStep(Verb verb, Fault fault, int at) {
    Throwable told = catchThrowable(() -> verb.does.accept(Faulty.of(fault, at)));
    if (fault == Fault.NOTHING) {
      assertThat(told).isNull();
      return;
    }
    String episode = "episode 0";
    assertThat(told)
        .isInstanceOf(RetortException.class)
        .hasMessageContaining(": " + expected(fault))
        .hasMessageContaining("Faulty")
        .hasMessageContaining(episode)
        .hasMessageContaining("step " + at)
        .message()
        .doesNotContain("\n");
    if (fault == Fault.OBSERVE_THROWS) {
      assertThat(told).hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
    }
  }

  @Test
  void trainingNamesTheSeedAndItsOwnStepToo() {
    assertThatThrownBy(
            () ->
                run(
                    train(ppo().steps(256).environments(4).rollout(16).batchSize(32))
                        .on(Faulty.of(Fault.NAN_REWARD, 5))
                        .seed(7)))
        .hasMessage(
            "step 0: Faulty: expected finite numbers in 'reward', got NaN at index 0 (seed 7, copy 0, episode 0, step 5). The environment gave it: EnvContract.check(env, 0) shows where.");
  }

  @Test
  void anEvaluationNamesTheEpisodeThatItsTableShows() {
    assertThatThrownBy(() -> run(evaluate(still(LATE)).on(LATE).episodes(250)))
        .hasMessageContaining("got NaN at index 0 (episode 117, step 1)");
  }

  /** Shows what is none in one episode of an evaluation at seed 0 alone: that of its stream. */
  private static final Env LATE = new Late();

  private record Late() implements Env {
    @Override
    public Space observations() {
      return Box.of(0, 1, 1);
    }

    @Override
    public Space actions() {
      return new Discrete(2);
    }

    @Override
    public int horizon() {
      return 2;
    }

    @Override
    public int stateSize() {
      return 2;
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      state[0] = random.state() == RandomStream.of(0, "evaluation", 117).state() ? 1 : 0;
      random.nextLong(); // so that no episode tells what the others are
      state[1] = 0;
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      state[1]++;
      return 1;
    }

    @Override
    public boolean terminated(double[] state) {
      return false;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = state[0] == 1 && state[1] == 1 ? Float.NaN : 0;
    }
  }

  @Test
  void aSolutionInBinsNamesTheCell() {
    Env broken = Faulty.of(Fault.NAN_REWARD, 1).task(0);
    assertThatThrownBy(() -> Retort.solve(broken).bins(3).low(-2).high(2).run())
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("solve: expected an environment whose observation is its state");
    Env throwing = Faulty.of(Fault.RESET_THROWS, 0).task(0);
    assertThatThrownBy(() -> Retort.solve(throwing).bins(3).low(-2).high(2).run())
        .hasMessageContaining("to return, got IllegalStateException: no place to begin (cell 0).");
  }

  /** One number, which a model tells too; over wherever it is. */
  private record Over() implements Env {
    @Override
    public Space observations() {
      return Box.of(0, 9, 1);
    }

    @Override
    public Space actions() {
      return new Discrete(2);
    }

    @Override
    public int horizon() {
      return 3;
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
    public List<Outcome> beginnings(int context) {
      return List.of(new Outcome(1, new double[1], 0));
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      return 1;
    }

    @Override
    public boolean terminated(double[] state) {
      return true;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = (float) state[0];
    }
  }

  @Test
  void aSolutionRefusesATaskThatIsOverAsItBegins() {
    String told =
        "Over: expected 'terminated' to be false as an episode begins, got true (%s 0, step 0). Let reset(..) write a whole new state, in which a step can be taken.";
    assertThatThrownBy(() -> Retort.solve(new Over()).run()).hasMessage(told, "context");
    assertThatThrownBy(() -> Retort.solve(new Over()).bins(3).low(0).high(9).run())
        .hasMessage(told, "episode");
  }

  @Test
  void anEndlessHorizonIsOne() {
    Env endless = Faulty.of(Fault.NOTHING, 0).timeLimit(Integer.MAX_VALUE);
    assertThat(run(collect(100).from(still(endless)).on(endless)).size()).isEqualTo(100);
  }

  static Stream<Arguments> unbounded() {
    float infinite = Float.POSITIVE_INFINITY;
    return Stream.of(
        Arguments.of(Box.of(-infinite, infinite, 2), "number 0 in [-Infinity, Infinity]"),
        Arguments.of(Box.of(0, infinite, 2), "number 0 in [0.0, Infinity]"),
        Arguments.of(
            new Box(List.of(-1f, -infinite), List.of(1f, 1f), List.of(2)),
            "number 1 in [-Infinity, 1.0]"),
        Arguments.of(
            Box.of(-Float.MAX_VALUE, Float.MAX_VALUE, 2),
            "number 0 in [-3.4028235E38, 3.4028235E38]"));
  }

  @ParameterizedTest
  @MethodSource("unbounded")
  void whoNeedsBoundsRefusesActionsWithoutAtOnceAndInTheSameWords(Box actions, String number) {
    Env env = Faulty.of(Fault.NOTHING, 0).acting(actions);
    UnaryOperator<String> told =
        purpose ->
            "expected bounded actions to %s, got 2 numbers with number %s (Faulty). Bound them, as in Box.of(-1, 1, 2), or train ppo(), which needs no bounds."
                .formatted(purpose, number.substring("number ".length()));
    for (Algorithm algorithm : List.of(sac(), td3(), Retort.es())) {
      assertThatThrownBy(() -> train(algorithm).on(env))
          .isInstanceOf(RetortException.class)
          .hasMessageEndingWith(": " + told.apply("scale to"));
    }
    assertThatThrownBy(() -> train(ppo().exploreGo(5)).on(env))
        .hasMessage("ppo: " + told.apply("explore uniformly in"));
    for (var behavior : List.of(uniform(), Retort.epsilon(0.1), exploreGo(5))) {
      assertThatThrownBy(() -> collect(10).from(still(env)).on(env).exploring(behavior))
          .hasMessage("collect: " + told.apply("draw from uniformly"));
    }
    Policy learned = run(train(ppo().steps(128).environments(2).rollout(32).batchSize(32)).on(env));
    assertThat(run(evaluate(learned).on(env).episodes(2)).rows()).hasSize(1);
    assertThatThrownBy(() -> Retort.distill(run(collect(64).from(learned).on(env))).job())
        .hasMessageContaining("distill: expected bounded actions to scale to, got 2 numbers with");
  }

  @Test
  void anActionThatCannotBeChosenIsLearnedWithLikeAnyOther() {
    Env env =
        Faulty.of(Fault.NOTHING, 0).acting(new Box(List.of(1f, -1f), List.of(1f, 1f), List.of(2)));
    for (Algorithm algorithm :
        List.of(
            sac().hidden(8).steps(130).warmUp(100),
            td3().hidden(8).steps(130).warmUp(100),
            Retort.es().steps(200).population(4),
            ppo().steps(128).environments(2).rollout(32).batchSize(32))) {
      Policy learned = run(train(algorithm).on(env));
      assertThat(run(evaluate(learned).on(env).episodes(2)).rows().get(0).mean().value())
          .isEqualTo(8);
    }
  }

  @Test
  void boundsThatAreNoneAreRefused() {
    float nan = Float.NaN;
    for (float[] bounds : new float[][] {{1, 0}, {nan, 1}, {0, nan}, {1 / 0f, 1 / 0f}}) {
      assertThatThrownBy(() -> Box.of(bounds[0], bounds[1], 1))
          .isInstanceOf(RetortException.class)
          .hasMessage(
              "box: expected a low bound and a high one that is no less, got %s and %s (number 0).",
              bounds[0], bounds[1]);
    }
    for (int[] shape :
        new int[][] {{}, {0}, {-3}, {-2, -2}, {Integer.MAX_VALUE}, {65_536, 65_536}}) {
      assertThatThrownBy(() -> Box.of(0, 1, shape))
          .isInstanceOf(RetortException.class)
          .hasMessageStartingWith("box: expected a shape of 1 to 16777216 numbers, got [");
    }
  }

  @Test
  void spacesThatReadAlikeAreToldApartByTheirFirstDifference() {
    Env narrow = Faulty.of(Fault.NOTHING, 0).acting(Box.of(-1, 1, 2));
    Env wide = Faulty.of(Fault.NOTHING, 0).acting(Box.of(-1, 2, 2));
    assertThatThrownBy(() -> collect(10).from(still(wide)).on(narrow))
        .hasMessage(
            "collect: expected a teacher from 2 numbers to 2 numbers (actions of 2 numbers with number 0 in [-1.0, 1.0]) for Faulty, got 'still' from 2 numbers to 2 numbers (actions of 2 numbers with number 0 in [-1.0, 2.0]).");
    var seen = Group.of("a", Box.of(0, 1, 2)).and("b", Box.of(0, 1, 2));
    var other = Group.of("a", Box.of(0, 1, 2)).and("b", Box.of(0, 3, 2));
    assertThat(dev.retort.space.Difference.of(seen, other))
        .hasValueSatisfying(
            differs -> {
              assertThat(differs.expected())
                  .isEqualTo("part 'b' of 2 numbers with number 0 in [0.0, 1.0]");
              assertThat(differs.got())
                  .isEqualTo("part 'b' of 2 numbers with number 0 in [0.0, 3.0]");
            });
  }
}
