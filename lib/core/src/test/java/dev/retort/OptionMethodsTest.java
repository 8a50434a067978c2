package dev.retort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.retort.data.View;
import dev.retort.distill.Distillation;
import dev.retort.distill.Loss;
import dev.retort.distill.Regression;
import dev.retort.guidance.DqInit;
import dev.retort.guidance.JumpStart;
import dev.retort.guidance.Kickstart;
import dev.retort.guidance.ResidualGuide;
import dev.retort.guidance.WarmStart;
import dev.retort.loss.Distance;
import dev.retort.loss.Mse;
import dev.retort.nn.Architecture;
import dev.retort.nn.Mlp;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.paper.Reproduction;
import dev.retort.plan.Collecting;
import dev.retort.plan.Distilling;
import dev.retort.plan.Evaluating;
import dev.retort.plan.Extracting;
import dev.retort.plan.Fitting;
import dev.retort.plan.Plotting;
import dev.retort.plan.Rendering;
import dev.retort.plan.Solving;
import dev.retort.prior.Extraction;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Algorithms;
import dev.retort.teach.Dqn;
import dev.retort.teach.Iter;
import dev.retort.teach.OnPolicy;
import dev.retort.teach.Ppo;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An option's name is that of its methods: one that sets it, and one that reads it. */
class OptionMethodsTest {
  /** Whose methods set options, and what else has a method that gives the same type. */
  private record Owner(Class<?> type, Schema schema, Set<String> others) {
    @Override
    public String toString() {
      return type.getSimpleName();
    }
  }

  private static Owner owner(Class<?> type, Schema schema, String... others) {
    return new Owner(type, schema, Set.of(others));
  }

  private static final Set<String> OF_ALL =
      Set.of("with", "withInputs", "normalized", "hidden", "guidedBy", "from", "agent");

  static Stream<Owner> algorithms() {
    return Algorithms.supplied().stream()
        .map(each -> owner(each.getClass(), each.settings().schema(), "initializedBy"));
  }

  static Stream<Owner> verbs() {
    return Stream.of(
        owner(Distillation.class, Distillation.OPTIONS),
        owner(Distilling.class, Distillation.OPTIONS, "seed"),
        owner(Regression.class, Regression.OPTIONS, "seeing"),
        owner(Fitting.class, Regression.OPTIONS, "seed", "seeing"),
        owner(Collecting.class, Collecting.OPTIONS),
        owner(Evaluating.class, Evaluating.OPTIONS, "and"),
        owner(
            Extracting.class,
            Extraction.OPTIONS,
            "initializedBy",
            "quantiles",
            "tiles",
            "clusters",
            "set"),
        owner(Plotting.class, Plotting.OPTIONS),
        owner(Rendering.class, Rendering.OPTIONS),
        owner(Reproduction.class, Reproduction.OPTIONS, "set"),
        owner(Solving.class, Solving.OPTIONS),
        owner(
            DqInit.class,
            DqInit.OPTIONS,
            "knownAfter",
            "actingOnly",
            "fadedResidual",
            "residualInTurns",
            "distilled"),
        owner(JumpStart.class, JumpStart.OPTIONS),
        owner(WarmStart.class, WarmStart.OPTIONS),
        owner(Kickstart.class, Kickstart.OPTIONS),
        owner(ResidualGuide.class, ResidualGuide.OPTIONS));
  }

  static Stream<Owner> owners() {
    return Stream.concat(algorithms(), verbs());
  }

  /** Those whose options are read by methods too. */
  static Stream<Owner> readers() {
    return Stream.concat(
            algorithms(),
            verbs()
                .filter(
                    each ->
                        each.schema
                            .owner()
                            .matches("distill|fit|dqInit|jumpStart|warmStart|kickstart|residual")))
        .filter(each -> each.type != Distilling.class && each.type != Fitting.class);
  }

  /** Options that are set on the algorithm itself; those of ITER's agent are set on that. */
  private static List<Option<?>> own(Owner owner) {
    return owner.schema.options().stream()
        .filter(option -> owner.type != Iter.class || isIters(option.name()))
        .toList();
  }

  private static boolean isIters(String option) {
    return Ppo.OPTIONS.find(option).isEmpty() || isShared(option);
  }

  private static boolean isShared(String option) {
    return OnPolicy.ROLLOUTS.find(option).isPresent();
  }

  private static String camel(String option) {
    String[] words = option.split("-", -1);
    return words[0]
        + Arrays.stream(words)
            .skip(1)
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
  }

