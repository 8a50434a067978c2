package dev.retort.evaluate;

import dev.retort.evaluate.Evaluation.Row;
import dev.retort.figure.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** An evaluation as tables to compute with. */
final class EvaluationTable {
  private final Evaluation evaluation;
  private final List<Row> rows;
  private final List<Scores> scores;

  EvaluationTable(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.rows = evaluation.rows();
    this.scores = evaluation.scores();
  }

  /** All numbers, one row a policy and environment. */
  Table rows() {
    Table table =
        Table.create(
            name(),
            strings("policy", Row::policy),
            strings("environment", Row::env),
            IntColumn.create("runs", rows.stream().mapToInt(Row::runs).toArray()),
            IntColumn.create("episodes", rows.stream().mapToInt(Row::episodes).toArray()),
            numbers("mean", row -> row.mean().value()),
            numbers("mean low", row -> row.mean().interval().low()),
            numbers("mean high", row -> row.mean().interval().high()),
            numbers("IQM", row -> row.iqm().value()),
            numbers("IQM low", row -> row.iqm().interval().low()),
            numbers("IQM high", row -> row.iqm().interval().high()),
            numbers("median", Row::median),
            numbers("worst tenth", Row::worstTenth),
            numbers("min", Row::min),
            numbers("max", Row::max),
            numbers("return", Row::meanReturn),
            numbers("failures", row -> row.failures().orElse(Double.NaN)),
            numbers("length", row -> row.length().orElse(Double.NaN)),
            numbers("widening", row -> row.widening().orElse(Double.NaN)),
            numbers("agreement", row -> row.agreement().orElse(Double.NaN)),
            numbers("P better", row -> of(row, p -> p.probability().value())),
            numbers("P low", row -> of(row, p -> p.probability().interval().low())),
            numbers("P high", row -> of(row, p -> p.probability().interval().high())),
            numbers("p", row -> of(row, p -> p.chance().orElse(Double.NaN))));
    if (evaluation.isOfShares()) {
      table.addColumns(
          numbers("difference", row -> difference(row).value()),
          numbers("difference low", row -> difference(row).interval().low()),
          numbers("difference high", row -> difference(row).interval().high()));
    }
    return Numbers.in(table);
  }

  private String name() {
    String by = evaluation.by();
    return by.equals(Measurements.RETURN) ? "evaluation" : "evaluation by " + by;
  }

  private static Estimate difference(Row row) {
    return row.improvement().flatMap(Improvement::difference).orElse(Estimate.NONE);
  }

  /** The return and the measures of every episode, one a row, from which all other numbers are. */
  Table episodes() {
    List<String> measures =
        scores.stream().flatMap(score -> score.measures().stream()).distinct().toList();
    Table table =
        Table.create(
            "episodes",
            StringColumn.create("policy"),
            StringColumn.create("environment"),
            IntColumn.create("run"),
            IntColumn.create("episode"),
            DoubleColumn.create("return"));
    measures.forEach(measure -> table.addColumns(DoubleColumn.create(measure)));
    for (Scores score : scores) {
      double[][] returns = score.returns();
      for (int run = 0; run < returns.length; run++) {
        for (int episode = 0; episode < returns[run].length; episode++) {
          table.stringColumn("policy").append(score.name());
          table.stringColumn("environment").append(score.env());
          table.intColumn("run").append(run);
          table.intColumn("episode").append(episode);
          table.doubleColumn("return").append(returns[run][episode]);
        }
      }
      for (String measure : measures) {
        double[] values =
            score.measures().contains(measure)
                ? Statistics.pooled(score.measures(measure))
                : missing(score.runs() * score.episodes());
        Arrays.stream(values).forEach(table.doubleColumn(measure)::append);
      }
    }
    return Numbers.in(table);
  }

  private static double[] missing(int count) {
    double[] missing = new double[count];
    Arrays.fill(missing, Double.NaN);
    return missing;
  }

  private static double of(Row row, Function<Improvement, Double> part) {
    return row.improvement().map(part).orElse(Double.NaN);
  }

  private StringColumn strings(String name, Function<Row, String> cell) {
    return StringColumn.create(name, rows.stream().map(cell).toList());
  }

  private DoubleColumn numbers(String name, Function<Row, Double> cell) {
    return DoubleColumn.create(name, rows.stream().mapToDouble(cell::apply).toArray());
  }
}
