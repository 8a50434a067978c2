package dev.retort.evaluate;

import dev.retort.RetortException;
import java.util.Arrays;

/**
 * Point statistics of scores, as rliable defines them.
 *
 * <p>Where a method takes a matrix, it is {@code (runs, tasks)}: what each independent run scored
 * on each task. The interquartile mean pools the whole matrix,
 *
 * <pre>{@code
 * IQM(x) = 1 / (n - 2k)  Σ_{i=k+1}^{n-k} x_(i),      k = ⌊n / 4⌋,   n = runs · tasks,
 * }</pre>
 *
 * <p>and so needs no choice between the mean, which one run can move, and the median, which ignores
 * half of the runs. Intervals are in {@link Intervals}.
 *
 * <p>Rishabh Agarwal, Max Schwarzer, Pablo Samuel Castro, Aaron Courville, Marc G. Bellemare, "Deep
 * reinforcement learning at the edge of the statistical precipice", 2021, arXiv 2108.13264.
 */
public final class Statistics {
  private Statistics() {}

  /** The arithmetic mean. */
  public static double mean(double... values) {
    return Arrays.stream(present("mean", values)).sum() / values.length;
  }

  /**
   * The standard error of the mean, {@code s / √n} with {@code s² = Σ (x - mean)² / (n - 1)}; NaN
   * for a single value, which says nothing about its spread.
   */
  public static double standardError(double... values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    int n = values.length;
    return n == 1 ? Double.NaN : Math.sqrt(squares / (n - 1) / n);
  }

  /** The standard deviation {@code s} of {@link #standardError}; NaN for a single value. */
  public static double deviation(double... values) {
    return standardError(values) * Math.sqrt(values.length);
  }

  /** The median; of an even count, the mean of the middle two. */
  public static double median(double... values) {
    return quantile(values, 0.5);
  }

  /**
   * The quantile {@code p}, linear between order statistics: {@code x_(h)} at {@code h = (n - 1) p}
   * (type 7 of Hyndman and Fan, 1996; NumPy's default).
   */
  public static double quantile(double[] values, double p) {
    double[] sorted = present("quantile", values).clone();
    Arrays.sort(sorted);
    return quantileOfSorted(sorted, p);
  }

  static double quantileOfSorted(double[] sorted, double p) {
    double h = p * (sorted.length - 1);
    int below = (int) Math.floor(h);
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (h - below) * (sorted[above] - sorted[below]);
  }

  /**
   * The mean of the worst of the values, the expected shortfall.
   *
   * @param share of how many of the values, rounded up to at least one
   */
  public static double worst(double[] values, double share) {
    double[] sorted = present("worst values", values).clone();
    Arrays.sort(sorted);
    int count = Math.max(1, (int) Math.ceil(share * sorted.length - 1e-9));
    return Arrays.stream(sorted, 0, count).average().orElseThrow();
  }

  /** The interquartile mean: the mean after cutting a quarter of the values at each end. */
  public static double iqm(double... values) {
    double[] sorted = present("interquartile mean", values).clone();
    Arrays.sort(sorted);
    int cut = sorted.length / 4;
    double sum = 0;
    for (int i = cut; i < sorted.length - cut; i++) {
      sum += sorted[i];
    }
    return sum / (sorted.length - 2 * cut);
  }

  /** The interquartile mean of all scores, pooled over runs and tasks; {@code (runs, tasks)}. */
  public static double iqm(double[][] scores) {
    return iqm(pooled(scores));
  }

  /** The mean of all scores, {@code (runs, tasks)}. */
  public static double mean(double[][] scores) {
    return mean(pooled(scores));
  }

  /** The median over tasks of the mean over runs, {@code (runs, tasks)}. */
  public static double medianOfTasks(double[][] scores) {
    double[][] tasks = transposed(scores);
    return median(Arrays.stream(tasks).mapToDouble(Statistics::mean).toArray());
  }

  /**
   * How far the scores fall short of a target on average: {@code γ - mean(min(x, γ))}.
   *
   * @param scores {@code (runs, tasks)}
   * @param target {@code γ}, such as 1 for scores normalized by an expert
   */
  public static double optimalityGap(double[][] scores, double target) {
    return target
        - mean(Arrays.stream(pooled(scores)).map(score -> Math.min(score, target)).toArray());
  }