  /** Methods that take something and give an object of the same type. */
  private static Stream<Method> withers(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getParameterCount() > 0)
        .filter(
            method ->
                Algorithm.class.isAssignableFrom(type)
                    ? Algorithm.class.isAssignableFrom(method.getReturnType())
                    : method.getReturnType() == type);
  }

  @ParameterizedTest
  @MethodSource("owners")
  void everyOptionIsSetByAMethodOfItsNameAndNothingElseIs(Owner owner) {
    Set<String> options = new TreeSet<>();
    own(owner).forEach(option -> options.add(camel(option.name())));
    Set<String> methods =
        withers(owner.type).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    if (Algorithm.class.isAssignableFrom(owner.type)) {
      methods.remove("set");
    }
    methods.removeAll(owner.others);
    methods.removeAll(OF_ALL);
    assertThat(methods).isEqualTo(options);
  }

  @ParameterizedTest
  @MethodSource("readers")
  void everyOptionIsReadByAMethodOfItsNameThatGivesItsType(Owner owner) throws Exception {
    for (Option<?> option : own(owner)) {
      Class<?> given = reader(owner.type, option).getReturnType();
      assertThat(boxed(given)).as(option.name()).isAssignableFrom(option.standard().getClass());
    }
  }

  /** {@code gamma()}, or {@code isDueling()} where the bare word switches on. */
  private static Method reader(Class<?> type, Option<?> option) throws NoSuchMethodException {
    String name = camel(option.name());
    Method bare = type.getMethod(name);
    return bare.getReturnType() == type
        ? type.getMethod("is" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
        : bare;
  }

  private static Class<?> boxed(Class<?> type) {
    return Array.get(Array.newInstance(type, 1), 0) == null
        ? type
        : Array.get(Array.newInstance(type, 1), 0).getClass();
  }

  /** What a method of an option takes for another value than its default. */
  private static Object other(Option<?> option) {
    Object standard = option.standard();
    if (standard instanceof Long number) {
      return number + 3;
    } else if (standard instanceof Integer number) {
      return number + 3;
    } else if (standard instanceof Double number) {
      return number == 0.25 ? 0.5 : 0.25;
    } else if (standard instanceof Boolean on) {
      return !on;
    } else if (standard instanceof Schedule) {
      return new Schedule(0.75, 0.25);
    } else if (standard instanceof View) {
      return View.parts("goal");
    } else if (standard instanceof Architecture) {
      return Mlp.of(3, 5);
    } else if (standard instanceof Distance) {
      return new Mse();
    } else if (standard instanceof Loss) {
      return Loss.of(new Mse());
    } else if (standard instanceof String) {
      return "goal";
    } else if (standard instanceof Enum<?> constant) {
      return Arrays.stream(constant.getDeclaringClass().getEnumConstants())
          .filter(each -> each != constant)
          .findFirst()
          .orElseThrow();
    }
    return option.name().equals("bins") ? List.of(3) : List.of(0.5);
  }

  private static Object argument(Class<?> parameter, Object value) {
    if (parameter == int[].class) {
      return new int[] {3};
    }
    if (parameter == String[].class) {
      return new String[] {"goal"};
    }
    return parameter == double[].class ? new double[] {0.5} : value;
  }

  /** The methods of an algorithm, called: each changes its own option, and the reader sees it. */
  @ParameterizedTest
  @MethodSource("algorithms")
  void aMethodSetsItsOwnOptionAloneAndItsTwinReadsIt(Owner owner) throws Exception {
    Algorithm plain = Algorithm.of(owner.type.getSimpleName());
    for (Option<?> option : own(owner)) {
      String name = camel(option.name());
      Object value = other(option);
      List<Method> methods =
          withers(owner.type)
              .filter(method -> method.getName().equals(name) && !method.isBridge())
              .filter(method -> method.getReturnType() == owner.type || isInherited(method))
              .toList();
      assertThat(methods).as(name).isNotEmpty();
      for (Method method : methods) {
        Class<?> parameter = method.getParameterTypes()[0];
        boolean constant = parameter == double.class && value instanceof Schedule;
        Object wanted = constant ? Schedule.constant(0.75) : value;
        Object argument = constant ? (Object) 0.75 : argument(parameter, value);
        Algorithm changed = (Algorithm) method.invoke(plain, argument);
        assertThat(changed.settings().changes().keySet()).containsExactly(option.name());
        Object got = changed.settings().get(option);
        assertThat(got).as(name).isEqualTo(wanted);
        assertThat(reader(owner.type, option).invoke(changed)).as(name).isEqualTo(wanted);
      }
    }
  }

  private static boolean isInherited(Method method) {
    return method.getDeclaringClass().isInterface()
        && method.getDeclaringClass() != Algorithm.class;
  }

  @Test
  void anOptionOfOneAlgorithmIsNoneOfAnother() {
    Option<?> clip = Ppo.OPTIONS.option("clip");
    assertThatThrownBy(() -> new Dqn().get(clip))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith(
            "dqn: expected one of its own options, got 'clip' of learners from rollouts. Its own are batch-size, bonus-until, conservative, constrained, count-bonus, count-cells,");
    Option<?> gamma = Ppo.OPTIONS.option("gamma");
    assertThatThrownBy(() -> new Dqn().get(gamma))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith(
            "dqn: expected one of its own options, got 'gamma' of learners from rollouts.");
    Option<?> epochs = Ppo.OPTIONS.option("epochs");
    assertThatThrownBy(() -> new Dqn().get(epochs))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("dqn: expected one of its own options, got 'epochs' of ppo.");
  }

  @Test
  void namesOfBeforeAreStillUnderstood() {
    Map<String, String> renamed = new LinkedHashMap<>();
    Stream.concat(algorithms(), verbs())
        .flatMap(each -> each.schema.options().stream())
        .forEach(option -> option.formerly().forEach(old -> renamed.put(old, option.name())));
    assertThat(renamed)
        .containsOnly(
            Map.entry("batch", "batch-size"),
            Map.entry("normalise-observations", "normalize-observations"),
            Map.entry("normalise-rewards", "normalize-rewards"),
            Map.entry("prioritised", "prioritized"),
            Map.entry("loss", "minimizing"),
            Map.entry("clusters", "centers"),
            Map.entry("cut", "discretization"),
            Map.entry("torso", "trunk"));
    Settings read =
        Settings.of(Dqn.OPTIONS, old(new Dqn().batchSize(32).prioritized(true).settings()));
    assertThat(new Dqn(read, List.of())).isEqualTo(new Dqn().batchSize(32).prioritized(true));
  }

  private static JsonObject old(Settings settings) {
    JsonObject json = settings.json();
    json.add("batch", json.remove("batch-size"));
    json.add("prioritised", json.remove("prioritized"));
    return json;
  }
}
