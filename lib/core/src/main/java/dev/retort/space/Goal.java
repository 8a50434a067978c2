package dev.retort.space;

import dev.retort.RetortException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The return-to-go that a policy is told at each step while it acts, in the units in which it was
 * told returns-to-go when it learned.
 *
 * <p>A fixed goal is a number a step. A falling one begins with a return and falls by what was
 * received since, as in Lili Chen and others, "Decision transformer: reinforcement learning via
 * sequence modeling", 2021, arXiv 2106.01345; it is told in units of each step's mean and
 * deviation, and kept between the least and the most that the data show at that step, beyond which
 * nothing was learned.
 */
public final class Goal {
  private static final String FIXED = "fixed";
  private static final String FALLING = "falling";

  private final boolean falls;
  private final float start;
  private final float[][] steps;

  private Goal(boolean falls, float start, float[][] steps) {
    this.falls = falls;
    this.start = start;
    this.steps = steps;
    if (steps[0].length == 0
        || Arrays.stream(steps).anyMatch(each -> each.length != steps[0].length)) {
      throw new RetortException("goal: expected numbers for at least one step, got none.");
    }
  }

  /** A number a step; later steps are told that of the last one. */
  public static Goal fixed(float[] each) {
    return new Goal(false, 0, new float[][] {each.clone()});
  }

  /**
   * A return that falls by what is received.
   *
   * @param start return at the first step
   * @param mean of returns-to-go at each step
   * @param deviation of returns-to-go at each step, above 0
   * @param least in units of the step
   * @param most in units of the step
   */
  public static Goal falling(
      double start, float[] mean, float[] deviation, float[] least, float[] most) {
    return new Goal(true, (float) start, new float[][] {mean, deviation, least, most});
  }

  /** Whether it asks what was received. */
  public boolean falls() {
    return falls;
  }

  /** How many steps it knows. */
  public int length() {
    return steps[0].length;
  }

  /**
   * What is told at a step.
   *
   * @param step from 0
   * @param received sum of rewards before it
   */
  public float told(int step, double received) {
    int known = Math.min(step, length() - 1);
    if (!falls) {
      return steps[0][known];
    }
    float units = (float) ((start - received - steps[0][known]) / steps[1][known]);
    return Math.max(steps[2][known], Math.min(steps[3][known], units));
  }

  static Goal read(String text) {
    String[] parts = text.split("/", -1);
    float[][] steps = new float[parts.length - 1][];
    for (int i = 0; i < steps.length; i++) {
      String[] words = parts[i + 1].split(",", -1);
      steps[i] = new float[words.length];
      for (int k = 0; k < words.length; k++) {
        steps[i][k] = Float.parseFloat(words[k]);
      }
    }
    if (parts[0].equals(FIXED) && steps.length == 1) {
      return fixed(steps[0]);
    }
    if (parts[0].equals(FALLING) && steps.length == 5 && steps[0].length == 1) {
      return falling(steps[0][0], steps[1], steps[2], steps[3], steps[4]);
    }
    throw new NumberFormatException(text);
  }

  /** Such as {@code fixed/1.5,1.25}, by which it is read. */
  @Override
  public String toString() {
    String each =
        Arrays.stream(steps)
            .map(
                numbers ->
                    IntStream.range(0, numbers.length)
                        .mapToObj(i -> String.valueOf(numbers[i]))
                        .collect(Collectors.joining(",")))
            .collect(Collectors.joining("/"));
    return falls ? "%s/%s/%s".formatted(FALLING, start, each) : FIXED + "/" + each;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Goal that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }
}
