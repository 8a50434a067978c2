package dev.retort.notebook.magic;

import dev.retort.collect.Behavior;
import dev.retort.data.View;
import dev.retort.distill.Loss;
import dev.retort.evaluate.Metric;
import dev.retort.loss.Distance;
import dev.retort.loss.Kl;
import dev.retort.loss.OwnDistance;
import dev.retort.nn.Activation;
import dev.retort.nn.Architecture;
import dev.retort.nn.Gru;
import dev.retort.nn.ImageCnn;
import dev.retort.nn.MaskedMlp;
import dev.retort.nn.Mlp;
import dev.retort.nn.ResidualCnn;
import dev.retort.nn.TokenTransformer;
import dev.retort.nn.Transformer;
import dev.retort.nn.Urma;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Settings;
import dev.retort.paper.Scale;
import dev.retort.space.Symmetry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Settings and values as the fluent Java that says the same.
 *
 * <p>An option's method has the option's name in camel case.
 */
final class Fluent {
  private Fluent() {}

  /** A call for each setting that differs from its default, such as {@code .steps(30_000)}. */
  static String calls(Settings settings, Option<?>... except) {
    return calls(settings.schema().standard(), settings, except);
  }

  /** A call for each setting that differs from where one began, such as a preset. */
  static String calls(Settings from, Settings settings, Option<?>... except) {
    Set<String> left = List.of(except).stream().map(Option::name).collect(Collectors.toSet());
    StringBuilder calls = new StringBuilder();
    for (Option<?> option : settings.schema().options()) {
      Object value = settings.get(option);
      if (!left.contains(option.name()) && !value.equals(from.get(option))) {
        calls.append(call(method(option.name()), literal(value)));
      }
    }
    return calls.toString();
  }

  /** {@code .name(a, b)}. */
  static String call(String method, String... arguments) {
    return "." + method + "(" + String.join(", ", arguments) + ")";
  }

