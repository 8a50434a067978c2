package dev.retort.table;

import dev.retort.RetortException;
import dev.retort.space.Box;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cuts numbers into equal bins: {@code floor(n (x − low) / (high − low))}, kept within {@code 0 ..
 * n − 1}, so that the outermost bins go on for ever.
 *
 * @param counts how many bins, one for each number of an observation
 * @param low where the first bins begin
 * @param high where the last bins end
 */
public record Bins(List<Integer> counts, List<Double> low, List<Double> high)
    implements Discretization {
  /** Refuses bins without extent. */
  public Bins {
    counts = List.copyOf(counts);
    low = List.copyOf(low);
    high = List.copyOf(high);
    if (counts.isEmpty() || low.size() != counts.size() || high.size() != counts.size()) {
      throw new RetortException(
          "bins: expected as many low and high bounds as bins, %s, got %s and %s."
              .formatted(counts.size(), low.size(), high.size()));
    }
    for (int i = 0; i < counts.size(); i++) {
      double from = low.get(i);
      double to = high.get(i);
      if (!(from < to && Double.isFinite(to - from))) {
        throw new RetortException(
            "bins: expected finite bounds, low below high, got %s to %s (number %s of an observation). Give both: low(..) and high(..)."
                .formatted(from, to, i));
      }
      if (counts.get(i) < 1) {
        throw new RetortException(
            "bins: expected at least 1, got %s (number %s of an observation)."
                .formatted(counts.get(i), i));
      }
    }
  }

  /**
   * Bins for what an environment shows.
   *
   * @param space numbers
   * @param counts bins of each number; a single one holds for all
   * @param low where the first bins begin; a single one holds for all, none takes the space's
   *     bounds
   * @param high where the last bins end, likewise
   */
  public static Bins of(Space space, List<Integer> counts, List<Double> low, List<Double> high) {
    if (!(space instanceof Box box)) {
      throw new RetortException(
          "bins: expected an array of numbers to discretize, got %s. Leave the bins out."
              .formatted(space.summary()));
    }
    return new Bins(
        each("bins", counts, box.size()),
        low.isEmpty() ? doubles(box.low()) : each("low bounds", low, box.size()),
        high.isEmpty() ? doubles(box.high()) : each("high bounds", high, box.size()));
  }

  /** Values for each number of an observation; a single one holds for all. */
  public static <T> List<T> each(String what, List<T> values, int size) {
    if (values.size() != 1 && values.size() != size) {
      throw new RetortException(
          "%s: expected 1 for all numbers of an observation or %s, one for each, got %s."
              .formatted(what, size, values.size()));
    }
    return values.size() == size ? values : Collections.nCopies(size, values.get(0));
  }

  private static List<Double> doubles(List<Float> floats) {
    return floats.stream().map(Float::doubleValue).toList();
  }

  @Override
  public int numbers() {
    return counts.size();
  }

  @Override
  public int width() {
    return counts.size();
  }

  @Override
  public long count() {
    return Discretization.product(counts.stream().mapToLong(Integer::longValue));
  }

  @Override
  public boolean has(float[] cell) {
    return IntStream.range(0, width())
        .allMatch(i -> Discretization.isBelow(cell[i], counts.get(i)));
  }

  @Override
  public float[] cell(float[] observation, int at, int layer) {
    float[] cell = new float[counts.size()];
    for (int i = 0; i < cell.length; i++) {
      cell[i] = bin(i, observation[at + i], 0);
    }
    return cell;
  }

  /** The bin of one number, where bins are shifted by part of a bin, which adds one bin. */
  int bin(int number, float value, double shift) {
    double share = (value - low.get(number)) / (high.get(number) - low.get(number));
    int bin = (int) Math.floor(share * counts.get(number) + shift);
    return Math.max(0, Math.min(counts.get(number) - (shift > 0 ? 0 : 1), bin));
  }

  /** The middle of a bin of one number, counted from the first. */
  float middle(int number, double bin) {
    return (float) within(number, bin, 0.5);
  }

  @Override
  public void middle(float[] cell, float[] observation) {
    for (int i = 0; i < counts.size(); i++) {
      observation[i] = middle(i, cell[i]);
    }
  }

  /** A number within a bin, the given share of its width from its lower end. */
  public double within(int number, double bin, double share) {
    double width = (high.get(number) - low.get(number)) / counts.get(number);
    return low.get(number) + (bin + share) * width;
  }

  /** The number of a cell, the last bin counted fastest. */
  public int index(float[] cell) {
    int index = 0;
    for (int i = 0; i < cell.length; i++) {
      index = index * counts.get(i) + (int) cell[i];
    }
    return index;
  }

  /** The cell of a number that {@link #index} gave. */
  public float[] cell(int index) {
    float[] cell = new float[counts.size()];
    int rest = index;
    for (int i = cell.length - 1; i >= 0; i--) {
      cell[i] = rest % counts.get(i);
      rest /= counts.get(i);
    }
    return cell;
  }

  /** Sizes with a cross between. */
  static String times(List<Integer> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(" × "));
  }

  @Override
  public String summary() {
    return times(counts) + " bins";
  }

  @Override
  public Tensors save() {
    return new Tensors()
        .put("counts", counts.stream().mapToInt(Integer::intValue).toArray())
        .put("low", low.stream().mapToDouble(Double::doubleValue).toArray())
        .put("high", high.stream().mapToDouble(Double::doubleValue).toArray());
  }

  static Bins of(Tensors saved) {
    int[] counts = saved.ints("counts");
    double[] low = saved.doubles("low");
    double[] high = saved.doubles("high");
    return new Bins(
        Arrays.stream(counts).boxed().toList(),
        Arrays.stream(low).boxed().toList(),
        Arrays.stream(high).boxed().toList());
  }
}
