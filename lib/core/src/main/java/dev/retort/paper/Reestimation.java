package dev.retort.paper;

import dev.retort.evaluate.Estimate;
import dev.retort.evaluate.Interval;
import dev.retort.evaluate.Intervals;
import dev.retort.evaluate.Statistics;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Panels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What was found before, with the intervals that {@link Intervals} gives its values now, and the
 * verdicts that stand on them.
 *
 * <p>An estimate that is not the mean of its values, such as the slope of a fit, keeps its
 * interval, and so does a share of 0 or 1; a curve keeps its band where that has a width: the
 * values that these are of were not kept.
 */
final class Reestimation {
  /** How much two sums of the same values may differ, of their size. */
  private static final double ROUNDING = 1e-12;

  private Reestimation() {}

  /** The same findings where nothing changes. */
  static Findings of(Findings before) {
    List<Finding> now = before.findings().stream().map(Reestimation::again).toList();
    Figure figure = again(before.figure(), now);
    if (now.equals(before.findings()) && figure.equals(before.figure())) {
      return before;
    }
    List<String> notes = new ArrayList<>(before.notes());
    notes.add(note(before.findings(), now));
    return before.with(now, notes, figure);
  }

  private static Finding again(Finding before) {
    double[] values = before.values().stream().mapToDouble(Double::doubleValue).toArray();
    double found = before.ours().value();
    if (values.length == 0
        || Math.abs(Statistics.mean(values) - found) > ROUNDING * Math.abs(found)
        || isShareOfAll(values, before.ours())) {
      return before;
    }
    Estimate now = new Estimate(found, Intervals.mean(values).interval());
    return new Finding(
        before.name(),
        before.quantity(),
        now,
        before.published(),
        before.criterion().map(criterion -> again(criterion, now)),
        before.values(),
        before.how());
  }

  /** Whether all values are alike and have a width, as shares do that are 0 or 1. */
  private static boolean isShareOfAll(double[] values, Estimate before) {
    return before.interval().width() > 0
        && Arrays.stream(values).allMatch(value -> value == values[0])
        && (values[0] == 0 || values[0] == 1);
  }

  private static Finding.Criterion again(Finding.Criterion before, Estimate now) {
    Optional<Bound> bound = Bound.of(before.words()).filter(Bound::isOfInterval);
    boolean judged = before.verdict() == Verdict.MET || before.verdict() == Verdict.MISSED;
    return bound.isEmpty() || !judged
        ? before
        : Finding.Criterion.judged(before.words(), bound.get().isMet(now));
  }

  /** Dots stand where their findings do, by which they are known. */
  private static Figure again(Figure before, List<Finding> now) {
    if (before instanceof Panels panels) {
      return new Panels(
          panels.title(),
          panels.columns(),
          panels.panels().stream().map(panel -> again(panel, now)).toList());
    }
    if (before instanceof Lines all) {
      return new Lines(
          all.title(),
          all.xLabel(),
          all.yLabel(),
          all.lines().stream().map(Reestimation::again).toList());
    }
    return before instanceof Dots dots
        ? new Dots(
            dots.title(), dots.label(), dots.dots().stream().map(dot -> again(dot, now)).toList())
        : before;
  }

  /** Where all runs were alike, there is no band. */
  private static Line again(Line before) {
    return new Line(
        before.name(),
        before.x(),
        before.y(),
        unlike(before.low(), before.high()),
        unlike(before.high(), before.low()),
        before.members());
  }

  private static List<Double> unlike(List<Double> own, List<Double> other) {
    return IntStream.range(0, own.size())
        .mapToObj(i -> own.get(i).equals(other.get(i)) ? Double.valueOf(Double.NaN) : own.get(i))
        .toList();
  }

  private static Dot again(Dot before, List<Finding> now) {
    List<Interval> intervals =
        now.stream()
            .filter(finding -> finding.ours().value() == before.value())
            .map(finding -> finding.ours().interval())
            .distinct()
            .toList();
    return intervals.size() == 1
        ? new Dot(
            before.name(),
            before.value(),
            intervals.get(0).low(),
            intervals.get(0).high(),
            before.runs())
        : before;
  }

  private static String note(List<Finding> before, List<Finding> now) {
    String changed =
        IntStream.range(0, now.size())
            .filter(i -> !now.get(i).criterion().equals(before.get(i).criterion()))
            .mapToObj(
                i ->
                    "%s (%s before)"
                        .formatted(
                            now.get(i).name(), before.get(i).criterion().orElseThrow().verdict()))
            .collect(Collectors.joining("; "));
    return "Intervals of means were estimated again from the values of the runs; bands of curves were not. "
        + (changed.isEmpty()
            ? "No verdict changed with them."
            : "Verdicts that changed with them: " + changed + ".");
  }
}
