package dev.retort.transfer;

import dev.retort.RetortException;
import java.util.Locale;

/**
 * The line {@code gap = a + b / √N} through what ensembles of different sizes lose, by least
 * squares: the form that the bound of {@link TransferBound} has.
 *
 * @param limit {@code a}, what endlessly many members would lose
 * @param slope {@code b}
 * @param rSquared the share of the variance that the line explains
 */
public record InverseRoot(double limit, double slope, double rSquared) {
  /**
   * The best line.
   *
   * @param members sizes {@code N}, at least two different ones
   * @param gaps what each lost
   */
  public static InverseRoot fit(int[] members, double[] gaps) {
    if (members.length != gaps.length || members.length < 2) {
      throw new RetortException(
          "fit: expected a gap for each of at least 2 sizes, got %s sizes and %s gaps."
              .formatted(members.length, gaps.length));
    }
    int n = members.length;
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < n; i++) {
      meanX += root(members[i]) / n;
      meanY += gaps[i] / n;
    }
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < n; i++) {
      double x = root(members[i]) - meanX;
      double y = gaps[i] - meanY;
      xx += x * x;
      xy += x * y;
      yy += y * y;
    }
    if (xx == 0) {
      throw new RetortException("fit: expected at least 2 different sizes, got one.");
    }
    double slope = xy / xx;
    return new InverseRoot(meanY - slope * meanX, slope, yy == 0 ? 1 : xy * xy / (xx * yy));
  }

  private static double root(int members) {
    return 1 / Math.sqrt(members);
  }

  /** What an ensemble of that size would lose. */
  public double of(int members) {
    return limit + slope * root(members);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.3f + %.3f / √N, R² = %.2f", limit, slope, rSquared);
  }
}
