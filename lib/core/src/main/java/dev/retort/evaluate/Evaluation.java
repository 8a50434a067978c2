package dev.retort.evaluate;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Glyphs;
import dev.retort.figure.Numbers;
import dev.retort.figure.TextTable;
import dev.retort.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What policies are worth: for each policy and environment the mean return with its 95 % interval,
 * what that mean hides (median, interquartile mean, worst tenth, failures), and the probability of
 * being better than the first. Where every row is a population, the interquartile mean over its
 * runs comes first. Intervals are those of {@link Intervals}.
 *
 * <pre>{@code
 * Evaluation.of(List.of(teacherScores, studentScores), 3).table();
 * }</pre>
 *
 * @param rows one a policy and environment, in the order of the scores
 * @param scores the returns that they are of
 * @param remarks what else has to be known, a line each
 */
public record Evaluation(List<Row> rows, List<Scores> scores, List<String> remarks) {
  private static final double TENTH = 0.1;

  /**
   * One policy, or population, on one environment.
   *
   * @param policy its name
   * @param env the environment's name
   * @param runs how many independent runs
   * @param episodes how many episodes a run
   * @param sample what statistics and intervals are over: {@code 100 episodes}, {@code 8 contexts}
   *     or {@code 10 runs}
   * @param mean the mean of the sample
   * @param iqm the interquartile mean of the sample
   * @param median the median of the sample
   * @param worstTenth the mean of the worst tenth of the sample
   * @param min the least of the sample
   * @param max the largest of the sample
   * @param failures the share of episodes without success, where that is defined
   * @param length the mean length of an episode in steps
   * @param agreement the share of visited states at which the reference prefers the same choice
   * @param widening by how much the choice of episodes widens an interval over runs; 0.25 for a
   *     quarter
   * @param improvement how it compares to the first policy on the same environment; empty for the
   *     first
   */
  public record Row(
      String policy,
      String env,
      int runs,
      int episodes,
      String sample,
      Estimate mean,
      Estimate iqm,
      double median,
      double worstTenth,
      double min,
      double max,
      OptionalDouble failures,
      OptionalDouble length,
      OptionalDouble agreement,
      OptionalDouble widening,
      Optional<Improvement> improvement) {}

  /** Keeps copies. */
  public Evaluation {
    rows = List.copyOf(rows);
    scores = List.copyOf(scores);
    remarks = List.copyOf(remarks);
    if (rows.isEmpty()) {
      throw new RetortException("evaluation: expected the scores of a policy, got none.");
    }
  }

  /**
   * The statistics of scores; the first of each environment is what the others are compared to.
   *
   * <p>Two single policies are compared episode by episode, or context by context. Where one of the
   * two is a population, the mean return of each of its runs is compared to that of the other's
   * runs.
   *
   * @param scores one a policy and environment
   * @param seed names the resamples
   */
  public static Evaluation of(List<Scores> scores, long seed) {
    List<Optional<Improvement>> improvements = improvements(scores);
    List<Row> rows = new ArrayList<>();
    for (Scores score : scores) {
      RandomStream random = RandomStream.of(seed, "bootstrap", rows.size());
      double[] sample = score.sample();
      rows.add(
          new Row(
              score.name(),
              score.env(),
              score.runs(),
              score.episodes(),
              score.sampled(),
              exactly(score, Intervals.mean(sample)),
              exactly(score, Intervals.iqm(sample, random)),
              Statistics.median(sample),
              Statistics.worst(sample, TENTH),
              Statistics.quantile(sample, 0),
              Statistics.quantile(sample, 1),
              score.failures(),
              score.meanLength(),
              score.agreement(),
              score.widening(),
              improvements.get(rows.size())));
    }
    return new Evaluation(rows, scores, List.of());
  }

  /** The same with lines to be read below the table. */
  public Evaluation remarking(List<String> lines) {
    return new Evaluation(rows, scores, lines);
  }

  /** A value that is known exactly has no interval. */
  private static Estimate exactly(Scores score, Estimate estimate) {
    return score.isWhole() ? new Estimate(estimate.value(), Interval.NONE) : estimate;
  }

  private static List<Optional<Improvement>> improvements(List<Scores> scores) {
    List<Improvement.Pair> pairs = new ArrayList<>();
    for (Scores score : scores) {
      Scores first = first(scores, score);
      if (first != score) {
        boolean single = score.runs() == 1 && first.runs() == 1;
        pairs.add(
            new Improvement.Pair(
                single ? score.sample() : score.runMeans(),
                single ? first.sample() : first.runMeans(),
                score.isWhole() && first.isWhole()));
      }
    }
    Iterator<Improvement> found = Improvement.all(pairs).iterator();
    return scores.stream()
        .map(
            score ->
                first(scores, score) == score
                    ? Optional.<Improvement>empty()
                    : Optional.of(found.next()))
        .toList();
  }

