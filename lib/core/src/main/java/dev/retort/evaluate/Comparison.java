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
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Several ways to learn, or several populations, side by side: the interquartile mean of a metric
 * over runs with a 95 % interval, and the probability that a run is better than one of the first.
 *
 * <pre>{@code
 * Comparison.of(List.of(scratch, warm), Metric.areaUnderCurve(), 0).plot();
 * }</pre>
 *
 * @param label what is compared, such as {@code area under the curve}
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
   * @param improvement the probability that a run is better than one of the first group; empty for
   *     the first
   * @param reached how many runs got there, where the metric is a time
   * @param steps how many environment steps the compared episodes were, on average over runs; empty
   *     where no episodes are compared
   */
  public record Row(
      String name,
      int sample,
      Estimate iqm,
      double mean,
      Optional<Estimate> improvement,
      Optional<Long> reached,
      OptionalDouble steps) {}

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
  public static Comparison of(List<Group> groups, Metric metric, long seed) {
    for (Group group : groups) {
      Group first = groups.get(0);
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
    List<Row> rows = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (Group group : groups) {
      double[] first = groups.get(0).values(metric);
      Optional<Long> reached =
          metric instanceof Metric.TimeTo time
              ? Optional.of(group.reached(time))
              : Optional.empty();
      rows.add(
          row(
              group.name(),
              group.values(metric),
              first,
              metric.better(),
              reached,
              group.stepsOf(metric),
              rows.size(),
              seed));
      lines.add(group.line(RandomStream.of(seed, "band", lines.size())));
    }
    String unit = groups.get(0).unit();
    Lines figure =
        new Lines("Return over training: IQM and 95 % band over runs", unit, "return", lines);
    return new Comparison(metric.label(unit), metric.better(), "runs", rows, figure);
  }

  /** A step with all its digits, so that different ones never read alike. */
  private static String exact(double step) {
    return step == Math.rint(step) && Math.abs(step) < 1L << 53
        ? Numbers.count((long) step)
        : String.valueOf(step);
  }

  /** Populations by the mean return of each run; single policies by the return of each episode. */
  public static Comparison ofScores(List<Scores> scores, long seed) {
    List<Row> rows = new ArrayList<>();
    boolean episodes = scores.stream().allMatch(each -> each.runs() == 1);
    for (Scores score : scores) {
      double[] values = episodes ? score.sample() : score.runMeans();
      double[] first = episodes ? scores.get(0).sample() : scores.get(0).runMeans();
      rows.add(
          row(
              score.name(),
              values,
              first,
              Metric.Better.HIGHER,
              Optional.empty(),
              OptionalDouble.empty(),
              rows.size(),
              seed));
    }
    List<Dot> dots =
        rows.stream()
            .map(
                row ->
                    new Dot(
                        row.name(),
                        row.iqm().value(),
                        row.iqm().interval().low(),
                        row.iqm().interval().high()))
            .toList();
    return new Comparison(
        "return",
        Metric.Better.HIGHER,
        episodes ? "episodes" : "runs",
        rows,
        new Dots("IQM of the return", "return, 95 % intervals", dots));
  }

  private static Row row(
      String name,
      double[] values,
      double[] first,
      Metric.Better better,
      Optional<Long> reached,
      OptionalDouble steps,
      int index,
      long seed) {
    Bootstrap bootstrap = Bootstrap.usual();
    RandomStream random = RandomStream.of(seed, "bootstrap", index);
    Estimate iqm = bootstrap.estimate(values, Statistics::iqm, random);
    Optional<Estimate> improvement = Optional.empty();
    if (index > 0) {
      double[][] x = Evaluation.column(values);
      double[][] y = Evaluation.column(first);
      improvement =
          Optional.of(
              better == Metric.Better.HIGHER
                  ? bootstrap.estimate(x, y, Statistics::probabilityOfImprovement, random)
                  : bootstrap.estimate(y, x, Statistics::probabilityOfImprovement, random));
    }
    return new Row(name, values.length, iqm, Statistics.mean(values), improvement, reached, steps);
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
            numbers("P better", row -> row.improvement().map(Estimate::value).orElse(Double.NaN)),
            numbers("P low", row -> end(row, Interval::low)),
            numbers("P high", row -> end(row, Interval::high)));
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

  private static double end(Row row, ToDoubleFunction<Interval> end) {
    return row.improvement().map(p -> end.applyAsDouble(p.interval())).orElse(Double.NaN);
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
            .map(row -> row.name() + " " + Numbers.of(row.iqm().value()))
            .collect(Collectors.joining(", "));
    boolean timed = rows.get(0).reached().isPresent();
    List<String> header =
        List.of("group", unit, "IQM [95 %]", timed ? "reached" : "mean", "P(better) [95 %]");
    List<List<String>> cells =
        rows.stream()
            .map(
                row ->
                    List.of(
                        row.name(),
                        Numbers.count(row.sample()),
                        row.iqm().toString(),
                        row.reached()
                            .map(there -> there + " of " + row.sample())
                            .orElse(Numbers.of(row.mean())),
                        row.improvement().map(Evaluation::probability).orElse("–")))
            .toList();
    String way = better == Metric.Better.HIGHER ? "higher" : "lower";
    String note =
        "Bootstrap intervals over %s; %s is better. P(better): than %s."
            .formatted(unit, way, rows.get(0).name());
    Optional<String> caution = Bootstrap.caution(rows.stream().mapToInt(Row::sample), unit);
    return TextTable.line("By " + label + ": " + found, glyphs)
        + "\n"
        + TextTable.of(header, cells)
            .text(10 - (int) Stream.of(caution, steps()).flatMap(Optional::stream).count(), glyphs)
        + "\n"
        + TextTable.line(note, glyphs)
        + steps().map(line -> "\n" + TextTable.line(line, glyphs)).orElse("")
        + caution.map(line -> "\n" + TextTable.line(line, glyphs)).orElse("");
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
