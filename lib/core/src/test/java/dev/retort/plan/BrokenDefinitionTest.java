package dev.retort.plan;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.demonstrations;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.render;
import static dev.retort.Retort.totalVariation;
import static dev.retort.Retort.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.EnvContract;
import dev.retort.plan.Faulty.Fault;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an environment says of itself that cannot be is refused by every verb. */
class BrokenDefinitionTest {
  /** What is wrong with a definition. */
  private enum Lie {
    NO_NAME("name() to be a text, got null"),
    THROWN_NAME("name() to return, got NullPointerException"),
    NO_OBSERVATIONS("observations() to be a space, got null"),
    NO_ACTIONS("actions() to be a space, got null"),
    THROWN_ACTIONS("actions() to return, got RetortStackOverflow"),
    OTHER_BOUNDS("observations() to be 1 number with number 0 in [0.0, "),
    NO_HORIZON("horizon() to be at least 1, got 0"),
    NEGATIVE_HORIZON("horizon() to be at least 1, got -1"),
    NO_STATE("stateSize() to be 1 to 16777216, got -2"),
    HUGE_STATE("stateSize() to be 1 to 16777216, got 2147483647"),
    NO_CONTEXTS("contexts() to be at least 1, got 0");

    private final String told;

    Lie(String told) {
      this.told = told;
    }
  }

  private record Liar(Lie lie, AtomicInteger asked) implements Env {
    @Override
    public String name() {
      if (lie == Lie.THROWN_NAME) {
        throw new NullPointerException();
      }
      return lie == Lie.NO_NAME ? null : "Liar";
    }

    @Override
    public Space observations() {
      float high = lie == Lie.OTHER_BOUNDS ? asked.incrementAndGet() : 1;
      return lie == Lie.NO_OBSERVATIONS ? null : Box.of(0, high, 1);
    }

    @Override
    public Space actions() {
      if (lie == Lie.THROWN_ACTIONS) {
        throw new StackOverflowError();
      }
      return lie == Lie.NO_ACTIONS ? null : new Discrete(2);
    }

    @Override
    public int horizon() {
      return lie == Lie.NO_HORIZON ? 0 : lie == Lie.NEGATIVE_HORIZON ? -1 : 3;
    }

    @Override
    public int stateSize() {
      return lie == Lie.NO_STATE ? -2 : lie == Lie.HUGE_STATE ? Integer.MAX_VALUE : 1;
    }

    @Override
    public int contexts() {
      return lie == Lie.NO_CONTEXTS ? 0 : 2;
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      state[0] = 0;
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      return 1;
    }

    @Override
    public boolean terminated(double[] state) {
      return false;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = 0;
    }
  }

  @ParameterizedTest
  @EnumSource(Lie.class)
  void everyVerbRefusesADefinitionThatIsNone(Lie lie) {
    Env liar = new Liar(lie, new AtomicInteger());
    Policy still =
        new Scripted("still", Box.of(0, 1, 1), new Discrete(2), (seen, action) -> action[0] = 0);
    List<Consumer<Env>> verbs =
        List.of(
            env -> train(ppo()).on(env),
            env -> evaluate(still).on(env),
            env -> evaluate(still).on(Faulty.of(Fault.NOTHING, 0), env),
            env -> collect(10).from(still).on(env),
            env -> render(still).on(env),
            env -> demonstrations(still, env),
            env -> qPrior(still, still).on(env),
            env -> totalVariation(still, env),
            Retort::solve);
    for (Consumer<Env> verb : verbs) {
      assertThatThrownBy(() -> verb.accept(liar))
          .isInstanceOf(RetortException.class)
          .hasMessageContaining(
              "Liar: expected " + lie.told.replace("RetortStackOverflow", "StackOverflowError"))
          .message()
          .doesNotContain("\n");
    }
    EnvContract checked = EnvContract.check(liar, 0);
    assertThat(checked.ok()).as(checked.toString()).isFalse();
  }
}
