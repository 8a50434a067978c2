package dev.retort.evaluate;

import dev.retort.RetortException;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Glyphs;
import dev.retort.figure.Numbers;
import dev.retort.figure.TextTable;
import dev.retort.random.RandomStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What policies are worth: for each policy and environment the interquartile mean of its returns
 * with a 95 % interval, and the probability that it beats the first.
 *
 * <pre>{@code
 * Evaluation.of(List.of(teacherScores, studentScores), 3).table();
 * }</pre>
 *
 * @param rows one a policy and environment, in the order of the scores
 * @param scores the returns that they are of
 * @param cautions sentences on what its policies are not: trained on these very environments
 */
public record Evaluation(List<Row> rows, List<Scores> scores, List<String> cautions) {
  private static final int MOST_CAUTIONS = 6;

  /**
   * One policy, or population, on one environment.
   *
   * @param policy its name
   * @param env the environment's name
   * @param runs how many independent runs
   * @param episodes how many episodes a run
   * @param sample what statistics and intervals are over: {@code 100 episodes} or {@code 10 runs}
   * @param iqm the interquartile mean of the sample
   * @param mean the mean of all returns
   * @param median the median of the sample
   * @param min the least of the sample
   * @param max the largest of the sample
   * @param length the mean length of an episode in steps
   * @param agreement the share of visited states at which the reference prefers the same choice
   * @param improvement the probability of a better return than the first policy's on the same
   *     environment; empty for the first
   */
  public record Row(
      String policy,
      String env,
      int runs,
      int episodes,
      String sample,
      Estimate iqm,
      double mean,
      double median,
      double min,
      double max,
      OptionalDouble length,
      OptionalDouble agreement,
      Optional<Estimate> improvement) {}

  /** Keeps copies. */
  public Evaluation {
    rows = List.copyOf(rows);
    scores = List.copyOf(scores);
    cautions = List.copyOf(cautions);
    if (rows.isEmpty()) {
      throw new RetortException("evaluation: expected the scores of a policy, got none.");
    }
  }

  /**
   * The statistics of scores; the first of each environment is what the others are compared to.
   *
   * <p>Two single policies are compared episode by episode. Where one of the two is a population,
   * the mean return of each of its runs is compared to that of the other's runs.
   *
   * @param scores one a policy and environment
   * @param seed names the resamples
   */
  public static Evaluation of(List<Scores> scores, long seed) {
    Bootstrap bootstrap = Bootstrap.usual();
    List<Row> rows = new ArrayList<>();
    for (Scores score : scores) {
      RandomStream random = RandomStream.of(seed, "bootstrap", rows.size());
      Scores first =
          scores.stream()
              .filter(other -> other.env().equals(score.env()))
              .findFirst()
              .orElse(score);
      double[] sample = score.sample();
      rows.add(
          new Row(
              score.name(),
              score.env(),
              score.runs(),
              score.episodes(),
              score.sampled(),
              bootstrap.estimate(sample, Statistics::iqm, random),
              Statistics.mean(score.returns()),
              Statistics.median(sample),
              Statistics.quantile(sample, 0),
              Statistics.quantile(sample, 1),
              score.meanLength(),
              score.agreement(),
              first == score
                  ? Optional.empty()
                  : Optional.of(improvement(score, first, bootstrap, random))));
    }
    return new Evaluation(rows, scores, List.of());
  }

  private static Estimate improvement(
      Scores score, Scores first, Bootstrap bootstrap, RandomStream random) {
    boolean episodes = score.runs() == 1 && first.runs() == 1;
    return bootstrap.estimate(
        column(episodes ? score.sample() : score.runMeans()),
        column(episodes ? first.sample() : first.runMeans()),
        Statistics::probabilityOfImprovement,
        random);
  }

  static double[][] column(double[] values) {
    double[][] column = new double[values.length][1];
    for (int i = 0; i < values.length; i++) {
      column[i][0] = values[i];
    }
    return column;
  }

