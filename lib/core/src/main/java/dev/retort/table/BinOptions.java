package dev.retort.table;

import dev.retort.option.Type;
import java.util.List;

/** How equal bins are written: how many, and within which bounds. */
public final class BinOptions {
  private BinOptions() {}

  /**
   * Numbers of bins, one for each number of an observation, or one for all.
   *
   * @param none how "no bins" is written
   */
  public static Type<List<Integer>> bins(String none) {
    return Type.list(
        none + ", or bins of each number, such as 12 or 6,6,12,12",
        none,
        text -> {
          int count = Integer.parseInt(text);
          Type.require(count >= 1);
          return count;
        });
  }

  /**
   * Bounds of the bins, one for each number of an observation, or one for all.
   *
   * @param usual where bounds come from that are not given, such as {@code space}
   */
  public static Type<List<Double>> bounds(String usual) {
    return Type.list(
        usual + ", for the bounds of what is observed, or numbers such as -2.4,-3,-0.21,-3",
        usual,
        text -> {
          double bound = Double.parseDouble(text);
          Type.require(Double.isFinite(bound));
          return bound;
        });
  }
}
