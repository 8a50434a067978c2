package dev.retort.evaluate;

import dev.retort.RetortException;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Glyphs;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Numbers;
import dev.retort.figure.TextTable;
import dev.retort.random.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Several ways to learn, or several populations, side by side: the interquartile mean of a metric
 * over runs with a 95 % interval, and the probability that a run is better than one of the first.
 * Intervals are those of {@link Intervals}.
 *
 * <pre>{@code
 * Comparison.of(List.of(scratch, warm), Metric.areaUnderCurve(), 0).plot();
 * }</pre>
 *
 * @param label what is compared, such as {@code area under the curve}, or {@code success}
 * @param better which way is better
 * @param unit what the sample of a group consists of: {@code runs} or {@code episodes}
 * @param rows one a group, in the order in which they were named
 * @param figure the picture of the comparison
 */
public record Comparison(
    String label, Metric.Better better, String unit, List<Row> rows, Figure figure) {
  /**
   * One group.
   *
   * @param name its name
   * @param sample how many runs, or how many episodes of a single run
   * @param iqm the interquartile mean of the metric over runs
   * @param mean the mean of the metric
   * @param share the mean of a measure of two values, which then comes first; see {@link Shares}
   * @param improvement how a run compares to one of the first group; empty for the first
   * @param reached how many runs got there, where the metric is a time
   * @param steps how many environment steps the compared episodes were, on average over runs; empty
   *     where no episodes are compared
   */
  public record Row(
      String name,
      int sample,
      Estimate iqm,
      double mean,
      Optional<Estimate> share,
      Optional<Improvement> improvement,
      Optional<Long> reached,
      OptionalDouble steps) {
    /** The estimate that comes first. */
    public Estimate headline() {
      return share.orElse(iqm);
    }
  }

  /** Keeps a copy of the rows. */
  public Comparison {
    rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new RetortException("compare: expected at least one group, got none.");
    }
  }

  /**
   * Learning curves by a metric.
   *
   * @param groups recorded over the same range of steps
   * @param seed names the resamples
   */
  public static Comparison of(List<RunGroup> groups, Metric metric, long seed) {
    for (RunGroup group : groups) {
      RunGroup first = groups.get(0);
      if (group.end() != first.end() || group.steps()[0] != first.steps()[0]) {
        throw new RetortException(
            "compare: expected curves over the same steps, got %s to %s for '%s' and %s to %s for '%s'. Train both equally long."
                .formatted(
                    exact(first.steps()[0]),
                    exact(first.end()),
                    first.name(),
                    exact(group.steps()[0]),
                    exact(group.end()),
                    group.name()));
      }
    }
    List<Line> lines = new ArrayList<>();
    for (RunGroup group : groups) {
      lines.add(group.line(RandomStream.of(seed, "band", lines.size())));
    }
    List<Row> rows =
        rows(
            groups.stream().map(RunGroup::name).toList(),
            groups.stream().map(group -> group.values(metric)).toList(),
            groups.stream()
                .map(
                    group ->
                        metric instanceof Metric.TimeTo time
                            ? Optional.of(group.reached(time))
                            : Optional.<Long>empty())
                .toList(),
            groups.stream().map(group -> group.stepsOf(metric)).toList(),
            metric.better(),
            false,
            seed);
    String unit = groups.get(0).unit();
    Lines figure =
        new Lines("Return while learning: IQM and 95 % band over runs", unit, "return", lines);
    return new Comparison(metric.label(unit), metric.better(), "runs", rows, figure);
  }

  /** A step with all its digits, so that different ones never read alike. */
  private static String exact(double step) {
    return step == Math.rint(step) && Math.abs(step) < 1L << 53
        ? Numbers.count((long) step)
        : String.valueOf(step);
  }

  /**
   * Populations by the mean of each run, single policies by each episode: of the return, or of the
   * measure that leads.
   */
  public static Comparison ofScores(List<Scores> scores, long seed) {
    boolean episodes = scores.stream().allMatch(each -> each.runs() == 1);
    boolean shares = episodes && Shares.are(scores);
    String by = scores.get(0).by();
    Metric.Better better = scores.get(0).better();
    List<Row> rows =
        rows(
            scores.stream().map(Scores::name).toList(),
            scores.stream().map(each -> episodes ? each.sample() : each.runMeans()).toList(),
            Collections.nCopies(scores.size(), Optional.empty()),
            Collections.nCopies(scores.size(), OptionalDouble.empty()),
            better,
            shares,
            seed);
    List<Dot> dots =
        rows.stream()
            .filter(row -> !Double.isNaN(row.headline().value()))
            .map(
                row -> {
                  Interval interval = row.headline().interval();
                  return new Dot(
                      row.name(), row.headline().value(), interval.low(), interval.high());
                })
            .toList();
    return new Comparison(
        by,
        better,
        episodes ? "episodes" : "runs",
        rows,
        new Dots((shares ? "Mean " : "IQM of the ") + by, by + ", 95 % intervals", dots));
  }

  private static List<Row> rows(
      List<String> names,
      List<double[]> values,
      List<Optional<Long>> reached,
      List<OptionalDouble> steps,
      Metric.Better better,
      boolean shares,
      long seed) {
    double[] first = values.get(0);
    List<Improvement> improvements =
        Improvement.all(
            values.stream()
                .skip(1)
                .map(own -> new Improvement.Pair(own, first, better, shares, false))
                .toList());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      double[] own = values.get(i);
      rows.add(
          new Row(
              names.get(i),
              own.length,
              own.length == 0
                  ? Estimate.NONE
                  : Intervals.iqm(own, RandomStream.of(seed, "bootstrap", i)),
              own.length == 0 ? Double.NaN : Statistics.mean(own),
              shares ? Optional.of(Shares.of(own)) : Optional.empty(),
              i == 0 ? Optional.empty() : Optional.of(improvements.get(i - 1)),
              reached.get(i),
              steps.get(i)));
    }
    return rows;
  }

  /** All numbers, one row a group. */
  public Table table() {
    Table table =
        Table.create(
            "comparison by " + label,
            StringColumn.create("group", rows.stream().map(Row::name).toList()),
            IntColumn.create(unit, rows.stream().mapToInt(Row::sample).toArray()),
            numbers("IQM", row -> row.iqm().value()),
            numbers("IQM low", row -> row.iqm().interval().low()),
            numbers("IQM high", row -> row.iqm().interval().high()),
            numbers("mean", Row::mean),
            numbers("P better", row -> of(row, p -> p.probability().value())),
            numbers("P low", row -> of(row, p -> p.probability().interval().low())),
            numbers("P high", row -> of(row, p -> p.probability().interval().high())),
            numbers("p", row -> of(row, p -> p.chance().orElse(Double.NaN))));
    if (isOfShares()) {
      table.addColumns(
          numbers("share low", row -> row.headline().interval().low()),
          numbers("share high", row -> row.headline().interval().high()),
          numbers("difference", row -> of(row, p -> p.difference().get().value())),
          numbers("difference low", row -> of(row, p -> p.difference().get().interval().low())),
          numbers("difference high", row -> of(row, p -> p.difference().get().interval().high())));
    }
    if (rows.get(0).reached().isPresent()) {
      table.addColumns(
          IntColumn.create(
              "reached", rows.stream().mapToInt(row -> row.reached().get().intValue()).toArray()));
    }
    if (rows.get(0).steps().isPresent()) {
      table.addColumns(numbers("environment steps", row -> row.steps().getAsDouble()));
    }
    return Numbers.in(table);
  }

  private boolean isOfShares() {
    return rows.get(0).share().isPresent();
  }

  private static double of(Row row, ToDoubleFunction<Improvement> part) {
    return row.improvement().map(part::applyAsDouble).orElse(Double.NaN);
  }

  private DoubleColumn numbers(String name, ToDoubleFunction<Row> cell) {
    return DoubleColumn.create(name, rows.stream().mapToDouble(cell).toArray());
  }

  /** The curves with their bands, or the estimates as dots. */
  public Figure plot() {
    return figure;
  }

  /** Summary, box and note: at most 12 lines of 80 columns. */
  public String text(Glyphs glyphs) {
    String found =
        rows.stream()
            .map(row -> row.name() + " " + Numbers.of(row.headline().value()))
            .collect(Collectors.joining(", "));
    boolean timed = rows.get(0).reached().isPresent();
    List<String> header =
        List.of(
            "group",
            unit,
            isOfShares() ? "share [95 %]" : "IQM [95 %]",
            timed ? "reached" : "mean",
            isOfShares() ? "difference [95 %]" : "P(better) [95 %]",
            "p");
    List<List<String>> cells =
        rows.stream()
            .map(
                row ->
                    List.of(
                        row.name(),
                        Numbers.count(row.sample()),
                        row.share()
                            .map(EvaluationText::share)
                            .orElseGet(() -> row.iqm().toString()),
                        row.reached()
                            .map(there -> there + " of " + row.sample())
                            .orElse(Numbers.of(row.mean())),
                        row.improvement()
                            .map(p -> EvaluationText.share(p.difference().orElse(p.probability())))
                            .orElse("–"),
                        row.improvement().map(EvaluationText::chance).orElse("–")))
            .toList();
    List<String> notes = notes();
    return TextTable.line("By " + label + ": " + found, glyphs)
        + "\n"
        + TextTable.of(header, cells).text(11 - notes.size(), glyphs)
        + notes.stream()
            .map(line -> "\n" + TextTable.line(line, glyphs))
            .collect(Collectors.joining());
  }

  /** What has to be known to read the table, a line each. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    String way = better == Metric.Better.HIGHER ? "higher" : "lower";
    notes.add(
        "95 %% intervals over %s; %s is better. P(better), p: than %s."
            .formatted(unit, way, rows.get(0).name()));
    if (rows.stream().anyMatch(row -> !row.headline().interval().isKnown())) {
      notes.add(
          "– no spread: fewer than %s %s, or all alike. Take more."
              .formatted(Intervals.LEAST, unit));
    }
    if (rows.size() > 2) {
      notes.add("p: corrected by Holm for %s comparisons.".formatted(rows.size() - 1));
    }
    steps().ifPresent(notes::add);
    return notes;
  }

  /** How long the compared episodes were: episodes of different length are compared one by one. */
  private Optional<String> steps() {
    return rows.get(0).steps().isEmpty()
        ? Optional.empty()
        : Optional.of(
            rows.stream()
                .map(row -> row.name() + " " + Numbers.of(row.steps().getAsDouble()))
                .collect(Collectors.joining(", ", "These episodes took environment steps: ", ".")));
  }

  @Override
  public String toString() {
    return text(Glyphs.current());
  }
}
