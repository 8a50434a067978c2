package dev.retort.evaluate;

import static java.util.Arrays.stream;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.Env;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Numbers of every episode by name, the return before all others; one of them leads: it is what
 * statistics are of.
 *
 * @param all {@code (runs, episodes)} each; NaN where an episode has no such value
 * @param lower of which of them less is better
 * @param by the one that leads
 */
record Measurements(Map<String, double[][]> all, Set<String> lower, String by) {
  /** What leads unless anybody says otherwise. */
  static final String RETURN = "return";

  /** Keeps copies. */
  Measurements {
    Map<String, double[][]> own = new LinkedHashMap<>();
    all.forEach((name, values) -> own.put(name, copy(values)));
    all = own;
    lower = Set.copyOf(lower);
  }

  /** Returns, which lead, and measures beside them. */
  static Measurements of(double[][] returns, Map<String, double[][]> measures, Set<String> lower) {
    Map<String, double[][]> all = new LinkedHashMap<>(Map.of(RETURN, returns));
    all.putAll(measures);
    return new Measurements(all, lower, RETURN);
  }

  static double[][] copy(double[][] rows) {
    return stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  /** The measures of an environment; refuses one that calls another number its return. */
  static List<String> named(Env env) {
    List<String> names = env.measures();
    if (names.contains(RETURN)) {
      throw new RetortException(
          "evaluate: expected '%s' to name measures beside the return, got '%s' among %s. Call it otherwise in measures()."
              .formatted(env.name(), RETURN, String.join(", ", names)));
    }
    return List.copyOf(names);
  }

  /** The measures of an environment of which less is better. */
  static Set<String> lower(Env env) {
    return env.measures().stream().filter(env::isLowerBetter).collect(Collectors.toSet());
  }

  /** Refuses a measure that an environment does not have; the return is one of all of them. */
  static void require(String measure, Env env) {
    List<String> names = new ArrayList<>(List.of(RETURN));
    names.addAll(named(env));
    if (names.contains(measure)) {
      return;
    }
    if (names.size() == 1) {
      throw new RetortException(
          "evaluate on '%s': expected a measure among [return], got '%s'. The environment has none of its own. Add some: override measures() with their names and measure(state, measured), which writes them by the state in which an episode ends."
              .formatted(env.name(), measure));
    }
    throw UnknownNameException.in("evaluate on '" + env.name() + "'", "measure", measure, names);
  }

  /** The same numbers, led by another one of them. */
  Measurements by(String other) {
    return new Measurements(all, lower, other);
  }

  /** The return of every episode. */
  double[][] returns() {
    return all.get(RETURN);
  }

  /** The numbers that lead. */
  double[][] values() {
    return all.get(by);
  }

  /** Which way is better, of the one that leads. */
  Metric.Better better() {
    return lower.contains(by) ? Metric.Better.LOWER : Metric.Better.HIGHER;
  }

  /** The names of what there is beside the return. */
  Set<String> beside() {
    Set<String> names = new LinkedHashSet<>(all.keySet());
    names.remove(RETURN);
    return names;
  }

  /** The numbers of each run in another form. */
  Measurements each(UnaryOperator<double[]> form) {
    Map<String, double[][]> formed = new LinkedHashMap<>();
    all.forEach(
        (name, values) -> formed.put(name, stream(values).map(form).toArray(double[][]::new)));
    return new Measurements(formed, lower, by);
  }

  /** Those of these episodes, and then those of others of the same runs. */
  Measurements then(Measurements more) {
    Map<String, double[][]> both = new LinkedHashMap<>();
    for (String name : shared(List.of(this, more))) {
      both.put(name, joined(all.get(name), more.all.get(name)));
    }
    return new Measurements(both, lower, by);
  }

  private static double[][] joined(double[][] first, double[][] second) {
    double[][] joined = new double[first.length][];
    Arrays.setAll(
        joined, run -> DoubleStream.concat(stream(first[run]), stream(second[run])).toArray());
    return joined;
  }

  /** The runs of all of them, one below the other. */
  static Measurements below(List<Measurements> runs) {
    Map<String, double[][]> rows = new LinkedHashMap<>();
    for (String name : shared(runs)) {
      rows.put(
          name, runs.stream().flatMap(run -> stream(run.all.get(name))).toArray(double[][]::new));
    }
    return new Measurements(rows, runs.get(0).lower, runs.get(0).by);
  }

  /** What all were measured by: a run that began before a measure was there does without. */
  private static Set<String> shared(List<Measurements> runs) {
    Set<String> names = new LinkedHashSet<>(runs.get(0).all.keySet());
    runs.forEach(run -> names.retainAll(run.all.keySet()));
    return names;
  }
}
