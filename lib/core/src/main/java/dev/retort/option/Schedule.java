package dev.retort.option;

/**
 * A number that may change in a straight line over training. An option refuses one that is negative
 * or no number, by its own name.
 *
 * @param first its value at the beginning
 * @param last its value at the end
 */
public record Schedule(double first, double last) {
  /** Always the same. */
  public static Schedule constant(double value) {
    return new Schedule(value, value);
  }

  /** In a straight line down to zero. */
  public static Schedule linear(double first) {
    return new Schedule(first, 0);
  }

  /**
   * The value after a part of training.
   *
   * @param part from 0 to 1
   */
  public double at(double part) {
    return first + Math.min(1, part) * (last - first);
  }

  /** A number, or {@code first..last}. */
  public static Type<Schedule> type() {
    return new Type<>(
        "a number of at least 0, or two for a straight line, such as 0.001..0",
        text -> {
          String[] ends = text.split("\\.\\.", -1);
          Type.require(ends.length <= 2);
          double first = Double.parseDouble(ends[0]);
          double last = Double.parseDouble(ends[ends.length - 1]);
          Type.require(first >= 0 && last >= 0 && first + last < Double.POSITIVE_INFINITY);
          return new Schedule(first, last);
        },
        Schedule::toString);
  }

  @Override
  public String toString() {
    return first == last ? String.valueOf(first) : first + ".." + last;
  }
}
