package dev.retort.evaluate;

import static java.util.Arrays.stream;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.Env;
import dev.retort.figure.Numbers;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * The returns of one policy, or of a population of independently trained ones, on one environment.
 *
 * <p>What counts as a sample depends on how many runs there are. A single run speaks only for
 * itself: its sample are its <em>episodes</em>, or the <em>contexts</em> of a family, each with the
 * mean of its episodes, and an interval says how well that one policy is known. Of several runs the
 * sample are the runs' mean returns, and an interval says what training once more would give.
 */
public final class Scores {
  private final String name;
  private final String env;
  private final double[][] returns;
  private final Map<String, double[][]> measures;
  private final Sampling sampling;
  private final Visits visits;

  /**
   * Where the episodes come from.
   *
   * @param contexts of how many contexts the environment draws: episode {@code e} plays context
   *     {@code e mod contexts}; 1 where there is no choice, {@code Integer.MAX_VALUE} where every
   *     episode has its own
   * @param isDetermined whether nothing was left to chance in any episode, neither in the
   *     environment nor in the policy, so that a context played again gives the same return
   */
  record Sampling(int contexts, boolean isDetermined) {
    static final Sampling UNKNOWN = new Sampling(1, false);

    /** Whether so many episodes tell all there is to know. */
    boolean isWhole(int episodes) {
      return isDetermined && episodes >= contexts;
    }
  }

  private static final String MEASURE = "measure ";

  /**
   * What was seen on the way.
   *
   * @param steps how many steps there were in all; 0 where nobody counted
   * @param compared at how many of them a reference was asked
   * @param agreed at how many of those it would have done the same
   */
  record Visits(long steps, long compared, long agreed) {
    static final Visits NONE = new Visits(0, 0, 0);

    static Visits of(long[] numbers) {
      if (numbers.length != 3) {
        throw new RetortException(
            "scores: expected three numbers of visits, got " + numbers.length + ".");
      }
      return new Visits(numbers[0], numbers[1], numbers[2]);
    }

    long[] numbers() {
      return new long[] {steps, compared, agreed};
    }

    Visits plus(Visits more) {
      return new Visits(steps + more.steps, compared + more.compared, agreed + more.agreed);
    }
  }

  Scores(
      String name,
      String env,
      double[][] returns,
      Map<String, double[][]> measures,
      Sampling sampling,
      Visits visits) {
    this.name = name;
    this.env = env;
    this.returns = copy(returns);
    this.measures = new LinkedHashMap<>();
    measures.forEach((measure, values) -> this.measures.put(measure, copy(values)));
    this.sampling = sampling;
    this.visits = visits;
    measures.forEach(
        (measure, values) -> {
          if (values.length != returns.length) {
            throw new RetortException(
                "scores of '%s': expected %s for each of %s runs, got %s of it."
                    .formatted(name, measure, returns.length, values.length));
          }
        });
    if (returns.length == 0 || returns[0].length == 0) {
      throw new RetortException(
          "scores of '%s': expected at least one run of one episode, got none.".formatted(name));
    }
    for (int run = 0; run < returns.length; run++) {
      if (returns[run].length != returns[0].length) {
        throw new RetortException(
            "scores of '%s': expected %s episodes in every run, got %s (run %s)."
                .formatted(name, returns[0].length, returns[run].length, run));
      }
      for (int episode = 0; episode < returns[run].length; episode++) {
        if (!Double.isFinite(returns[run][episode])) {
          throw new RetortException(
              "scores of '%s': expected finite returns, got %s (run %s, episode %s). Look for a reward that is not a number."
                  .formatted(name, returns[run][episode], run, episode));
        }
      }
    }
  }

  /**
   * Returns that came from elsewhere.
   *
   * @param name the policy or the population
   * @param env the environment's name
   * @param returns {@code (runs, episodes)}
   */
  public static Scores of(String name, String env, double[][] returns) {
    return new Scores(name, env, returns, Map.of(), Sampling.UNKNOWN, Visits.NONE);
  }

