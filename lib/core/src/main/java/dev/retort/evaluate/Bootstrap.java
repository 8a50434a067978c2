package dev.retort.evaluate;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * The stratified percentile bootstrap: how far a statistic would move if the runs were drawn again.
 *
 * <p>A resample draws, <em>independently within each task</em>, as many runs as there are, with
 * replacement; the interval reaches from the 2.5 % to the 97.5 % quantile of the statistic over the
 * resamples.
 *
 * <p>Of fewer than some twenty runs the percentiles are too narrow (a 95 % interval of five normal
 * scores covers the truth in 90 % of all cases): tables take {@link Intervals}, which widens them.
 *
 * <p>Bradley Efron, "Bootstrap methods: another look at the jackknife", 1979; Agarwal et al., 2021,
 * arXiv 2108.13264, section 4.1.
 *
 * @param resamples how many resamples, at least 100
 */
public record Bootstrap(int resamples) {
  private static final double TAIL = 0.025;

  /** Refuses too few resamples for the tails. */
  public Bootstrap {
    if (resamples < 100) {
      throw new RetortException(
          "bootstrap: expected at least 100 resamples, got "
              + resamples
              + ". 2,000 are usual; the 2.5 % tails of fewer than 100 hold no value.");
    }
  }

  /** The usual 2,000 resamples. */
  public static Bootstrap usual() {
    return new Bootstrap(2_000);
  }

  /**
   * The estimate of a statistic of independent values, with its interval.
   *
   * @param values one a run, or one an episode
   * @param random where the resamples come from
   */
  public Estimate estimate(
      double[] values, ToDoubleFunction<double[]> statistic, RandomStream random) {
    return estimate(values, statistic, TAIL, random);
  }

  /** The same with so much of the resamples below the interval, and as much above it. */
  Estimate estimate(
      double[] values, ToDoubleFunction<double[]> statistic, double tail, RandomStream random) {
    double value = statistic.applyAsDouble(values);
    if (values.length == 1) {
      return new Estimate(value, Interval.NONE);
    }
    double[] resampled = new double[values.length];
    double[] found = new double[resamples];
    for (int b = 0; b < resamples; b++) {
      draw(values, resampled, random);
      found[b] = statistic.applyAsDouble(resampled);
    }
    return new Estimate(value, middle(found, tail));
  }

  /**
   * The estimate of a statistic of a matrix, with its interval; runs are drawn anew within each
   * task.
   *
   * @param scores {@code (runs, tasks)}
   * @param random where the resamples come from
   */
  public Estimate estimate(
      double[][] scores, ToDoubleFunction<double[][]> statistic, RandomStream random) {
    if (scores.length == 1) {
      return new Estimate(statistic.applyAsDouble(scores), Interval.NONE);
    }
    double[][] resampled = new double[scores.length][Statistics.transposed(scores).length];
    double[] found = new double[resamples];
    for (int b = 0; b < resamples; b++) {
      draw(scores, resampled, random);
      found[b] = statistic.applyAsDouble(resampled);
    }
    return new Estimate(statistic.applyAsDouble(scores), middle(found, TAIL));
  }

  /**
   * The estimate of a statistic of two matrices, with its interval; each is drawn anew on its own,
   * which is cautious where both saw the same initial states.
   *
   * @param x {@code (runs of X, tasks)}
   * @param y {@code (runs of Y, tasks)}
   * @param random where the resamples come from
   */
  public Estimate estimate(
      double[][] x,
      double[][] y,
      ToDoubleBiFunction<double[][], double[][]> statistic,
      RandomStream random) {
    double value = statistic.applyAsDouble(x, y);
    if (x.length == 1 || y.length == 1) {
      return new Estimate(value, Interval.NONE);
    }
    double[][] ofX = new double[x.length][x[0].length];
    double[][] ofY = new double[y.length][y[0].length];
    double[] found = new double[resamples];
    for (int b = 0; b < resamples; b++) {
      draw(x, ofX, random);
      draw(y, ofY, random);
      found[b] = statistic.applyAsDouble(ofX, ofY);
    }
    return new Estimate(value, middle(found, TAIL));
  }