  /** What scores are compared to: the first on the same environment. */
  private static Scores first(List<Scores> scores, Scores score) {
    return scores.stream()
        .filter(other -> other.env().equals(score.env()))
        .findFirst()
        .orElse(score);
  }

  /** Whether every row is a population, so that interquartile means over runs come first. */
  public boolean isOfRuns() {
    return rows.stream().allMatch(row -> row.runs() > 1);
  }

  /** The estimate that comes first: the interquartile mean over runs, or the mean. */
  public Estimate headline(Row row) {
    return isOfRuns() ? row.iqm() : row.mean();
  }

  /**
   * What one row has over another where both are of the same seeds, contexts or episodes: the mean
   * of the differences, pair by pair, with its interval.
   *
   * @param name the row that is to be the better
   * @param other the row that it is held against
   */
  public Estimate gain(String name, String other) {
    Scores better = named(name);
    Scores held = named(other);
    if (!better.env().equals(held.env()) || !better.unit().equals(held.unit())) {
      throw new RetortException(
          "gain of '%s' over '%s': expected pairs of one kind on one task, got %s on %s and %s on %s."
              .formatted(name, other, better.unit(), better.env(), held.unit(), held.env()));
    }
    return Intervals.paired(better.sample(), held.sample());
  }

  private Scores named(String name) {
    return scores.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownNameException(
                    "row", name, scores.stream().map(Scores::name).distinct().toList()));
  }

  /** All numbers, one row a policy and environment. */
  public Table table() {
    Table table =
        Table.create(
            "evaluation",
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
            numbers("failures", row -> row.failures().orElse(Double.NaN)),
            numbers("length", row -> row.length().orElse(Double.NaN)),
            numbers("widening", row -> row.widening().orElse(Double.NaN)),
            numbers("agreement", row -> row.agreement().orElse(Double.NaN)),
            numbers("P better", row -> of(row, p -> p.probability().value())),
            numbers("P low", row -> of(row, p -> p.probability().interval().low())),
            numbers("P high", row -> of(row, p -> p.probability().interval().high())),
            numbers("p", row -> of(row, p -> p.chance().orElse(Double.NaN))));
    return Numbers.in(table);
  }

  /** The return and the measures of every episode, one a row, from which all other numbers are. */
  public Table episodes() {
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

  /** The estimates with their intervals, as dots; of populations every run as a small one. */
  public Figure plot() {
    EvaluationText text = new EvaluationText(this);
    List<Dot> dots = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Estimate estimate = headline(row);
      double[] runs = row.runs() > 1 ? scores.get(i).runMeans() : new double[0];
      dots.add(
          new Dot(
                  oneEnv() ? row.policy() : row.policy() + " · " + text.where(row),
                  estimate.value(),
                  estimate.interval().low(),
                  estimate.interval().high())
              .runs(Arrays.stream(runs).boxed().toList()));
    }
    return new Dots(what() + ", over " + samples(), "return, 95 % intervals", dots);
  }

  boolean oneEnv() {
    return rows.stream().map(Row::env).distinct().count() == 1;
  }

  /** What the first number is, and where. */
  String what() {
    List<String> envs = rows.stream().map(Row::env).distinct().toList();
    return (isOfRuns() ? "IQM of the return on " : "Mean return on ")
        + (oneEnv() ? envs.get(0) : envs.size() + " environments");
  }

  /** What intervals are over: {@code 100 episodes, 3 or 5 runs}. */
  String samples() {
    Map<String, String> counts = new LinkedHashMap<>();
    rows.stream()
        .map(Row::sample)
        .distinct()
        .map(sample -> sample.split(" "))
        .forEach(words -> counts.merge(words[1], words[0], (all, one) -> all + " or " + one));
    return counts.entrySet().stream()
        .map(each -> each.getValue() + " " + each.getKey())
        .collect(Collectors.joining(", "));
  }

  /** Summary, boxes and notes: at most 24 lines of 80 columns. */
  public String text(Glyphs glyphs) {
    return new EvaluationText(this).text(glyphs);
  }

  /** What a person looks for first, one row a policy and environment, as text. */
  public TextTable box() {
    return new EvaluationText(this).box();
  }

  /** How the others compare to the first; empty where there are no others. */
  public Optional<TextTable> comparisons() {
    return new EvaluationText(this).comparisons();
  }

  /** What has to be known to read the boxes, a line each. */
  public List<String> notes() {
    return new EvaluationText(this).notes();
  }

  @Override
  public String toString() {
    return text(Glyphs.current());
  }
}