  private static double[][] copy(double[][] rows) {
    return stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  /** Reads what {@link #tensors()} gave. */
  public static Scores of(Tensors tensors) {
    long count = tensors.whole("episodes");
    double[][] returns = rows("returns", tensors.doubles("returns"), count);
    Map<String, double[][]> measures = new LinkedHashMap<>();
    for (String entry : tensors.all().keySet()) {
      if (entry.startsWith(MEASURE)) {
        double[][] values = rows(entry, tensors.doubles(entry), count);
        measures.put(entry.substring(MEASURE.length()), values);
      }
    }
    return new Scores(
        tensors.described("policy"),
        tensors.described("environment"),
        returns,
        measures,
        sampling(tensors),
        Visits.of(tensors.longs("visits")));
  }

  private static Sampling sampling(Tensors tensors) {
    if (!tensors.has("contexts")) {
      return Sampling.UNKNOWN; // files of before do not tell
    }
    long contexts = tensors.whole("contexts");
    if (contexts < 1 || contexts > Integer.MAX_VALUE) {
      throw new RetortException("scores: expected at least 1 context, got " + contexts + ".");
    }
    return new Sampling((int) contexts, tensors.whole("determined") == 1);
  }

  private static double[][] rows(String what, double[] all, long count) {
    if (count < 1 || all.length % count != 0) {
      throw new RetortException(
          "scores: expected %s of runs of %s episodes each, got %s numbers."
              .formatted(what, count, all.length));
    }
    int episodes = (int) count;
    double[][] rows = new double[all.length / episodes][];
    Arrays.setAll(rows, run -> Arrays.copyOfRange(all, run * episodes, (run + 1) * episodes));
    return rows;
  }

  /** Everything as arrays. */
  public Tensors tensors() {
    Tensors tensors =
        new Tensors()
            .describe("policy", name)
            .describe("environment", env)
            .put("episodes", new int[] {episodes()})
            .put("contexts", new int[] {sampling.contexts})
            .put("determined", new int[] {sampling.isDetermined ? 1 : 0})
            .put("returns", Statistics.pooled(returns))
            .put("visits", visits.numbers());
    measures.forEach((name, values) -> tensors.put(MEASURE + name, Statistics.pooled(values)));
    return tensors;
  }

  /** The same scores under other names. */
  public Scores named(String policy, String environment) {
    return new Scores(policy, environment, returns, measures, sampling, visits);
  }

  /** These episodes, and then others of the same runs. */
  public Scores then(Scores more) {
    Map<String, double[][]> all = new LinkedHashMap<>();
    measures.forEach((measure, values) -> all.put(measure, joined(values, more.measures(measure))));
    return new Scores(
        name,
        env,
        joined(returns, more.returns),
        all,
        new Sampling(sampling.contexts, sampling.isDetermined && more.sampling.isDetermined),
        visits.plus(more.visits));
  }

  private static double[][] joined(double[][] first, double[][] second) {
    double[][] joined = new double[first.length][];
    Arrays.setAll(
        joined, run -> DoubleStream.concat(stream(first[run]), stream(second[run])).toArray());
    return joined;
  }

  /** The scores of independent runs as those of one population. */
  public static Scores population(String name, List<Scores> runs) {
    if (runs.isEmpty()) {
      throw new RetortException(
          "population '%s': expected the scores of at least one run, got none.".formatted(name));
    }
    String env = runs.get(0).env;
    for (Scores run : runs) {
      if (!run.env.equals(env)) {
        throw new RetortException(
            "population '%s': expected all runs on one environment, got %s and %s."
                .formatted(name, env, run.env));
      }
    }
    int episodes = runs.stream().mapToInt(Scores::episodes).max().orElseThrow();
    Map<String, double[][]> measures = new LinkedHashMap<>();
    for (String measure : runs.get(0).measures.keySet()) {
      measures.put(measure, rows(runs, episodes, run -> run.measures.get(measure)));
    }
    return new Scores(
        name,
        env,
        rows(runs, episodes, run -> run.returns),
        measures,
        new Sampling(
            runs.get(0).sampling.contexts,
            runs.stream().allMatch(run -> run.sampling.isDetermined)),
        runs.stream().map(run -> run.visits).reduce(Visits.NONE, Visits::plus));
  }

  /**
   * The rows of all runs; those of a run whose episodes only repeat, and so were not all played,
   * are repeated.
   */
  private static double[][] rows(
      List<Scores> runs, int episodes, Function<Scores, double[][]> values) {
    List<double[]> rows = new ArrayList<>();
    for (Scores run : runs) {
      for (double[] own : values.apply(run)) {
        boolean repeats = run.sampling.isWhole(own.length) && own.length < episodes;
        double[] row = repeats ? new double[episodes] : own;
        if (repeats) {
          Arrays.setAll(row, episode -> own[episode % own.length]);
        }
        rows.add(row);
      }
    }
    return rows.toArray(double[][]::new);
  }

  /** The policy or the population. */
  public String name() {
    return name;
  }

  /** The environment's name. */
  public String env() {
    return env;
  }

  /** How many independent runs there are. */
  public int runs() {
    return returns.length;
  }

  /** How many episodes each run played. */
  public int episodes() {
    return returns[0].length;
  }

  /** A copy of the returns, {@code (runs, episodes)}. */
  public double[][] returns() {
    return copy(returns);
  }

  /** The names of what episodes were measured by beside their returns. */
  public Set<String> measures() {
    return Collections.unmodifiableSet(measures.keySet());
  }

  /** A copy of a measure of each episode, {@code (runs, episodes)}. */
  public double[][] measures(String measure) {
    double[][] values = measures.get(measure);
    if (values == null) {
      throw new UnknownNameException("measure of '" + name + "'", measure, measures.keySet());
    }
    return copy(values);
  }

  /** The mean return of each run, {@code (runs)}. */
  public double[] runMeans() {
    return stream(returns).mapToDouble(Statistics::mean).toArray();
  }

  /**
   * What statistics are taken over: of a single run its episodes, or the mean of each of its
   * contexts; of several runs their means.
   */
  public double[] sample() {
    return runs() == 1 ? byContext() : runMeans();
  }

  private double[] byContext() {
    double[] episodes = returns[0];
    int contexts = Math.min(sampling.contexts, episodes.length);
    if (contexts == 1 || contexts == episodes.length) {
      return episodes.clone();
    }
    double[] means = new double[contexts];
    int[] counts = new int[contexts];
    for (int episode = 0; episode < episodes.length; episode++) {
      means[episode % contexts] += episodes[episode];
      counts[episode % contexts]++;
    }
    Arrays.setAll(means, context -> means[context] / counts[context]);
    return means;
  }

  /** What the sample consists of: {@code runs}, {@code contexts} or {@code episodes}. */
  public String unit() {
    if (runs() > 1) {
      return "runs";
    }
    return sampling.contexts > 1 ? "contexts" : "episodes";
  }

  /** What the sample consists of, for labels: {@code 100 episodes} or {@code 10 runs}. */
  public String sampled() {
    int n = sample().length;
    String unit = unit();
    return Numbers.count(n) + " " + (n == 1 ? unit.substring(0, unit.length() - 1) : unit);
  }

  /**
   * Whether the returns of a single run are all there are: every context was played, and nothing
   * was left to chance.
   */
  public boolean isWhole() {
    return runs() == 1 && sampling.isWhole(episodes());
  }

  /** The share of episodes without success; empty where success is not defined. */
  public OptionalDouble failures() {
    double[][] successes = measures.get(Env.SUCCESS);
    return successes == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(1 - Statistics.mean(successes));
  }

  /**
   * The variance of the runs' means that is due to the choice of episodes, and would go with more
   * of them; 0 where nothing is left to chance.
   */
  double varianceOfEpisodes() {
    if (sampling.isWhole(episodes()) || episodes() == 1) {
      return 0;
    }
    boolean shared = sampling.contexts > 1 && sampling.contexts < Integer.MAX_VALUE && runs() > 1;
    double[][] own = shared ? withoutContexts() : returns;
    double freedom = shared ? runs() / (runs() - 1.0) : 1;
    return freedom
        * stream(own)
            .mapToDouble(run -> square(Statistics.standardError(run)))
            .average()
            .orElseThrow();
  }

  /** All runs play the same contexts: what is common to them moves no run against another. */
  private double[][] withoutContexts() {
    double[][] own = copy(returns);
    for (int episode = 0; episode < episodes(); episode++) {
      int column = episode;
      double common = stream(returns).mapToDouble(run -> run[column]).average().orElseThrow();
      stream(own).forEach(run -> run[column] -= common);
    }
    return own;
  }

  private static double square(double x) {
    return x * x;
  }

  /** The standard error of a run's mean that is due to the choice of its episodes. */
  public double errorOfEpisodes() {
    return Math.sqrt(varianceOfEpisodes());
  }

  /**
   * How much wider the interval over several runs is than if each were known exactly: 0.25 for a
   * quarter; empty for a single run, infinite where the runs differ by no more than their episodes.
   */
  public OptionalDouble widening() {
    if (runs() < Intervals.LEAST) {
      return OptionalDouble.empty();
    }
    double all = runs() * square(Statistics.standardError(runMeans()));
    double between = Math.max(0, all - varianceOfEpisodes());
    return OptionalDouble.of(all == 0 ? 0 : Math.sqrt(all / between) - 1);
  }

  /**
   * How many episodes each run has to play so that their choice widens the interval over the runs
   * by no more than a share: as many as there are where it does not, else half as many again as the
   * variances ask for, since these are uncertain too.
   *
   * @param share 0.25 for a quarter
   * @param most the largest answer
   */
  public int wanted(double share, int most) {
    if (runs() < Intervals.LEAST || widening().orElse(0) <= share) {
      return episodes();
    }
    double due = varianceOfEpisodes();
    double all = runs() * square(Statistics.standardError(runMeans()));
    double allowed = (square(1 + share) - 1) * Math.max(0, all - due);
    return (int) Math.max(episodes(), Math.min(most, Math.ceil(1.5 * due / allowed * episodes())));
  }

  /** The mean length of an episode in steps, where it was counted. */
  public OptionalDouble meanLength() {
    return visits.steps == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) visits.steps / ((long) runs() * episodes()));
  }

  /** The share of visited states at which the reference would have done the same. */
  public OptionalDouble agreement() {
    return visits.compared == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) visits.agreed / visits.compared);
  }

  @Override
  public String toString() {
    return "%s on %s: %s × %s returns, mean %s"
        .formatted(name, env, runs(), episodes(), Numbers.of(Statistics.mean(returns)));
  }
}
