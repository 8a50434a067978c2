package dev.retort.space;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An array of numbers, each between its bounds, with a shape.
 *
 * @param low lower bounds, one a number, {@code -Infinity} where there is none
 * @param high upper bounds, one a number
 * @param shape the array's shape, outermost first; its product is the number of bounds
 */
public record Box(List<Float> low, List<Float> high, List<Integer> shape) implements Space {
  /** Checks that bounds and shape agree. */
  public Box {
    low = List.copyOf(low);
    high = List.copyOf(high);
    shape = List.copyOf(shape);
    int size = shape.stream().reduce(1, Math::multiplyExact);
    if (shape.isEmpty() || size < 1 || low.size() != size || high.size() != size) {
      throw new RetortException(
          "box: expected %s lower and upper bounds for shape %s, got %s and %s."
              .formatted(size, shape, low.size(), high.size()));
    }
    for (int i = 0; i < size; i++) {
      if (!(low.get(i) <= high.get(i))) {
        throw new RetortException(
            "box: expected low <= high, got %s > %s (number %s)."
                .formatted(low.get(i), high.get(i), i));
      }
    }
  }

  /** Numbers that all lie between the same bounds. */
  public static Box of(float low, float high, int... shape) {
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return new Box(
        Collections.nCopies(size, low),
        Collections.nCopies(size, high),
        Arrays.stream(shape).boxed().toList());
  }

  /** A vector whose numbers lie between {@code -bound[i]} and {@code bound[i]}. */
  public static Box within(float... bound) {
    List<Float> high = new java.util.ArrayList<>();
    List<Float> low = new java.util.ArrayList<>();
    for (float b : bound) {
      high.add(b);
      low.add(-b);
    }
    return new Box(low, high, List.of(bound.length));
  }

  @Override
  public int size() {
    return low.size();
  }

  @Override
  public boolean contains(float[] values, int at) {
    for (int i = 0; i < size(); i++) {
      float value = values[at + i];
      if (!(value >= low.get(i) && value <= high.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void sample(RandomStream random, float[] values, int at) {
    for (int i = 0; i < size(); i++) {
      float l = low.get(i);
      float h = high.get(i);
      values[at + i] =
          Float.isInfinite(l) || Float.isInfinite(h)
              ? (float) Math.min(h, Math.max(l, random.nextGaussian()))
              : (float) (l + random.nextDouble() * ((double) h - l));
    }
  }

  /** Moves every number of the first {@code rows} values into its bounds; NaN stays. */
  public void clip(float[] values, int rows) {
    for (int i = 0; i < rows * size(); i++) {
      int k = i % size();
      values[i] = Math.min(high.get(k), Math.max(low.get(k), values[i]));
    }
  }

  @Override
  public String summary() {
    return shape.stream().map(String::valueOf).collect(Collectors.joining("×"))
        + (size() == 1 ? " number" : " numbers");
  }

  @Override
  public String toString() {
    return "Box[" + summary() + "]";
  }
}
