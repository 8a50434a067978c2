package dev.retort.data;

import dev.retort.RetortException;
import dev.retort.option.Given;
import dev.retort.space.Goal;
import java.util.Arrays;

/**
 * Returns-to-go of a dataset's episodes, {@code R_t = Σ_{u ≥ t} r_u}, and how they are spread at
 * each step of an episode: by them a policy is told what to aim at.
 *
 * <pre>{@code
 * ReturnsToGo team = ReturnsToGo.of(data, "reward");
 * Dataset told = data.with(team.standardized());     // a column reward-to-go of mean 0 and deviation 1 at each step
 * float goal = team.target(t, 0.9);                   // the 90 % quantile of step t, in the same units
 * }</pre>
 *
 * <p>Episodes that the end of the collection cut off lack what would have come: their rows have
 * returns-to-go too, but mean, deviation and quantiles leave them out.
 *
 * <p>Returns-to-go as inputs: Lili Chen and others, "Decision transformer: reinforcement learning
 * via sequence modeling", 2021, arXiv 2106.01345, who divide by a constant. Standardizing each step
 * is a departure: without it most of what a number says is how late it is.
 */
public final class ReturnsToGo {
  private final String name;
  private final float[] raw;
  private final int[] steps;
  private final double[] mean;
  private final double[] deviation;
  private final double[][] sorted;

  private ReturnsToGo(String name, float[] raw, int[] steps, double[][] sorted) {
    this.name = name;
    this.raw = raw;
    this.steps = steps;
    this.sorted = sorted;
    this.mean = new double[sorted.length];
    this.deviation = new double[sorted.length];
    for (int step = 0; step < sorted.length; step++) {
      double middle = Arrays.stream(sorted[step]).average().orElse(0);
      mean[step] = middle;
      double square =
          Arrays.stream(sorted[step]).map(x -> (x - middle) * (x - middle)).average().orElse(0);
      deviation[step] = square == 0 ? 1 : Math.sqrt(square);
    }
  }

  /**
   * Sums a column of rewards from each step to the end of its episode.
   *
   * @param column of one number a row, such as {@code reward} or {@code reward.agent1}
   */
  public static ReturnsToGo of(Dataset data, String column) {
    Given.given("returns-to-go", "a dataset", data);
    Column rewards = data.column(column);
    if (rewards.width() != 1) {
      throw new RetortException(
          "returns-to-go: expected a column of one number a row, got '%s' of %s."
              .formatted(column, rewards.width()));
    }
    float[] raw = new float[data.size()];
    int[] steps = new int[data.size()];
    int longest = 0;
    for (int episode = 0; episode < data.episodes(); episode++) {
      double sum = 0;
      for (int row = data.end(episode) - 1; row >= data.start(episode); row--) {
        sum += rewards.at(row, 0);
        raw[row] = (float) sum;
        steps[row] = row - data.start(episode);
      }
      longest = Math.max(longest, data.end(episode) - data.start(episode));
    }
    double[][] sorted = new double[longest][];
    for (int step = 0; step < longest; step++) {
      sorted[step] = atStep(data, raw, step);
    }
    return new ReturnsToGo(column, raw, steps, sorted);
  }

  /** Those of one step in all episodes that came to their end, in their order. */
  private static double[] atStep(Dataset data, float[] raw, int step) {
    double[] found = new double[data.episodes()];
    int count = 0;
    for (int episode = 0; episode < data.episodes(); episode++) {
      int row = data.start(episode) + step;
      if (row < data.end(episode) && data.how(episode) != End.COLLECTION) {
        found[count++] = raw[row];
      }
    }
    double[] own = Arrays.copyOf(found, count);
    Arrays.sort(own);
    return own;
  }

  /** The sums as they are, a column of one number a row whose name ends in {@code -to-go}. */
  public Column raw() {
    return Column.of(name + "-to-go", 1, raw.clone());
  }

  /** The sums with mean 0 and deviation 1 at each step, a column of the same name. */
  public Column standardized() {
    float[] units = new float[raw.length];
    for (int row = 0; row < units.length; row++) {
      units[row] = units(steps[row], raw[row]);
    }
    return Column.of(name + "-to-go", 1, units);
  }

  /** A return-to-go in the units of a step; later than the longest episode, in those of its end. */
  public float units(int step, double sum) {
    int known = Math.min(step, mean.length - 1);
    return (float) ((sum - mean[known]) / deviation[known]);
  }

  /**
   * What to aim at: a quantile of the returns-to-go at a step, in the units of that step.
   *
   * @param step counted from 0; later than the longest episode, that of its end
   * @param quantile from 0 to 1, between neighbors in a straight line
   */
  public float target(int step, double quantile) {
    return units(Math.min(step, mean.length - 1), quantile(step, quantile));
  }

  /** The same for every step, whatever is received on the way. */
  public Goal goal(double quantile) {
    float[] each = new float[sorted.length];
    for (int step = 0; step < each.length; step++) {
      each[step] = target(step, quantile);
    }
    return Goal.fixed(each);
  }

  /**
   * A goal that begins with a quantile of the returns and falls by what is received, between the
   * least and the most that the data show at each step.
   */
  public Goal fallingGoal(double quantile) {
    int steps = sorted.length;
    float[] middle = new float[steps];
    float[] spread = new float[steps];
    float[] least = new float[steps];
    float[] most = new float[steps];
    for (int step = 0; step < steps; step++) {
      middle[step] = (float) mean[step];
      spread[step] = (float) deviation[step];
      least[step] = target(step, 0);
      most[step] = target(step, 1);
    }
    return Goal.falling(quantile(0, quantile), middle, spread, least, most);
  }

  private double quantile(int step, double quantile) {
    if (!(quantile >= 0 && quantile <= 1)) {
      throw new RetortException(
          "returns-to-go: expected a quantile from 0 to 1, got %s.".formatted(quantile));
    }
    int known = Math.min(step, sorted.length - 1);
    if (sorted[known].length == 0) {
      throw new RetortException(
          "returns-to-go: expected episodes that came to their end at step %s, got none. Collect longer."
              .formatted(known));
    }
    double place = quantile * (sorted[known].length - 1);
    int low = (int) place;
    int high = Math.min(low + 1, sorted[known].length - 1);
    return sorted[known][low] + (place - low) * (sorted[known][high] - sorted[known][low]);
  }
}