  /**
   * The probability that a random run of X beats a random run of Y on a random task, a tie counting
   * one half:
   *
   * <pre>{@code
   * P(X > Y) = 1/T Σ_t  1/(n m) Σ_i Σ_j ( 1[x_it > y_jt] + ½ 1[x_it = y_jt] ),
   * }</pre>
   *
   * <p>the Mann-Whitney statistic of each task, averaged over tasks.
   *
   * @param x {@code (runs of X, tasks)}
   * @param y {@code (runs of Y, tasks)}; the same tasks
   */
  public static double probabilityOfImprovement(double[][] x, double[][] y) {
    double[][] ofX = transposed(x);
    double[][] ofY = transposed(y);
    if (ofX.length != ofY.length) {
      throw new RetortException(
          "probability of improvement: expected both on the same tasks, got %s tasks and %s."
              .formatted(ofX.length, ofY.length));
    }
    double sum = 0;
    for (int task = 0; task < ofX.length; task++) {
      sum += probabilityOfImprovement(ofX[task], ofY[task]);
    }
    return sum / ofX.length;
  }

  /** The same on a single task, in {@code O((n + m) log m)}. */
  public static double probabilityOfImprovement(double[] x, double[] y) {
    double[] sorted = present("probability of improvement", y).clone();
    Arrays.sort(sorted);
    long halves = 0;
    for (double score : present("probability of improvement", x)) {
      halves += below(sorted, score, false) + below(sorted, score, true);
    }
    return halves / (2.0 * x.length * y.length);
  }

  /** How many of the sorted values are smaller, or smaller or equal. */
  private static int below(double[] sorted, double value, boolean orEqual) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value || (orEqual && sorted[middle] == value)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The performance profile: for each threshold {@code τ} the share of scores above it, {@code F(τ)
   * = 1/n Σ 1[x > τ]}.
   *
   * @param scores {@code (runs, tasks)}
   * @param thresholds {@code (thresholds)}
   * @return {@code (thresholds)}
   */
  public static double[] performanceProfile(double[][] scores, double... thresholds) {
    double[] all = pooled(scores);
    return Arrays.stream(thresholds)
        .map(tau -> (double) Arrays.stream(all).filter(x -> x > tau).count() / all.length)
        .toArray();
  }

  /**
   * The area under a curve by the trapezoid rule, {@code Σ (x_{i+1} - x_i) (y_i + y_{i+1}) / 2}.
   *
   * @param x places, in ascending order
   * @param y values, one a place
   */
  public static double areaUnderCurve(double[] x, double[] y) {
    if (x.length != y.length || x.length < 2) {
      throw new RetortException(
          "area under a curve: expected at least 2 places and a value for each, got %s and %s."
              .formatted(x.length, y.length));
    }
    double area = 0;
    for (int i = 1; i < x.length; i++) {
      area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;
    }
    return area;
  }

  /**
   * The mean of the last {@code window} values at each place, of fewer at the beginning; it never
   * looks ahead. NaN is passed over.
   */
  public static double[] runningMean(double[] values, int window) {
    if (window < 1) {
      throw new RetortException(
          "running mean: expected a window of at least 1, got " + window + ".");
    }
    double[] smooth = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      smooth[i] =
          Arrays.stream(values, Math.max(0, i - window + 1), i + 1)
              .filter(Double::isFinite)
              .average()
              .orElse(Double.NaN);
    }
    return smooth;
  }

  /** The matrix as one row after the other. */
  static double[] pooled(double[][] scores) {
    return Arrays.stream(scores).flatMapToDouble(Arrays::stream).toArray();
  }

  /** One row a task, checked: {@code (tasks, runs)}. */
  static double[][] transposed(double[][] scores) {
    if (scores.length == 0 || scores[0].length == 0) {
      throw new RetortException("scores: expected at least one run on one task, got none.");
    }
    double[][] tasks = new double[scores[0].length][scores.length];
    for (int run = 0; run < scores.length; run++) {
      if (scores[run].length != tasks.length) {
        throw new RetortException(
            "scores: expected %s tasks in every run, got %s (run %s)."
                .formatted(tasks.length, scores[run].length, run));
      }
      for (int task = 0; task < tasks.length; task++) {
        tasks[task][run] = scores[run][task];
      }
    }
    return tasks;
  }

  /**
   * What one sample has over another of the same seeds or tasks, pair by pair.
   *
   * @param x {@code (n)}
   * @param y {@code (n)}, in the same order
   * @return {@code (n)}
   */
  public static double[] differences(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new RetortException(
          "differences of pairs: expected as many values of both, in the same order, got %s and %s."
              .formatted(x.length, y.length));
    }
    double[] differences = new double[x.length];
    Arrays.setAll(differences, pair -> x[pair] - y[pair]);
    return differences;
  }

  private static double[] present(String statistic, double[] values) {
    if (values.length == 0) {
      throw new RetortException(statistic + ": expected at least one value, got none.");
    }
    return values;
  }
}
