package dev.retort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.retort.collect.Behavior;
import dev.retort.data.Dataset;
import dev.retort.distill.Loss;
import dev.retort.env.Env;
import dev.retort.env.control.CartPole;
import dev.retort.env.control.Pendulum;
import dev.retort.env.grid.FourRooms;
import dev.retort.env.grid.FrozenLake;
import dev.retort.env.grid.GoalRooms;
import dev.retort.env.legs.UniLegs;
import dev.retort.env.navigation.RobotRooms;
import dev.retort.env.reach.Reacher;
import dev.retort.evaluate.Metric;
import dev.retort.loss.Mse;
import dev.retort.nn.Architecture;
import dev.retort.nn.Mlp;
import dev.retort.option.Schedule;
import dev.retort.plan.Curves;
import dev.retort.plan.Peers;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.prior.QPrior;
import dev.retort.run.Curve;
import dev.retort.space.Box;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Ppo;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Null where something is expected is told in one line, by every word of the language. */
class NullTest {
  private static final Env POLE = new CartPole();
  private static final Policy RULE = Scripted.of("rule", POLE, (seen, action) -> action[0] = 0);
  private static final Curves CURVES =
      new Curves("curves", new Curve("return"), List.of(RULE, RULE));
  private static final Map<Class<?>, Object> SAMPLES = new LinkedHashMap<>();

  static {
    SAMPLES.put(String.class, "steps");
    SAMPLES.put(Env.class, POLE);
    SAMPLES.put(Policy.class, RULE);
    SAMPLES.put(Curves.class, CURVES);
    SAMPLES.put(Peers.class, CURVES);
    SAMPLES.put(Path.class, Path.of("nowhere"));
    SAMPLES.put(Algorithm.class, new Ppo());
    SAMPLES.put(Architecture.class, Mlp.of(4));
    SAMPLES.put(Metric.class, Metric.finalReturn());
    SAMPLES.put(Behavior.class, new Behavior.Greedy());
    SAMPLES.put(Loss.class, Loss.of(new Mse()));
    SAMPLES.put(Schedule.class, Schedule.constant(1));
    SAMPLES.put(int.class, 2);
    SAMPLES.put(long.class, 2L);
    SAMPLES.put(double.class, 0.5);
    SAMPLES.put(boolean.class, true);
    SAMPLES.put(int[].class, new int[] {4});
    SAMPLES.put(Policy[].class, new Policy[] {RULE});
    SAMPLES.put(Env[].class, new Env[] {POLE});
    SAMPLES.put(String[].class, new String[] {"all"});
  }

  private static List<Object> chains() {
    return List.of(
        Retort.train(new Ppo()),
        Retort.train(new Ppo()).on(POLE),
        Retort.collect(10),
        Retort.collect(10).from(RULE),
        Retort.collect(10).from(RULE).on(POLE),
        Retort.distill(RULE),
        Retort.distill(RULE).on(POLE),
        Retort.fit(Mlp.of(4)),
        Retort.evaluate(RULE),
        Retort.compare("a", CURVES),
        Retort.render(RULE),
        Retort.reproduce("benchmarks"),
        Retort.plot(1),
        Retort.kickstart(RULE),
        Retort.jumpStart(RULE),
        Retort.residual(RULE),
        Retort.exploreGo(3),
        Retort.solve(new FrozenLake()),
        RULE,
        POLE,
        new Pendulum().varying("mass", 1, 2),
        new Pendulum().frameStack(2),
        new Pendulum().lastAction(),
        new FourRooms(),
        new GoalRooms(),
        new Reacher(),
        new Reacher().train(3).task(1),
        new RobotRooms(),
        new UniLegs(),
        new Ppo(),
        Retort.dqn(),
        Retort.td3(),
        Retort.sac(),
        Retort.es(),
        Retort.qLearning(),
        Retort.delayedQ(),
        Retort.rMax());
  }

  @Test
  void everyWordThatBeginsSomethingTellsWhatWasExpected() {
    List<String> wrong = new ArrayList<>();
    for (Method word : Retort.class.getDeclaredMethods()) {
      if (Modifier.isPublic(word.getModifiers())) {
        wrong.addAll(failures(word, null));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyWordThatFollowsTellsWhatWasExpected() {
    List<String> wrong = new ArrayList<>();
    for (Object chain : chains()) {
      for (Method word : chain.getClass().getMethods()) {
        boolean told =
            !word.isBridge()
                && !Modifier.isStatic(word.getModifiers())
                && Arrays.stream(word.getParameterTypes()).allMatch(NullTest::isGivenByPeople)
                && word.getDeclaringClass() != Object.class
                && !List.of("equals", "require", "budget", "around", "cautions")
                    .contains(word.getName())
                && word.getDeclaringClass().getName().startsWith("dev.retort.");
        if (told) {
          wrong.addAll(failures(word, chain));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** States, streams and the like are for those who write algorithms. */
  private static boolean isGivenByPeople(Class<?> type) {
    return SAMPLES.containsKey(type)
        || List.of(Dataset.class, Dataset[].class, QPrior.class, Behavior.class).contains(type)
        || type.isEnum();
  }

  private static List<String> failures(Method word, Object chain) {
    List<String> wrong = new ArrayList<>();
    Class<?>[] types = word.getParameterTypes();
    for (int at = 0; at < types.length; at++) {
      if (types[at].isPrimitive()) {
        continue;
      }
      failure(word, chain, given(types, at, null)).ifPresent(wrong::add);
      if (types[at].isArray() && !types[at].getComponentType().isPrimitive()) {
        Object holed = Array.newInstance(types[at].getComponentType(), 1);
        failure(word, chain, given(types, at, holed)).ifPresent(wrong::add);
      }
    }
    return wrong;
  }

  private static Object[] given(Class<?>[] types, int at, Object value) {
    Object[] given = Arrays.stream(types).map(SAMPLES::get).toArray();
    given[at] = value;
    return given;
  }

  private static Optional<String> failure(Method word, Object chain, Object[] given) {
    word.setAccessible(true);
    Throwable thrown = catchThrowable(() -> word.invoke(chain, given));
    Throwable cause = thrown instanceof InvocationTargetException ? thrown.getCause() : thrown;
    boolean told =
        cause instanceof RetortException
            && cause.getMessage().contains("null")
            && !cause.getMessage().contains("\n");
    return told
        ? Optional.empty()
        : Optional.of(
            (chain == null ? "" : chain.getClass().getSimpleName() + ".")
                + word.getName()
                + Arrays.toString(word.getParameterTypes())
                    .replaceAll("class |interface |[\\w.]+\\.", "")
                + ": "
                + cause);
  }

  @Test
  void aMessageSaysWhereItWasExpected() {
    assertThat(catchThrowable(() -> Retort.env(null)))
        .hasMessage("env: expected the name of an environment, got null. Did its cell fail?");
    assertThat(Box.of(0, 1, 1)).isNotNull();
  }
}
