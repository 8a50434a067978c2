package dev.retort.guidance;

import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Panels;
import dev.retort.run.Curve;
import dev.retort.run.Resumable;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * How a prior hands over to the learner that {@link DqInit} guides: what is known, who would have
 * done what is done, and how much of the prior is in what is learned from.
 *
 * <p>A row of the curve shows the last whole span of {@code handover-every} steps. Its columns are
 *
 * <ul>
 *   <li>{@code known-greedy-10, -50, -90} and {@code known-other-10, -50, -90}: percentiles of κ of
 *       the action that is preferred and of the others, each within one part in a hundred,
 *   <li>{@code targets-by-prior}: the share of targets whose largest value has κ below 1,
 *   <li>{@code prior-in-targets}: the mean over targets of {@code Σ_a (1 − κ) |P − Q|}, both 0
 *       where the prior has no say in targets,
 *   <li>{@code differ}: the share of decisions in which what is acted by, the learner and the prior
 *       do not all prefer the same action,
 *   <li>{@code neither}: the share in which what is done is preferred by neither of the two.
 * </ul>
 */
public final class PriorHandover {
  /** The columns, in their order. */
  static final List<String> COLUMNS =
      List.of(
          "known-greedy-10",
          "known-greedy-50",
          "known-greedy-90",
          "known-other-10",
          "known-other-50",
          "known-other-90",
          "targets-by-prior",
          "prior-in-targets",
          "differ",
          "neither");

  private static final double[] QUANTILES = {0.1, 0.5, 0.9};

  /** Distinct values of κ that are counted: 0, 0.01, .., 1. */
  private static final int PARTS = 101;

  private static final int DECISIONS = 0;
  private static final int DIFFER = 1;
  private static final int NEITHER = 2;
  private static final int TARGETS = 3;
  private static final int BY_PRIOR = 4;
  private static final int IN_TARGETS = 5;
  private static final int SUMS = 6;

  private final long every;
  private final int members;
  private final double[] known;
  private final double[] sums;
  private final double[] last;

  /**
   * Nothing seen yet.
   *
   * @param every environment steps of a span
   */
  PriorHandover(long every, int members) {
    this.every = every;
    this.members = members;
    this.known = new double[members * 2 * PARTS];
    this.sums = new double[members * SUMS];
    this.last = new double[members * COLUMNS.size()];
    Arrays.fill(last, Double.NaN);
  }

  void join(Resumable state) {
    state
        .doublesOr("handover known", known)
        .doublesOr("handover sums", sums)
        .doublesOr("handover last", last);
  }

  /** Before the members act: at the end of a span it is summed up. */
  void at(long step) {
    if (step == 0 || step % every != 0) {
      return;
    }
    for (int member = 0; member < members; member++) {
      sumUp(member);
    }
    Arrays.fill(known, 0);
    Arrays.fill(sums, 0);
  }

  private void sumUp(int member) {
    int to = member * COLUMNS.size();
    for (int other = 0; other < 2; other++) {
      for (double quantile : QUANTILES) {
        last[to++] = quantile((2 * member + other) * PARTS, quantile);
      }
    }
    last[to++] = share(member, BY_PRIOR, TARGETS);
    last[to++] = share(member, IN_TARGETS, TARGETS);
    last[to++] = share(member, DIFFER, DECISIONS);
    last[to] = share(member, NEITHER, DECISIONS);
  }

  private double share(int member, int what, int of) {
    double all = sums[member * SUMS + of];
    return all == 0 ? 0 : sums[member * SUMS + what] / all;
  }

  /** The smallest κ that as large a part of all is not above. */
  private double quantile(int from, double part) {
    double all = Arrays.stream(known, from, from + PARTS).sum();
    double seen = 0;
    for (int bin = 0; bin < PARTS; bin++) {
      seen += known[from + bin];
      if (seen > 0 && seen >= part * all) {
        return bin / (PARTS - 1.0);
      }
    }
    return Double.NaN;
  }

