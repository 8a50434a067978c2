package dev.retort.evaluate;

import dev.retort.RetortException;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The returns of one policy, or of a population of independently trained ones, on one environment.
 *
 * <p>What counts as a sample depends on how many runs there are. A single run speaks only for
 * itself: its sample are its <em>episodes</em>, and an interval says how well that one policy is
 * known. Of several runs the sample are the runs' mean returns, and an interval says what training
 * once more would give.
 */
public final class Scores {
  private final String name;
  private final String env;
  private final double[][] returns;
  private final Visits visits;

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

  Scores(String name, String env, double[][] returns, Visits visits) {
    this.name = name;
    this.env = env;
    this.returns = Arrays.stream(returns).map(double[]::clone).toArray(double[][]::new);
    this.visits = visits;
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
    return new Scores(name, env, returns, Visits.NONE);
  }

  /** Reads what {@link #tensors()} gave. */
  public static Scores of(Tensors tensors) {
    double[] all = tensors.doubles("returns");
    long count = tensors.whole("episodes");
    if (count < 1 || all.length % count != 0) {
      throw new RetortException(
          "scores: expected returns of runs of %s episodes each, got %s returns."
              .formatted(count, all.length));
    }
    int episodes = (int) count;
    double[][] returns = new double[all.length / episodes][];
    Arrays.setAll(returns, run -> Arrays.copyOfRange(all, run * episodes, (run + 1) * episodes));
    return new Scores(
        tensors.described("policy"),
        tensors.described("environment"),
        returns,
        Visits.of(tensors.longs("visits")));
  }

  /** Everything as arrays. */
  public Tensors tensors() {
    return new Tensors()
        .describe("policy", name)
        .describe("environment", env)
        .put("episodes", new int[] {episodes()})
        .put("returns", Arrays.stream(returns).flatMapToDouble(Arrays::stream).toArray())
        .put("visits", visits.numbers());
  }

  /** The same scores under other names. */
  public Scores named(String policy, String environment) {
    return new Scores(policy, environment, returns, visits);
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
    return new Scores(
        name,
        env,
        runs.stream().flatMap(run -> Arrays.stream(run.returns)).toArray(double[][]::new),
        runs.stream().map(run -> run.visits).reduce(Visits.NONE, Visits::plus));
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
    return Arrays.stream(returns).map(double[]::clone).toArray(double[][]::new);
  }

  /** The mean return of each run, {@code (runs)}. */
  public double[] runMeans() {
    return Arrays.stream(returns).mapToDouble(Statistics::mean).toArray();
  }

  /** What statistics are taken over: the episodes of a single run, the means of several. */
  public double[] sample() {
    return runs() == 1 ? returns[0].clone() : runMeans();
  }

  /** What the sample consists of, for labels: {@code 100 episodes} or {@code 10 runs}. */
  public String sampled() {
    int n = runs() == 1 ? episodes() : runs();
    return n + (runs() == 1 ? " episode" : " run") + (n == 1 ? "" : "s");
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
    return "%s on %s: %s × %s returns, IQM %s"
        .formatted(
            name, env, runs(), episodes(), dev.retort.figure.Numbers.of(Statistics.iqm(sample())));
  }
}
