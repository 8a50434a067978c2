package dev.retort.figure;

import java.util.Arrays;

/**
 * A curve in one line of text: {@code ▁▁▂▃▅▇▇}.
 *
 * <p>Each character stands for the mean of the values that fall to it, on a scale from the lowest
 * to the highest; where there is no value, there is a space.
 */
public final class Sparkline {
  private static final String LEVELS = "▁▂▃▅▇";

  private Sparkline() {}

  /**
   * Values at equal distances, on their own scale.
   *
   * @param values any number of values; NaN where there is none
   * @param width the longest line, in characters
   */
  public static String of(double[] values, int width) {
    double[] x = new double[values.length];
    Arrays.setAll(x, i -> i);
    double low = Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
    double high = Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
    int last = Math.max(0, values.length - 1);
    return of(x, values, 0, last, low, high, Math.min(width, values.length));
  }

  /**
   * Values at given places, on a given scale.
   *
   * @param x places, in ascending order
   * @param y values, as many as places
   * @param from the place of the first character
   * @param to the place of the last character
   * @param low the value of the lowest level
   * @param high the value of the highest level
   * @param width how many characters
   */
  static String of(
      double[] x, double[] y, double from, double to, double low, double high, int width) {
    double[] sum = new double[width];
    int[] count = new int[width];
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(y[i]) && width > 0) {
        double share = to > from ? (x[i] - from) / (to - from) : 0;
        int at = (int) Math.min(width - 1, Math.max(0, Math.floor(share * width)));
        sum[at] += y[i];
        count[at]++;
      }
    }
    StringBuilder line = new StringBuilder();
    char before = ' ';
    for (int at = 0; at < width; at++) {
      if (count[at] > 0) {
        before = level(sum[at] / count[at], low, high);
      } else if (x.length > 0 && from + (at + 0.5) / width * (to - from) > x[x.length - 1]) {
        before = ' ';
      }
      line.append(before);
    }
    return line.toString();
  }

  private static char level(double value, double low, double high) {
    double share = high > low ? (value - low) / (high - low) : 0.5;
    int level = (int) Math.floor(share * LEVELS.length());
    return LEVELS.charAt(Math.min(LEVELS.length() - 1, Math.max(0, level)));
  }
}
