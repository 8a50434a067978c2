package dev.retort.env;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.option.Given;
import dev.retort.option.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What environments that are records of numbers share: their map of parameters, the change of one,
 * the checks, and the text.
 *
 * <pre>{@code
 * Map<String, Double> sizes = Parameters.named(List.of("mass", "horizon"), 0.1, 200);
 * Parameters.positive("Pole", "mass", 0.1);
 * }</pre>
 */
public final class Parameters {
  private static final String HORIZON = "horizon";

  private Parameters() {}

  /** Values under their names, in this order, unmodifiable. */
  public static Map<String, Double> named(List<String> names, double... values) {
    if (names.size() != values.length) {
      throw new RetortException(
          "parameters: expected a value for each of %s, got %s.".formatted(names, values.length));
    }
    Map<String, Double> parameters = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      parameters.put(names.get(i), values[i]);
    }
    return Collections.unmodifiableMap(parameters);
  }

  /**
   * All values of an environment's parameters with one of them changed, in their order; an unknown
   * name is refused with the nearest one.
   */
  public static double[] changed(Env env, String parameter, double value) {
    Given.given(env.name(), "the name of a parameter", parameter);
    Map<String, Double> changed = new LinkedHashMap<>(env.parameters());
    if (changed.replace(parameter, value) == null) {
      throw new UnknownNameException(
          "parameter of " + env.name(), parameter, List.copyOf(changed.keySet()));
    }
    if (parameter.equals(HORIZON) && value != Math.rint(value)) {
      throw new RetortException(
          "%s: expected horizon to be a whole number of steps, got %s."
              .formatted(env.name(), value));
    }
    return changed.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Refuses a value that is not finite and positive. */
  public static void positive(String owner, String parameter, double value) {
    if (!(Double.isFinite(value) && value > 0)) {
      refuse(owner, parameter, "finite and positive", value);
    }
  }

  /** Refuses a value that is not finite and at least 0. */
  public static void notNegative(String owner, String parameter, double value) {
    if (!(Double.isFinite(value) && value >= 0)) {
      refuse(owner, parameter, "finite and not negative", value);
    }
  }

  /** Refuses a value outside of {@code low} to {@code high}, or NaN. */
  public static void between(
      String owner, String parameter, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      refuse(owner, parameter, "from %s to %s".formatted(Type.plain(low), Type.plain(high)), value);
    }
  }

  /** Refuses a horizon of no steps. */
  public static void steps(String owner, int horizon) {
    if (horizon < 1) {
      throw new RetortException(
          "%s: expected horizon to be at least 1 step, got %s.".formatted(owner, horizon));
    }
  }

  private static void refuse(String owner, String parameter, String expected, double value) {
    throw new RetortException(
        "%s: expected %s to be %s, got %s."
            .formatted(owner, parameter, expected, Type.plain(value)));
  }

  /** An environment's name and, in parentheses, whatever differs from the usual one. */
  public static String text(Env env, Env usual) {
    StringBuilder changes = new StringBuilder();
    Map<String, Double> known = usual.parameters();
    env.parameters()
        .forEach(
            (parameter, value) -> {
              if (!value.equals(known.get(parameter))) {
                changes.append(changes.isEmpty() ? "" : ", ").append(parameter).append(' ');
                changes.append(value);
              }
            });
    return changes.isEmpty() ? env.name() : env.name() + "(" + changes + ")";
  }

  /**
   * One number of a continuous action, kept within bounds; an infinite one is at its bound.
   *
   * @param owner who acts on it, for the message
   * @param action the action
   * @param at which number of it
   * @param bound how far it may go either way
   */
  public static double clipped(String owner, float[] action, int at, double bound) {
    double value = action[at];
    if (Double.isNaN(value)) {
      throw new RetortException(
          "%s: expected a number as action[%s], got NaN. Look for what made the policy's output NaN."
              .formatted(owner, at));
    }
    return Math.max(-bound, Math.min(bound, value));
  }

  /** The choice that an action names; what is not from 0 to {@code choices - 1} is refused. */
  public static int choice(String owner, float[] action, int choices) {
    return choice(owner, action, 0, choices);
  }

  /** The choice that one number of an action names, such as that of one of several agents. */
  public static int choice(String owner, float[] action, int at, int choices) {
    int choice = (int) action[at];
    if (choice != action[at] || choice < 0 || choice >= choices) {
      throw new RetortException(
          "%s: expected an action from 0 to %s, got %s.".formatted(owner, choices - 1, action[at]));
    }
    return choice;
  }

  /**
   * Refuses fractions where a parameter is counted, is a choice or a seed.
   *
   * @param which of the values
   */
  public static void requireWhole(String owner, List<String> names, double[] values, int... which) {
    for (int i : which) {
      if (values[i] != Math.rint(values[i]) || Math.abs(values[i]) > 1L << 53) {
        refuse(owner, names.get(i), "a whole number", values[i]);
      }
    }
  }

  /** Parameters that are counted, in the order of their names; others are refused. */
  public static int[] whole(String owner, List<String> names, double... values) {
    int[] whole = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] != Math.rint(values[i]) || Math.abs(values[i]) > Integer.MAX_VALUE) {
        refuse(owner, names.get(i), "a whole number", values[i]);
      }
      whole[i] = (int) values[i];
    }
    return whole;
  }
}