  private static String method(String option) {
    String[] words = option.split("-", -1);
    StringBuilder name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
    }
    return name.toString();
  }

  /** A value as Java writes it under the start-up imports. */
  static String literal(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return whole(((Number) value).longValue());
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      return number.isNaN() ? "Double.NaN" : "Double.POSITIVE_INFINITY";
    }
    if (value instanceof Schedule schedule) {
      return schedule(schedule);
    }
    if (value instanceof Architecture network) {
      return network(network);
    }
    if (value instanceof Behavior behavior) {
      return behavior(behavior);
    }
    if (value instanceof Distance distance) {
      return distance(distance);
    }
    if (value instanceof Loss loss) {
      return loss(loss);
    }
    if (value instanceof View view) {
      return view(view.toString());
    }
    if (value instanceof Metric metric) {
      return metric(metric);
    }
    if (value instanceof Scale scale) {
      return quoted(scale.toString());
    }
    if (value instanceof List<?> values) {
      return values.stream().map(Fluent::literal).collect(Collectors.joining(", "));
    }
    if (value instanceof Enum<?> constant) {
      Class<?> type = constant.getDeclaringClass();
      Class<?> outer = type.getEnclosingClass();
      return (outer == null ? "" : outer.getSimpleName() + ".")
          + type.getSimpleName()
          + "."
          + constant.name();
    }
    return value instanceof String text ? quoted(text) : String.valueOf(value);
  }

  /** {@code 30_000}; a number beyond an int ends in L. */
  static String whole(long number) {
    boolean small = -10_000 < number && number < 10_000;
    String digits = small ? String.valueOf(number) : String.format(Locale.ROOT, "%,d", number);
    return digits.replace(',', '_') + (number == (int) number ? "" : "L");
  }

  /** A string literal. */
  static String quoted(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        literal.append('\\').append(c);
      } else {
        literal.append(
            c < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
      }
    }
    return literal.append('"').toString();
  }

  private static String schedule(Schedule schedule) {
    if (schedule.first() == schedule.last()) {
      return String.valueOf(schedule.first());
    }
    return schedule.last() == 0
        ? "Schedule.linear(" + schedule.first() + ")"
        : "new Schedule(" + schedule.first() + ", " + schedule.last() + ")";
  }

  private static String network(Architecture network) {
    if (network instanceof Mlp mlp) {
      boolean tanh = mlp.activation() == Activation.TANH;
      return "mlp("
          + widths(mlp.hidden())
          + ")"
          + (tanh ? "" : call("activation", literal(mlp.activation())))
          + (mlp.scale() == 1 ? "" : call("scaled", String.valueOf(mlp.scale())))
          + mlp.initialization().map(drawn -> call("initialized", literal(drawn))).orElse("");
    }
    if (network instanceof ResidualCnn cnn) {
      return "cnn("
          + cnn.channels()
          + (cnn.hidden().isEmpty() ? "" : ", " + widths(cnn.hidden()))
          + ")";
    }
    if (network instanceof ImageCnn image && !image.hidden().isEmpty()) {
      return "image("
          + widths(image.channels())
          + ")"
          + call("hidden", widths(image.hidden()))
          + (image.scale() == 1 ? "" : call("scaled", String.valueOf(image.scale())));
    }
    if (network instanceof Gru unit) {
      return "gru(" + unit.width() + ")";
    }
    if (network instanceof TokenTransformer each) {
      return "tokens("
          + widths(List.of(each.width(), each.layers(), each.heads()))
          + ")"
          + (each.deviations() ? ".withDeviations()" : "");
    }
    if (network instanceof MaskedMlp mlp) {
      boolean tanh = mlp.activation() == Activation.TANH;
      return "maskedMlp("
          + widths(mlp.hidden())
          + ")"
          + (tanh ? "" : call("activation", literal(mlp.activation())));
    }
    if (network instanceof Urma joints) {
      return "urma(" + joints.latent() + ", " + widths(joints.hidden()) + ")";
    }
    if (network instanceof Transformer all) {
      return "transformer("
          + widths(List.of(all.width(), all.layers(), all.heads()))
          + ")"
          + (all.types() == 0 ? "" : call("types", String.valueOf(all.types())));
    }
    return "network(" + literal(Architecture.type().writer().apply(network)) + ")";
  }

  private static String widths(List<Integer> widths) {
    return widths.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String behavior(Behavior behavior) {
    if (behavior instanceof Behavior.Epsilon random) {
      return "epsilon(" + random.epsilon() + ")";
    }
    if (behavior instanceof Behavior.Noisy noisy) {
      return noisy.shares().stream()
          .map(String::valueOf)
          .collect(Collectors.joining(", ", "noisy(", ")"));
    }
    if (behavior instanceof Behavior.OrnsteinUhlenbeck drift) {
      return "ornsteinUhlenbeck(%s, %s)".formatted(drift.theta(), drift.sigma());
    }
    if (behavior instanceof Behavior.ExploreGo explore) {
      return "exploreGo(" + explore.limit() + ")";
    }
    return behavior + "()";
  }

  /** A loss such as {@code kl().temperature(0.5)}, with terms beside it a whole one. */
  private static String loss(Loss loss) {
    boolean isAlone =
        loss.weight().isEmpty() && loss.terms().isEmpty() && loss.consistency().isEmpty();
    String first = distance(loss.behavior().orElseThrow());
    StringBuilder whole = new StringBuilder(isAlone ? first : "Loss.of(" + first + ")");
    loss.weight().ifPresent(column -> whole.append(".weightedBy(\"%s\")".formatted(column)));
    loss.terms()
        .forEach(
            term ->
                whole.append(
                    ".and(%s, \"%s\", %s)"
                        .formatted(term.factor(), term.output(), distance(term.distance()))));
    loss.consistency()
        .ifPresent(
            term -> whole.append(".and(%s, %s)".formatted(term.factor(), group(term.group()))));
    return whole.toString();
  }

  /** A group such as {@code consistent(new Rotations(4))}. */
  private static String group(Symmetry group) {
    String number = group.toString().replaceAll("\\D", "");
    return "consistent(new %s(%s))".formatted(group.getClass().getSimpleName(), number);
  }

  /** A view such as {@code View.parts("position", "goal")}. */
  private static String view(String text) {
    String[] kind = text.split("[: ]", 2);
    if (kind[0].equals("window")) {
      String[] words = kind[1].split(" ", 2);
      return "View.window(%s, %s)".formatted(words[0], view(words[1]));
    }
    String[] words = kind.length == 2 ? kind[1].split(",", -1) : new String[0];
    boolean isNamed = kind[0].equals("parts");
    return "View.%s(%s)"
        .formatted(
            kind[0],
            Arrays.stream(words)
                .map(word -> isNamed ? quoted(word) : word)
                .collect(Collectors.joining(", ")));
  }

  private static String distance(Distance distance) {
    if (distance instanceof OwnDistance own) {
      return "distance(" + quoted(own.name()) + ")";
    }
    if (distance instanceof Kl kl) {
      return kl.temperature() == 1 ? "kl()" : "kl().temperature(" + kl.temperature() + ")";
    }
    String[] words = distance.toString().split(":", -1);
    boolean isOne = words.length == 1 || (words[1].equals("1.0") && !words[0].equals("huber"));
    return method(words[0]) + "(" + (isOne ? "" : words[1]) + ")";
  }

  private static String metric(Metric metric) {
    if (metric instanceof Metric.TimeTo time) {
      return "timeTo(" + time.threshold() + ")";
    }
    if (metric instanceof Metric.JumpStart jump) {
      return "jumpStart(" + jump.first() + ")";
    }
    return metric instanceof Metric.FinalReturn ? "finalReturn()" : "areaUnderCurve()";
  }
}
