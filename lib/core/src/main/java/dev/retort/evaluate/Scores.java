package dev.retort.evaluate;

import static java.util.Arrays.stream;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.Env;
import dev.retort.figure.Numbers;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

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
  private final Measurements measured;
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

  Scores(String name, String env, Measurements measured, Sampling sampling, Visits visits) {
    this.name = name;
    this.env = env;
    this.measured = measured;
    this.sampling = sampling;
    this.visits = visits;
    requireReturns();
    measured
        .all()
        .forEach(
            (measure, values) -> {
              if (values.length != runs()) {
                throw new RetortException(
                    "scores of '%s': expected %s for each of %s runs, got %s of it."
                        .formatted(name, measure, runs(), values.length));
              }
            });
  }

  private void requireReturns() {
    double[][] returns = measured.returns();
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
    return new Scores(
        name, env, Measurements.of(returns, Map.of(), Set.of()), Sampling.UNKNOWN, Visits.NONE);
  }

  /** Reads what {@link #tensors()} gave. */
  public static Scores of(Tensors tensors) {
    return ScoresFile.read(tensors);
  }

  /** Everything as arrays. */
  public Tensors tensors() {
    return ScoresFile.write(this);
  }

  Measurements measured() {
    return measured;
  }

  Sampling sampling() {
    return sampling;
  }

  Visits visits() {
    return visits;
  }

  /** The same scores under other names. */
  public Scores named(String policy, String environment) {
    return new Scores(policy, environment, measured, sampling, visits);
  }

  /** The same scores, led by another measure: its name, or {@code "return"}. */
  public Scores by(String measure) {
    if (!measured.all().containsKey(measure)) {
      throw UnknownNameException.in(
          "scores of '" + name + "'", "measure", measure, measured.all().keySet());
    }
    return new Scores(name, env, measured.by(measure), sampling, visits);
  }

  /** The name of the measure that statistics are of; {@code return} unless said otherwise. */
  public String by() {
    return measured.by();
  }

  /** Which way is better, of the measure that leads. */
  public Metric.Better better() {
    return measured.better();
  }

  /** These episodes, and then others of the same runs. */
  public Scores then(Scores more) {
    return new Scores(
        name,
        env,
        measured.then(more.measured),
        new Sampling(sampling.contexts, sampling.isDetermined && more.sampling.isDetermined),
        visits.plus(more.visits));
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
    return new Scores(
        name,
        env,
        Measurements.below(runs.stream().map(run -> run.repeated(episodes)).toList()),
        new Sampling(
            runs.get(0).sampling.contexts,
            runs.stream().allMatch(run -> run.sampling.isDetermined)),
        runs.stream().map(run -> run.visits).reduce(Visits.NONE, Visits::plus));
  }

  /** So many episodes: those that only repeat others, and so were not all played, are repeated. */
  private Measurements repeated(int episodes) {
    if (!sampling.isWhole(episodes()) || episodes() >= episodes) {
      return measured;
    }
    return measured.each(
        own -> {
          double[] row = new double[episodes];
          Arrays.setAll(row, episode -> own[episode % own.length]);
          return row;
        });
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
    return measured.returns().length;
  }

  /** How many episodes each run played. */
  public int episodes() {
    return measured.returns()[0].length;
  }

  /** A copy of the returns, {@code (runs, episodes)}. */
  public double[][] returns() {
    return Measurements.copy(measured.returns());
  }

  /** The names of what episodes were measured by beside their returns. */
  public Set<String> measures() {
    return measured.beside();
  }

  /** A copy of a measure of each episode, {@code (runs, episodes)}; NaN where it has none. */
  public double[][] measures(String measure) {
    return Measurements.copy(by(measure).values());
  }

  private double[][] values() {
    return measured.values();
  }

  /** The mean of each run that has any value, {@code (runs)}. */
  public double[] runMeans() {
    return present(means());
  }

  /** The mean of each run; NaN of one without a value. */
  private double[] means() {
    return stream(values())
        .map(Scores::present)
        .mapToDouble(run -> run.length == 0 ? Double.NaN : Statistics.mean(run))
        .toArray();
  }

  /**
   * What statistics are taken over: of a single run its episodes, or the mean of each of its
   * contexts; of several runs their means. What has no value is left out.
   */
  public double[] sample() {
    return present(places());
  }

  /** The sample with NaN in the places that have no value, so that those of two can be paired. */
  double[] places() {
    return runs() == 1 ? byContext() : means();
  }

  private static double[] present(double[] values) {
    return stream(values).filter(Double::isFinite).toArray();
  }

  private double[] byContext() {
    double[] episodes = values()[0];
    int contexts = Math.min(sampling.contexts, episodes.length);
    if (contexts == 1 || contexts == episodes.length) {
      return episodes.clone();
    }
    double[] means = new double[contexts];
    int[] counts = new int[contexts];
    for (int episode = 0; episode < episodes.length; episode++) {
      if (Double.isFinite(episodes[episode])) {
        means[episode % contexts] += episodes[episode];
        counts[episode % contexts]++;
      }
    }
    Arrays.setAll(means, context -> means[context] / counts[context]);
    return means;
  }

  /** How many episodes have a value of the measure that leads, in all runs. */
  int measuredEpisodes() {
    return present(Statistics.pooled(values())).length;
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
    double[][] successes = measured.all().get(Env.SUCCESS);
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
    double[][] own = shared ? withoutContexts() : values();
    double freedom = shared ? runs() / (runs() - 1.0) : 1;
    return freedom
        * stream(own)
            .map(Scores::present)
            .filter(run -> run.length > 1)
            .mapToDouble(run -> square(Statistics.standardError(run)))
            .average()
            .orElse(0);
  }

  /** All runs play the same contexts: what is common to them moves no run against another. */
  private double[][] withoutContexts() {
    double[][] own = Measurements.copy(values());
    for (int episode = 0; episode < episodes(); episode++) {
      int column = episode;
      double common =
          stream(values())
              .mapToDouble(run -> run[column])
              .filter(Double::isFinite)
              .average()
              .orElse(0);
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
    if (runMeans().length < Intervals.LEAST) {
      return OptionalDouble.empty();
    }
    double all = runMeans().length * square(Statistics.standardError(runMeans()));
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
    if (runMeans().length < Intervals.LEAST || widening().orElse(0) <= share) {
      return episodes();
    }
    double due = varianceOfEpisodes();
    double all = runMeans().length * square(Statistics.standardError(runMeans()));
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
        .formatted(name, env, runs(), episodes(), Numbers.of(Statistics.mean(measured.returns())));
  }
}