  /** All numbers, one row a policy and environment. */
  public Table table() {
    return Numbers.in(
        Table.create(
            "evaluation",
            strings("policy", Row::policy),
            strings("environment", Row::env),
            IntColumn.create("runs", rows.stream().mapToInt(Row::runs).toArray()),
            IntColumn.create("episodes", rows.stream().mapToInt(Row::episodes).toArray()),
            numbers("IQM", row -> row.iqm().value()),
            numbers("IQM low", row -> row.iqm().interval().low()),
            numbers("IQM high", row -> row.iqm().interval().high()),
            numbers("mean", Row::mean),
            numbers("median", Row::median),
            numbers("min", Row::min),
            numbers("max", Row::max),
            numbers("length", row -> row.length().orElse(Double.NaN)),
            numbers("agreement", row -> row.agreement().orElse(Double.NaN)),
            numbers("P better", row -> of(row.improvement(), Estimate::value)),
            numbers("P low", row -> of(row.improvement(), estimate -> estimate.interval().low())),
            numbers(
                "P high", row -> of(row.improvement(), estimate -> estimate.interval().high()))));
  }

  /** The return of every episode, one a row, from which all other numbers are. */
  public Table episodes() {
    Table table =
        Table.create(
            "episodes",
            StringColumn.create("policy"),
            StringColumn.create("environment"),
            IntColumn.create("run"),
            IntColumn.create("episode"),
            DoubleColumn.create("return"));
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
    }
    return Numbers.in(table);
  }

  private static double of(Optional<Estimate> estimate, Function<Estimate, Double> part) {
    return estimate.map(part).orElse(Double.NaN);
  }

  private StringColumn strings(String name, Function<Row, String> cell) {
    return StringColumn.create(name, rows.stream().map(cell).toList());
  }

  private DoubleColumn numbers(String name, Function<Row, Double> cell) {
    return DoubleColumn.create(name, rows.stream().mapToDouble(cell::apply).toArray());
  }

  /** The interquartile means with their intervals, as dots. */
  public Figure plot() {
    return new Dots(
        "IQM of the return on " + (oneEnv() ? envs() : envsCounted()) + ", " + samples(),
        "return, 95 % intervals",
        rows.stream()
            .map(
                row ->
                    new Dot(
                        oneEnv() ? row.policy() : row.policy() + " · " + row.env(),
                        row.iqm().value(),
                        row.iqm().interval().low(),
                        row.iqm().interval().high()))
            .toList());
  }

  private boolean oneEnv() {
    return rows.stream().map(Row::env).distinct().count() == 1;
  }

  private String envsCounted() {
    return rows.stream().map(Row::env).distinct().count() + " environments";
  }

  private String envs() {
    return rows.stream().map(Row::env).distinct().collect(Collectors.joining(", "));
  }

  private String samples() {
    return rows.stream().map(Row::sample).distinct().collect(Collectors.joining(" or "));
  }

  /** The same evaluation, under whose table these sentences stand. */
  public Evaluation cautioned(List<String> sentences) {
    return new Evaluation(rows, scores, sentences);
  }

  /** The lines of its cautions, at most six. */
  private List<String> cautionLines(Glyphs glyphs) {
    List<String> lines =
        cautions.stream()
            .flatMap(caution -> TextTable.lines(caution, 80, glyphs).stream())
            .toList();
    if (lines.size() <= MOST_CAUTIONS) {
      return lines;
    }
    List<String> first = new ArrayList<>(lines.subList(0, MOST_CAUTIONS - 1));
    first.add("… (%s cautions in all; cautions() gives them)".formatted(cautions.size()));
    return first;
  }

  /** Summary, box and note: at most 24 lines of 80 columns. */
  public String text(Glyphs glyphs) {
    String found =
        rows.stream()
            .map(row -> row.policy() + " " + Numbers.of(row.iqm().value()))
            .collect(Collectors.joining(", "));
    String summary = "IQM on " + envs() + ": " + found;
    boolean known = rows.stream().anyMatch(row -> row.iqm().interval().isKnown());
    String note = (known ? "Bootstrap intervals over " : "No intervals over ") + samples() + ".";
    if (rows.stream().anyMatch(row -> row.improvement().isPresent())) {
      note += " P(better): than " + rows.get(0).policy() + ".";
    }
    Optional<String> caution =
        Bootstrap.caution(
            scores.stream().mapToInt(each -> each.sample().length),
            samples().contains("run") ? "runs" : "episodes");
    return TextTable.line(summary, glyphs)
        + "\n"
        + box().text((caution.isPresent() ? 21 : 22) - cautionLines(glyphs).size(), glyphs)
        + "\n"
        + TextTable.line(note, glyphs)
        + caution.map(line -> "\n" + TextTable.line(line, glyphs)).orElse("")
        + cautionLines(glyphs).stream().map("\n"::concat).collect(Collectors.joining());
  }

  /** What a person looks for first, one row a policy and environment, as text. */
  public TextTable box() {
    List<Shown> shown = new ArrayList<>();
    shown.add(new Shown("policy", Row::policy));
    if (!oneEnv()) {
      int common = commonPath();
      shown.add(new Shown("environment", row -> row.env().substring(common)));
    }
    Map<Row, String> estimates = estimates();
    shown.add(new Shown("IQM [95 %]", estimates::get));
    shown.add(new Shown("mean", row -> Numbers.of(row.mean())));
    if (rows.stream().anyMatch(row -> row.length().isPresent())) {
      shown.add(new Shown("length", row -> Numbers.of(row.length().orElse(Double.NaN))));
    }
    if (rows.stream().anyMatch(row -> row.agreement().isPresent())) {
      shown.add(new Shown("agrees", row -> Numbers.percent(row.agreement().orElse(Double.NaN))));
    }
    if (rows.stream().anyMatch(row -> row.improvement().isPresent())) {
      shown.add(
          new Shown(
              "P(better) [95 %]",
              row -> row.improvement().map(Evaluation::probability).orElse("–")));
    }
    return TextTable.of(
        shown.stream().map(Shown::name).toList(),
        rows.stream()
            .map(row -> shown.stream().map(column -> column.cell.apply(row)).toList())
            .toList());
  }

  /**
   * How much of their names the environments share, up to a slash: what a narrow column can spare.
   */
  private int commonPath() {
    String first = rows.get(0).env();
    int common = first.length();
    for (Row row : rows) {
      int same = 0;
      while (same < Math.min(common, row.env().length())
          && row.env().charAt(same) == first.charAt(same)) {
        same++;
      }
      common = same;
    }
    return first.lastIndexOf('/', common - 1) + 1;
  }

  /** The interquartile means with their intervals, all with the same count of decimals. */
  private Map<Row, String> estimates() {
    double[] numbers =
        rows.stream()
            .map(Row::iqm)
            .flatMapToDouble(
                iqm -> DoubleStream.of(iqm.value(), iqm.interval().low(), iqm.interval().high()))
            .toArray();
    double largest =
        DoubleStream.of(numbers).filter(Double::isFinite).map(Math::abs).max().orElse(0);
    List<String> texts =
        0.1 <= largest && largest < 1 // a share of successes, whose fourth digit says nothing
            ? DoubleStream.of(numbers).mapToObj(x -> Numbers.fixed(x, 3)).toList()
            : Numbers.column(numbers);
    Map<Row, String> estimates = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      List<String> own = texts.subList(3 * i, 3 * i + 3);
      estimates.put(
          rows.get(i),
          rows.get(i).iqm().interval().isKnown()
              ? "%s [%s, %s]".formatted(own.get(0), own.get(1), own.get(2))
              : own.get(0) + " –");
    }
    return estimates;
  }

  /** A probability with its interval, to two decimals. */
  static String probability(Estimate p) {
    if (!p.interval().isKnown()) {
      return Numbers.fixed(p.value(), 2) + " –";
    }
    return "%s [%s, %s]"
        .formatted(
            Numbers.fixed(p.value(), 2),
            Numbers.fixed(p.interval().low(), 2),
            Numbers.fixed(p.interval().high(), 2));
  }

  /** A column of the box. */
  private record Shown(String name, Function<Row, String> cell) {}

  @Override
  public String toString() {
    return text(Glyphs.current());
  }
}
