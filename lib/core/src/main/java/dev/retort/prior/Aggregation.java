package dev.retort.prior;

import dev.retort.RetortException;
import dev.retort.evaluate.Statistics;
import java.util.Arrays;

/** How what several tasks say of a state and an action becomes one value. */
public enum Aggregation {
  /**
   * The mean of the tasks' values. This is not the "average" of David Abel and others, who take the
   * values of the average task.
   */
  MEAN {
    @Override
    double of(double[] values) {
      return Arrays.stream(values).average().orElseThrow();
    }
  },

  /**
   * The largest of the tasks' values, which stays optimistic: MaxQInit.
   *
   * <p>David Abel, Yuu Jinnai, Sophie Yue Guo, George Konidaris, Michael L. Littman, "Policy and
   * value transfer in lifelong reinforcement learning", 2018. See {@link #tasks}.
   */
  MAX {
    @Override
    double of(double[] values) {
      return Arrays.stream(values).max().orElseThrow();
    }
  },

  /**
   * The mean of a log-normal distribution, {@code ± exp(μ + σ² / 2)}, with mean and variance (over
   * n) of the logarithms of the sizes. Values must have one sign.
   *
   * <p>After the abstract of Soumia Mehimeh, Xianglong Tang, "LogQInit", Entropy 27(4):367, 2025;
   * the formula is the textbook's.
   */
  LOG_NORMAL {
    @Override
    double of(double[] values) {
      if (Arrays.stream(values).allMatch(value -> value == 0)) {
        return 0;
      }
      double sign = Math.signum(values[0]);
      if (sign == 0 || Arrays.stream(values).anyMatch(value -> Math.signum(value) != sign)) {
        throw new RetortException(
            "prior: expected values of one sign for the log-normal mean, got %s. Aggregate by mean or max."
                .formatted(Arrays.toString(values)));
      }
      double[] logs = Arrays.stream(values).map(value -> Math.log(Math.abs(value))).toArray();
      double mean = Arrays.stream(logs).average().orElseThrow();
      double variance =
          Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).average().orElseThrow();
      return sign * Math.exp(mean + variance / 2);
    }
  },

  /**
   * Optimism where tasks disagree: the mean and one standard error, {@code mean + s / √n}, never
   * above the largest value. In the spirit of UCOI (Knowledge-Based Systems 280:111036, 2023), of
   * which we know only the abstract: the formula is ours.
   */
  UNCERTAINTY {
    @Override
    double of(double[] values) {
      double mean = MEAN.of(values);
      if (values.length == 1) {
        return mean;
      }
      return Math.min(mean + Statistics.standardError(values), MAX.of(values));
    }
  };

  /** One value of at least one. */
  abstract double of(double[] values);

  /**
   * After how many solved tasks the largest value over them is optimistic for the next task, {@code
   * n ≥ ln δ / ln(1 − p)}: with probability at least {@code 1 − δ} a given task has then been met.
   *
   * @param failure δ, the probability that it has not
   * @param rarest p, the probability of the rarest task
   */
  public static int tasks(double failure, double rarest) {
    if (!(failure > 0 && failure < 1 && rarest > 0 && rarest < 1)) {
      throw new RetortException(
          "prior: expected probabilities between 0 and 1, got a failure of %s and a rarest task of %s."
              .formatted(failure, rarest));
    }
    return (int) Math.ceil(Math.log(failure) / Math.log1p(-rarest));
  }
}