  /**
   * The estimate of a statistic of runs on tasks of which both are samples: its interval speaks of
   * other runs on other tasks.
   *
   * <pre>{@code
   * value ± t √(V_r + V_t),   V = k / (k - 1) · the variance over resamples,
   * }</pre>
   *
   * <p>{@code V_r} with the {@code k = n} runs alone drawn anew, each with all its tasks, and
   * {@code V_t} with the {@code k = T} tasks alone, each with all its runs; {@code t} is the 97.5 %
   * quantile of Student's distribution with {@code (V_r + V_t)² / (V_r² / (n - 1) + V_t² / (T -
   * 1))} degrees of freedom. What is neither the run's nor the task's is counted in both, so that
   * the interval is wide rather than narrow. Of fewer than three runs or tasks there is none.
   *
   * <p>Art Owen, "The pigeonhole bootstrap", 2007 (rows and columns drawn anew); Franklin
   * Satterthwaite, "An approximate distribution of estimates of variance components", 1946. That
   * the two are added is the two-way rule of Colin Cameron, Jonah Gelbach and Douglas Miller,
   * "Robust inference with multiway clustering", 2011, without its last term.
   *
   * @param scores {@code (runs, tasks)}: the same runs on all tasks
   * @param random where the resamples come from
   */
  public Estimate twoLevel(
      double[][] scores, ToDoubleFunction<double[][]> statistic, RandomStream random) {
    double value = statistic.applyAsDouble(scores);
    int runs = scores.length;
    int tasks = Statistics.transposed(scores).length;
    if (Math.min(runs, tasks) < Intervals.LEAST) {
      return new Estimate(value, Interval.NONE);
    }
    double ofRuns = variance(scores, statistic, true, random);
    double ofTasks = variance(scores, statistic, false, random);
    double all = ofRuns + ofTasks;
    if (!(all > 0)) {
      return new Estimate(value, Interval.NONE);
    }
    double degrees = all * all / (ofRuns * ofRuns / (runs - 1) + ofTasks * ofTasks / (tasks - 1));
    double half = Intervals.student(degrees) * Math.sqrt(all);
    return new Estimate(value, new Interval(value - half, value + half));
  }

  /** How much a statistic varies where whole runs, or whole tasks, are drawn anew. */
  private double variance(
      double[][] scores,
      ToDoubleFunction<double[][]> statistic,
      boolean drawsRuns,
      RandomStream random) {
    int tasks = scores[0].length;
    int drawn = drawsRuns ? scores.length : tasks;
    double[] found = new double[resamples];
    double[][] resampled = new double[scores.length][tasks];
    for (int b = 0; b < resamples; b++) {
      for (int i = 0; i < drawn; i++) {
        int from = random.nextInt(drawn);
        if (drawsRuns) {
          resampled[i] = scores[from];
        } else {
          for (int run = 0; run < scores.length; run++) {
            resampled[run][i] = scores[run][from];
          }
        }
      }
      found[b] = statistic.applyAsDouble(resampled);
    }
    double error = Statistics.standardError(found);
    return error * error * resamples * drawn / (drawn - 1.0);
  }

  private static void draw(double[] values, double[] resampled, RandomStream random) {
    for (int i = 0; i < resampled.length; i++) {
      resampled[i] = values[random.nextInt(values.length)];
    }
  }

  private static void draw(double[][] scores, double[][] resampled, RandomStream random) {
    for (double[] run : resampled) {
      for (int task = 0; task < run.length; task++) {
        run[task] = scores[random.nextInt(scores.length)][task];
      }
    }
  }

  private static Interval middle(double[] found, double tail) {
    Arrays.sort(found);
    return new Interval(
        Statistics.quantileOfSorted(found, tail), Statistics.quantileOfSorted(found, 1 - tail));
  }
}
