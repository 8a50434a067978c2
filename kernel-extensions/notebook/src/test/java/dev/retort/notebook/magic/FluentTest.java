package dev.retort.notebook.magic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.dagger.Dagger;
import dev.retort.distill.Distillation;
import dev.retort.notebook.Desk;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.plan.Collecting;
import dev.retort.plan.Evaluating;
import dev.retort.plan.Plotting;
import dev.retort.plan.Solving;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Algorithms;
import dev.retort.teach.Iter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every option of every schema has a method in the language, and the same value there. */
class FluentTest {
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("into", "mlp:16,16"),
          Map.entry("network", "cnn:4:32"),
          Map.entry("minimizing", "probability-mse"),
          Map.entry("exploring", "epsilon:0.25"),
          Map.entry("metric", "return \"of\" it"),
          Map.entry("order", "shared"),
          Map.entry("centered", "on"),
          Map.entry("seeing", "window:2 numbers:0,1"),
          Map.entry("critic-seeing", "numbers:0,1"),
          Map.entry("masked-by", "present"),
          Map.entry("count-seeing", "numbers:0,1"),
          Map.entry("weighing", "1.0,2.0"),
          Map.entry("gated-by", "position,goal"),
          Map.entry("bootstrap-time-outs", "off"),
          Map.entry("trunk", "shared"),
          Map.entry("target", "single"),
          Map.entry("surrogate", "kl"),
          Map.entry("normalize-observations", "on"),
          Map.entry("normalize-rewards", "on"),
          Map.entry("task-reward", "off"),
          Map.entry("dueling", "on"),
          Map.entry("prioritized", "on"),
          Map.entry("keep", "best"),
          Map.entry("stochastic", "on"),
          Map.entry("tokens-apart", "on"),
          Map.entry("falling", "on"),
          Map.entry("agents", "shared"),
          Map.entry("own-returns", "on"),
          Map.entry("told", "target"),
          Map.entry("distance", "kl:0.5"),
          Map.entry("mapping", "one"),
          Map.entry("bins", "6,12"),
          Map.entry("low", "-1,-0.5"),
          Map.entry("high", "2"));

  private static Settings changed(Schema schema) {
    Settings settings = schema.standard();
    for (Option<?> option : schema.options()) {
      settings = settings.parse(option.name(), other(option));
      assertThat(settings.differences()).anyMatch(d -> d.startsWith(option.name() + " "));
    }
    return settings;
  }

  private static String other(Option<?> option) {
    if (OTHERS.containsKey(option.name())) {
      return OTHERS.get(option.name());
    }
    if (option.standard() instanceof Long || option.standard() instanceof Integer) {
      return String.valueOf(((Number) option.standard()).longValue() + 12_345);
    }
    return option.standard() instanceof Double ? "0.75" : "0.25..0.125";
  }

  @Test
  void everyOptionOfAnAlgorithmIsSaidInJavaAsInWords() {
    try (Desk desk = Desk.open()) {
      for (Algorithm algorithm : Algorithms.supplied()) {
        if (algorithm instanceof Iter) {
          continue; // its agent has words of its own
        }
        Settings settings = changed(algorithm.settings().schema());
        String java = settings.schema().owner() + "()" + Fluent.calls(settings);
        Algorithm said = (Algorithm) desk.evaluate(java);
        assertThat(said.settings()).isEqualTo(settings);
      }
    }
  }

  @Test
  void everyOptionOfAPlanHasAMethod() {
    Map<Class<?>, Schema> plans =
        Map.of(
            dev.retort.plan.Distilling.class, Distillation.OPTIONS,
            dev.retort.plan.Aggregating.class, Dagger.OPTIONS,
            Collecting.class, Collecting.OPTIONS,
            Evaluating.class, Evaluating.OPTIONS,
            Plotting.class, Plotting.OPTIONS,
            Solving.class, Solving.OPTIONS);
    plans.forEach(
        (plan, schema) -> {
          List<String> methods = new ArrayList<>();
          for (java.lang.reflect.Method method : plan.getMethods()) {
            methods.add(method.getName());
          }
          for (String call : Fluent.calls(changed(schema)).split("(?<=\\))(?=\\.[a-z]+\\()", -1)) {
            String name = call.substring(1, call.indexOf('('));
            assertThat(methods).contains(name);
          }
        });
  }

  @Test
  void networksAreWrittenAsTheLanguageBuildsThem() {
    for (String network :
        List.of(
            "mlp:4",
            "mlp:linear",
            "mlp:4,5:relu",
            "mlp:4:relu:x0.1",
            "mlp:4:x0.1:fan-out",
            "cnn:8",
            "cnn:8:32,16",
            "image:4,8:16:0.5",
            "image:4:none",
            "gru:8",
            "tokens:8:1:2",
            "tokens:8:1:2:true",
            "masked-mlp:8,4:relu",
            "urma:8,4:2",
            "transformer:8:1:2",
            "transformer:8:1:2:3")) {
      Settings settings = Algorithm.of("dqn").set("network", network).settings();
      try (Desk desk = Desk.open()) {
        Algorithm said = (Algorithm) desk.evaluate("dqn()" + Fluent.calls(settings));
        assertThat(said.settings()).isEqualTo(settings);
      }
    }
    assertThat(Fluent.calls(Algorithm.of("ppo").set("network", "mlp 4 5").settings()))
        .isEqualTo(".network(mlp(4, 5))");
  }

  @Test
  void valuesOfEveryTypeAreWrittenAsTheLanguageWritesThem() {
    assertThat(Fluent.whole(9_999)).isEqualTo("9999");
    assertThat(Fluent.whole(1_000_000)).isEqualTo("1_000_000");
    assertThat(Fluent.whole(3_000_000_000L)).isEqualTo("3_000_000_000L");
    assertThat(Fluent.quoted("a\"b\\c\n")).isEqualTo("\"a\\\"b\\\\c\\u000a\"");
    assertThat(Fluent.calls(Algorithm.of("ppo").set("learning-rate", "0.002..0").settings()))
        .isEqualTo(".learningRate(Schedule.linear(0.002))");
    Settings students =
        Distillation.OPTIONS
            .standard()
            .parse("seeing", "parts:position,goal")
            .parse("minimizing", "mse + 0.5 consistent rotations:4");
    assertThat(Fluent.calls(students))
        .contains(".seeing(View.parts(\"position\", \"goal\"))")
        .contains(".minimizing(Loss.of(mse()).and(0.5, consistent(new Rotations(4))))");
    assertThat(
            Fluent.calls(
                students
                    .parse("seeing", "window:4 numbers:0,2")
                    .parse("minimizing", "kl + 1 consistent mirror:2")))
        .contains(".seeing(View.window(4, View.numbers(0, 2)))")
        .contains(".minimizing(Loss.of(kl()).and(1.0, consistent(new Mirror(2))))");
  }
}
