package dev.retort.evaluate;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Glyphs;
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
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/**
 * What policies are worth: for each policy and environment the mean return with its 95 % interval,
 * what that mean hides (median, interquartile mean, worst tenth, failures), and the probability of
 * being better than the first. Where every row is a population, the interquartile mean over its
 * runs comes first. Where scores are led by another measure than the return, all of this is of that
 * measure. Intervals are those of {@link Intervals}, and of a measure of two values those of {@link
 * Shares}.
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
   * @param worstTenth the mean of the worst tenth of the sample, whichever way is worse
   * @param min the least of the sample
   * @param max the largest of the sample
   * @param meanReturn the mean return, be it what leads or not
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
      double meanReturn,
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
    requireOneMeasure(scores);
    boolean shares = !scores.isEmpty() && Shares.are(scores);
    List<Optional<Improvement>> improvements = improvements(scores, shares);
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
              exactly(score, mean(score, shares)),
              exactly(score, of(sample, all -> Intervals.iqm(all, random), Estimate.NONE)),
              of(sample, Statistics::median),
              of(sample, all -> worst(all, score.better())),
              of(sample, all -> Statistics.quantile(all, 0)),
              of(sample, all -> Statistics.quantile(all, 1)),
              Statistics.mean(score.by(Measurements.RETURN).sample()),
              score.failures(),
              score.meanLength(),
              score.agreement(),
              score.widening(),
              improvements.get(rows.size())));
    }
    return new Evaluation(rows, scores, List.of());
  }

  private static void requireOneMeasure(List<Scores> scores) {
    List<String> measures = scores.stream().map(Scores::by).distinct().toList();
    if (measures.size() > 1) {
      throw new RetortException(
          "evaluation: expected scores led by one measure, got %s. Say by(..) of all of them."
              .formatted(String.join(", ", measures)));
    }
  }

  private static Estimate mean(Scores score, boolean shares) {
    return of(
        score.sample(), shares && score.runs() == 1 ? Shares::of : Intervals::mean, Estimate.NONE);
  }

  /** A statistic of a sample, NaN of one without any value. */
  private static double of(double[] sample, ToDoubleFunction<double[]> statistic) {
    return of(sample, statistic::applyAsDouble, Double.NaN);
  }

  private static <T> T of(double[] sample, Function<double[], T> statistic, T none) {
    return sample.length == 0 ? none : statistic.apply(sample);
  }

  private static double worst(double[] sample, Metric.Better better) {
    return better == Metric.Better.HIGHER
        ? Statistics.worst(sample, TENTH)
        : -Statistics.worst(Arrays.stream(sample).map(value -> -value).toArray(), TENTH);
  }

  /** The same with lines to be read below the table. */
  public Evaluation remarking(List<String> lines) {
    return new Evaluation(rows, scores, lines);
  }

  /** A value that is known exactly has no interval. */
  private static Estimate exactly(Scores score, Estimate estimate) {
    return score.isWhole() ? new Estimate(estimate.value(), Interval.NONE) : estimate;
  }

  private static List<Optional<Improvement>> improvements(List<Scores> scores, boolean shares) {
    List<Improvement.Pair> pairs = new ArrayList<>();
    for (Scores score : scores) {
      Scores first = first(scores, score);
      if (first != score) {
        boolean single = score.runs() == 1 && first.runs() == 1;
        pairs.add(
            new Improvement.Pair(
                single ? score.sample() : score.runMeans(),
                single ? first.sample() : first.runMeans(),
                score.better(),
                shares && single,
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

  /** The measure that leads: {@code return}, unless the evaluation was asked for another. */
  public String by() {
    return scores.get(0).by();
  }

  /** Which way is better. */
  Metric.Better better() {
    return scores.get(0).better();
  }

  /** Whether what leads is a share of episodes: a measure of two values, of single policies. */
  boolean isOfShares() {
    return Shares.are(scores);
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
    double[] own = better.places();
    double[] others = held.places();
    double[] differences = Statistics.differences(own, others);
    int[] both =
        IntStream.range(0, own.length).filter(pair -> Double.isFinite(differences[pair])).toArray();
    double[] x = Arrays.stream(both).mapToDouble(pair -> own[pair]).toArray();
    double[] y = Arrays.stream(both).mapToDouble(pair -> others[pair]).toArray();
    if (both.length == 0) {
      return Estimate.NONE;
    }
    return isOfShares() && better.runs() == 1 ? Shares.paired(x, y) : Intervals.paired(x, y);
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
    return new EvaluationTable(this).rows();
  }

  /** The return and the measures of every episode, one a row, from which all other numbers are. */
  public Table episodes() {
    return new EvaluationTable(this).episodes();
  }

  /** The estimates with their intervals, as dots; of populations every run as a small one. */
  public Figure plot() {
    EvaluationText text = new EvaluationText(this);
    List<Dot> dots = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Estimate estimate = headline(row);
      if (Double.isNaN(estimate.value())) {
        continue; // no episode has a value, and so there is no dot
      }
      double[] runs = row.runs() > 1 ? scores.get(i).runMeans() : new double[0];
      dots.add(
          new Dot(
                  oneEnv() ? row.policy() : row.policy() + " · " + text.where(row),
                  estimate.value(),
                  estimate.interval().low(),
                  estimate.interval().high())
              .runs(Arrays.stream(runs).boxed().toList()));
    }
    return new Dots(what() + ", over " + samples(), by() + ", 95 % intervals", dots);
  }

  boolean oneEnv() {
    return rows.stream().map(Row::env).distinct().count() == 1;
  }

  /** What the first number is, and where. */
  String what() {
    List<String> envs = rows.stream().map(Row::env).distinct().toList();
    return (isOfRuns() ? "IQM of the " : "Mean ")
        + by()
        + " on "
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