  /**
   * A decision of a member.
   *
   * @param kappa how well its actions are known, {@code kappa[at .. at + choices)}
   * @param acting which action is preferred by what is acted by
   * @param own by the learner
   * @param prior by the prior
   */
  void decided(int member, double[] kappa, int at, int choices, int acting, int own, int prior) {
    for (int action = 0; action < choices; action++) {
      int bin = (int) Math.floor(kappa[at + action] * (PARTS - 1));
      known[(2 * member + (action == acting ? 0 : 1)) * PARTS + bin]++;
    }
    add(member, DECISIONS, 1);
    add(member, DIFFER, acting == own && acting == prior ? 0 : 1);
    add(member, NEITHER, acting == own || acting == prior ? 0 : 1);
  }

  /**
   * A target of a member.
   *
   * @param isByPrior whether the largest value has a part of the prior
   * @param distance {@code Σ_a (1 − κ) |P − Q|}
   */
  void targeted(int member, boolean isByPrior, double distance) {
    add(member, TARGETS, 1);
    add(member, BY_PRIOR, isByPrior ? 1 : 0);
    add(member, IN_TARGETS, distance);
  }

  private void add(int member, int what, double amount) {
    sums[member * SUMS + what] += amount;
  }

  /** A column of a member; NaN for others, and before the first span has ended. */
  double column(String name, int member) {
    int column = COLUMNS.indexOf(name);
    return column < 0 ? Double.NaN : last[member * COLUMNS.size() + column];
  }

  /**
   * Draws these columns of a curve as means over its members, one point for each span.
   *
   * @param title what has learned
   * @param curve of a training with {@code handover-every}
   * @param every the steps of a span
   */
  public static Figure plot(String title, Curve curve, long every) {
    return new Panels(
        title,
        2,
        List.of(
            lines("How well actions are known", "κ", curve, every, COLUMNS.subList(0, 6)),
            lines("Decisions", "share", curve, every, List.of("differ", "neither")),
            lines("Targets by the prior", "share", curve, every, List.of("targets-by-prior")),
            lines(
                "The prior in targets",
                "Σ (1 − κ) |P − Q|",
                curve,
                every,
                List.of("prior-in-targets"))));
  }

  private static Lines lines(
      String title, String label, Curve curve, long every, List<String> columns) {
    return new Lines(
        title,
        "environment steps",
        label,
        columns.stream().map(column -> line(words(column), curve, column, every)).toList());
  }

  /** What the legend calls a column. */
  private static String words(String column) {
    return switch (column) {
      case "differ" -> "not all prefer the same";
      case "neither" -> "neither prefers what is done";
      case "targets-by-prior" -> "largest by the prior";
      case "prior-in-targets" -> "distance that counts";
      default -> {
        String whose = column.startsWith("known-greedy") ? "preferred" : "others";
        String percent = column.substring(column.lastIndexOf('-') + 1);
        yield whose + (percent.equals("50") ? ", median" : ", " + percent + " %");
      }
    };
  }

  /**
   * One of these columns as the mean over the members of a curve, one point for each span.
   *
   * @param name what the legend calls it
   * @param curve of a training with {@code handover-every}
   * @param column such as {@code neither}
   * @param every the steps of a span
   */
  public static Line line(String name, Curve curve, String column, long every) {
    double[] steps = curve.column("step");
    double[] values = curve.column(column);
    TreeMap<Long, double[]> spans = new TreeMap<>();
    for (int row = 0; row < steps.length; row++) {
      if (Double.isFinite(values[row])) {
        long end = (long) Math.floor((steps[row] - 1) / every) * every;
        double[] span = spans.computeIfAbsent(end, unused -> new double[2]);
        span[0] += values[row];
        span[1]++;
      }
    }
    return Line.of(
        name,
        spans.keySet().stream().mapToDouble(Long::doubleValue).toArray(),
        spans.values().stream().mapToDouble(span -> span[0] / span[1]).toArray());
  }
}
