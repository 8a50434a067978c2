package dev.retort.paper.geomagnetic;

import static dev.retort.paper.geomagnetic.Navigation.FIXED;

import dev.retort.env.Env;
import dev.retort.env.geomagnetic.Geomagnetic;
import dev.retort.evaluate.Scores;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.StudyPart;
import dev.retort.plan.Evaluating;
import dev.retort.policy.Policy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What the missions of a method came to, area by area. An area is a cluster: numbers are means over
 * areas, and their intervals are over areas, however many missions there are in each.
 *
 * @param method what tables call it
 * @param areas of each area, by its name, and of each measure one number a mission; missions of the
 *     same place in two methods are the same ones, those of several policies one behind the other
 */
record Missions(String method, SortedMap<String, Map<String, double[]>> areas) {
  static final String SUCCESS = "success";
  static final String DIRECT = "direct";
  static final String EFFICIENCY = "path efficiency";
  static final String PATH = "path ratio";
  static final String DEVIATION = "heading deviation";
  static final String FIELD_TEST = "field test";
  private static final List<String> MEASURES =
      List.of(SUCCESS, DIRECT, EFFICIENCY, PATH, DEVIATION, FIELD_TEST);

  /** Nothing flown yet. */
  static Missions none(String method) {
    return new Missions(method, new TreeMap<>());
  }

  /**
   * Flies missions by the verb that evaluates all policies.
   *
   * @param policies independent ones of the method
   * @param each missions of a policy in an area
   */
  static Missions flown(String method, List<? extends Policy> policies, Env world, int each) {
    int contexts = world.contexts();
    Evaluating plan =
        Evaluating.Of.policies(List.copyOf(policies))
            .on(world)
            .episodes(contexts * each)
            .seed(FIXED.count("evaluation"));
    List<Scores> scores = StudyPart.inPassing(plan).scores();
    SortedMap<String, Map<String, double[]>> areas = new TreeMap<>();
    for (int area = 0; area < contexts; area++) {
      Map<String, double[]> measures = new LinkedHashMap<>();
      for (String measure : MEASURES) {
        measures.put(measure, new double[policies.size() * each]);
      }
      areas.put(name(world, area), measures);
    }
    for (int policy = 0; policy < scores.size(); policy++) {
      for (String measure : MEASURES) {
        double[] values = scores.get(policy).measures(measure)[0];
        for (int episode = 0; episode < values.length; episode++) {
          areas.get(name(world, episode % contexts))
                  .get(measure)[policy * each + episode / contexts] =
              values[episode];
        }
      }
    }
    return new Missions(method, areas);
  }

  /** Those of each order of the areas, one behind the other. */
  static Missions inAll(String method, List<Setting> orders, Function<Setting, Missions> flown) {
    Missions all = none(method);
    for (Setting order : orders) {
      all = all.and(flown.apply(order));
    }
    return all;
  }

  private static String name(Env world, int area) {
    return world instanceof Geomagnetic family
        ? family.area(area)
        : String.valueOf(world.drawn(area));
  }

  /** These, and those of another order of the areas. */
  Missions and(Missions other) {
    SortedMap<String, Map<String, double[]>> all = new TreeMap<>(areas);
    other.areas.forEach(
        (area, measures) ->
            all.merge(
                area,
                measures,
                (own, more) -> {
                  Map<String, double[]> both = new LinkedHashMap<>();
                  own.forEach(
                      (measure, values) -> both.put(measure, joined(values, more.get(measure))));
                  return both;
                }));
    return new Missions(method, all);
  }

  private static double[] joined(double[] one, double[] other) {
    return DoubleStream.concat(Arrays.stream(one), Arrays.stream(other)).toArray();
  }

  /** The same missions so many times, beside a method of so many policies. */
  Missions repeated(int times) {
    SortedMap<String, Map<String, double[]>> all = new TreeMap<>();
    areas.forEach(
        (area, measures) -> {
          Map<String, double[]> more = new LinkedHashMap<>();
          measures.forEach(
              (measure, values) -> {
                double[] many = new double[values.length * times];
                Arrays.setAll(many, i -> values[i % values.length]);
                more.put(measure, many);
              });
          all.put(area, more);
        });
    return new Missions(method, all);
  }

  /** The mean of a measure in each area, in the order of their names; NaN where it has none. */
  double[] byArea(String measure) {
    return areas.values().stream()
        .mapToDouble(measures -> Setting.mean(measures.get(measure)))
        .toArray();
  }

  /** The mean over areas. */
  double mean(String measure) {
    return Setting.mean(byArea(measure));
  }

  /** What this method has over another in each area. */
  double[] over(Missions other, String measure) {
    return paired(byArea(measure), other.byArea(measure), (one, two) -> one - two);
  }

  /**
   * The ratio of a measure in each area, over the missions that both methods completed; without the
   * areas that have none.
   */
  double[] onBoth(Missions other, String measure) {
    double[] own = new double[areas.size()];
    double[] theirs = new double[areas.size()];
    int at = 0;
    for (String area : areas.keySet()) {
      Map<String, double[]> mine = areas.get(area);
      Map<String, double[]> others = other.areas.get(area);
      double[] one = mine.get(measure).clone();
      double[] two = others.get(measure).clone();
      for (int i = 0; i < one.length; i++) {
        if (mine.get(SUCCESS)[i] != 1 || others.get(SUCCESS)[i] != 1) {
          one[i] = Double.NaN;
          two[i] = Double.NaN;
        }
      }
      own[at] = Setting.mean(one);
      theirs[at++] = Setting.mean(two);
    }
    return paired(own, theirs, (one, two) -> one / two);
  }

  private static double[] paired(double[] one, double[] other, DoubleBinaryOperator of) {
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < one.length; i++) {
      double value = of.applyAsDouble(one[i], other[i]);
      if (Double.isFinite(value)) {
        all.add(value);
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Success, success within 1.5 great circles, and success over the way, each with its interval.
   */
  List<Finding> rows(String where) {
    return Stream.of(SUCCESS, DIRECT, EFFICIENCY)
        .map(measure -> row(where, measure).reported())
        .toList();
  }

  /** A measure with its interval over areas, and the other measures beside it. */
  Measured row(String where, String measure) {
    Measured row =
        Measured.of(
            "%s, %s, %s".formatted(where, method, measure),
            "%s, mean over %s areas".formatted(measure, areas.size()),
            byArea(measure));
    for (String beside : List.of(PATH, DEVIATION, FIELD_TEST)) {
      row = row.how(beside, Numbers.of(mean(beside)));
    }
    return row;
  }
}
