package dev.retort.evaluate;

import dev.retort.RetortException;
import dev.retort.figure.Numbers;
import java.util.Arrays;

/** One number for a learning curve, by which runs are compared. */
public sealed interface Metric {
  /** Which way is better. */
  enum Better {
    /** The larger. */
    HIGHER,
    /** The smaller. */
    LOWER
  }

  /**
   * What tables and axes call it.
   *
   * @param unit what the places of records count, such as {@code steps}
   */
  String label(String unit);

  /** Which way is better. */
  Better better();

  /**
   * The number of one run.
   *
   * @param steps where the curve was recorded, in ascending order
   * @param returns the returns recorded there; NaN where there is none, and passed over
   */
  double of(double[] steps, double[] returns);

  /** The mean height of the curve. */
  static Metric areaUnderCurve() {
    return new AreaUnderCurve();
  }

  /**
   * The mean of the first recorded returns: what a learner has before it can have learned much. Of
   * curves over episodes, the first so many episodes.
   *
   * <p>Matthew E. Taylor, Peter Stone, "Transfer learning for reinforcement learning domains: a
   * survey", 2009, who name jump-start, asymptotic performance, total reward and time to threshold
   * as what transfer is measured by.
   */
  static Metric jumpStart(int first) {
    return new JumpStart(first);
  }

  /** The mean of the last tenth of the curve. */
  static Metric finalReturn() {
    return new FinalReturn();
  }

  /**
   * The first place at which the curve reaches a threshold: an episode, or a step to within the
   * hundredth of training that curves are cut into.
   */
  static Metric timeTo(double threshold) {
    return new TimeTo(threshold);
  }

  /**
   * The area under the curve divided by its length, and so in the unit of returns: {@code 1/(x_n -
   * x_1) Σ (x_{i+1} - x_i) (y_i + y_{i+1}) / 2}.
   */
  record AreaUnderCurve() implements Metric {
    @Override
    public String label(String unit) {
      return "area under the curve";
    }

    @Override
    public Better better() {
      return Better.HIGHER;
    }

    @Override
    public double of(double[] steps, double[] returns) {
      double[][] kept = present(steps, returns, 2);
      double[] x = kept[0];
      double length = x[x.length - 1] - x[0];
      return length > 0 ? Statistics.areaUnderCurve(x, kept[1]) / length : Statistics.mean(kept[1]);
    }
  }

  /**
   * The mean of the first recorded points.
   *
   * @param first how many
   */
  record JumpStart(int first) implements Metric {
    /** Refuses the mean of nothing. */
    public JumpStart {
      if (first < 1) {
        throw new RetortException("compare: expected at least 1 return, got " + first + ".");
      }
    }

    @Override
    public String label(String unit) {
      return "jump-start, first " + first;
    }

    @Override
    public Better better() {
      return Better.HIGHER;
    }

    @Override
    public double of(double[] steps, double[] returns) {
      return Statistics.mean(Arrays.copyOf(present(steps, returns, first)[1], first));
    }
  }

  /** The mean of the last tenth of the recorded points, of at least one. */
  record FinalReturn() implements Metric {
    @Override
    public String label(String unit) {
      return "final return";
    }

    @Override
    public Better better() {
      return Better.HIGHER;
    }

    @Override
    public double of(double[] steps, double[] returns) {
      double[] y = present(steps, returns, 1)[1];
      return Statistics.mean(Arrays.copyOfRange(y, y.length - (y.length + 9) / 10, y.length));
    }
  }

  /**
   * The first recorded place, a step or an episode, at which the return is at least the threshold;
   * a run that never gets there counts with its last step, which flatters it.
   *
   * @param threshold the return to reach
   */
  record TimeTo(double threshold) implements Metric {
    /** Refuses a threshold that nothing can reach or miss. */
    public TimeTo {
      if (!Double.isFinite(threshold)) {
        throw new RetortException(
            "compare: expected a finite return to reach, got " + threshold + ".");
      }
    }

    @Override
    public String label(String unit) {
      return unit + " to " + Numbers.of(threshold);
    }

    @Override
    public Better better() {
      return Better.LOWER;
    }

    @Override
    public double of(double[] steps, double[] returns) {
      double[][] kept = present(steps, returns, 1);
      for (int i = 0; i < kept[0].length; i++) {
        if (kept[1][i] >= threshold) {
          return kept[0][i];
        }
      }
      return steps[steps.length - 1];
    }

    /** Whether the run gets there at all. */
    public boolean reached(double[] returns) {
      return Arrays.stream(returns).anyMatch(y -> y >= threshold);
    }
  }

  private static double[][] present(double[] steps, double[] returns, int least) {
    int[] kept =
        java.util.stream.IntStream.range(0, steps.length)
            .filter(i -> Double.isFinite(returns[i]))
            .toArray();
    if (kept.length < least) {
      throw new RetortException(
          "compare: expected at least %s recorded returns in every run, got %s. Train longer, or record more often."
              .formatted(least, kept.length));
    }
    return new double[][] {
      Arrays.stream(kept).mapToDouble(i -> steps[i]).toArray(),
      Arrays.stream(kept).mapToDouble(i -> returns[i]).toArray()
    };
  }
}
