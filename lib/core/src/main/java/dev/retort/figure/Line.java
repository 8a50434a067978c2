package dev.retort.figure;

import dev.retort.RetortException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One curve of a chart, with an optional band around it and optional thin lines of its members.
 *
 * @param name what the legend calls it
 * @param x places, in ascending order, finite and at most 1e100 from zero
 * @param y values, one a place; NaN where there is none, and infinite ones are not drawn
 * @param low lower edge of the band, one a place; empty where there is no band
 * @param high upper edge of the band, one a place; empty where there is no band
 * @param members values of single members, {@code (members, places)}; empty where they are not
 *     shown
 */
public record Line(
    String name,
    List<Double> x,
    List<Double> y,
    List<Double> low,
    List<Double> high,
    List<List<Double>> members) {
  /** Checks that all parts are of one length. */
  public Line {
    x = List.copyOf(x);
    y = List.copyOf(y);
    low = List.copyOf(low);
    high = List.copyOf(high);
    members = members.stream().map(List::copyOf).toList();
    check(name, "values", y.size(), x.size());
    if (!low.isEmpty() || !high.isEmpty()) {
      check(name, "lower edges", low.size(), x.size());
      check(name, "upper edges", high.size(), x.size());
    }
    for (List<Double> member : members) {
      check(name, "values of each member", member.size(), x.size());
    }
    for (int i = 0; i < x.size(); i++) {
      if (!Figure.shows(x.get(i))) {
        throw new RetortException(
            "line '%s': expected finite places up to %s, got %s (place %s)."
                .formatted(name, Figure.FARTHEST, x.get(i), i));
      }
    }
    for (int i = 1; i < x.size(); i++) {
      if (!(x.get(i) >= x.get(i - 1))) {
        throw new RetortException(
            "line '%s': expected places in ascending order, got %s after %s (place %s)."
                .formatted(name, x.get(i), x.get(i - 1), i));
      }
    }
  }

  /** A plain curve. */
  public static Line of(String name, double[] x, double[] y) {
    return new Line(name, list(x), list(y), List.of(), List.of(), List.of());
  }

  /** The same curve with a band around it. */
  public Line band(double[] lower, double[] upper) {
    return new Line(name, x, y, list(lower), list(upper), members);
  }

  /** The same curve with thin lines of its members, {@code (members, places)}. */
  public Line members(double[][] values) {
    return new Line(name, x, y, low, high, Arrays.stream(values).map(Line::list).toList());
  }

  /** Whether there is a band. */
  public boolean hasBand() {
    return !low.isEmpty();
  }

  /**
   * The same curve with at most {@code points} places, evenly chosen, the first and the last among
   * them.
   */
  public Line thinned(int points) {
    int n = x.size();
    if (n <= points || points < 2) {
      return this;
    }
    int[] chosen = new int[points];
    Arrays.setAll(chosen, i -> (int) Math.round((double) i * (n - 1) / (points - 1)));
    return new Line(
        name,
        pick(x, chosen),
        pick(y, chosen),
        hasBand() ? pick(low, chosen) : low,
        hasBand() ? pick(high, chosen) : high,
        members.stream().map(member -> pick(member, chosen)).toList());
  }

  private static List<Double> pick(List<Double> values, int[] chosen) {
    List<Double> picked = new ArrayList<>(chosen.length);
    for (int i : chosen) {
      picked.add(values.get(i));
    }
    return picked;
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static void check(String name, String what, int got, int expected) {
    if (got != expected) {
      throw new RetortException(
          "line '%s': expected %s %s, one a place, got %s.".formatted(name, expected, what, got));
    }
  }
}
