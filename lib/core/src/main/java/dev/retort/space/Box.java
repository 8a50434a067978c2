package dev.retort.space;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An array of numbers, each between its bounds, with a shape.
 *
 * @param low lower bounds, one a number, {@code -Infinity} where there is none
 * @param high upper bounds, one a number
 * @param shape the array's shape, outermost first; its product is the number of bounds
 */
public record Box(List<Float> low, List<Float> high, List<Integer> shape) implements Space {
  private static final int MOST_NUMBERS = 1 << 24;

  /** Beyond this the square of a number is no finite float, and nothing can be scaled to it. */
  private static final float FARTHEST = 1.8e19f;

  /** Checks that bounds and shape agree, and that there is room between the bounds. */
  public Box {
    shape = List.copyOf(shape);
    int size = size(shape);
    if (low.size() != size || high.size() != size) {
      throw new RetortException(
          "box: expected %s lower and upper bounds for shape %s, got %s and %s."
              .formatted(size, shape, low.size(), high.size()));
    }
    low = List.copyOf(low);
    high = List.copyOf(high);
    for (int i = 0; i < size; i++) {
      float l = low.get(i);
      float h = high.get(i);
      if (!(l <= h) || l == Float.POSITIVE_INFINITY || h == Float.NEGATIVE_INFINITY) {
        throw new RetortException(
            "box: expected a low bound and a high one that is no less, got %s and %s (number %s)."
                .formatted(l, h, i));
      }
    }
  }

  /** How many numbers a shape holds, before any memory is taken for them. */
  static int size(List<Integer> shape) {
    long size = shape.isEmpty() ? 0 : 1;
    for (int side : shape) {
      size = side < 1 || size > MOST_NUMBERS ? Math.min(0, side) : size * side;
    }
    if (size < 1 || size > MOST_NUMBERS) {
      throw new RetortException(
          "box: expected a shape of 1 to %s numbers, got %s.".formatted(MOST_NUMBERS, shape));
    }
    return (int) size;
  }

  /** Numbers that all lie between the same bounds. */
  public static Box of(float low, float high, int... shape) {
    List<Integer> sides = Arrays.stream(shape).boxed().toList();
    int size = size(sides);
    return new Box(Collections.nCopies(size, low), Collections.nCopies(size, high), sides);
  }

  /**
   * The numbers of any space as one vector; a choice among {@code n} is a number from 0 to {@code n
   * − 1}.
   */
  public static Box flat(Space space) {
    List<Float> low = new ArrayList<>();
    List<Float> high = new ArrayList<>();
    flatten(space, low, high);
    return new Box(low, high, List.of(low.size()));
  }

  private static void flatten(Space space, List<Float> low, List<Float> high) {
    if (space instanceof Box box) {
      low.addAll(box.low());
      high.addAll(box.high());
    } else if (space instanceof Discrete choices) {
      low.add(0f);
      high.add((float) choices.n() - 1);
    } else {
      ((Group) space).parts().values().forEach(part -> flatten(part, low, high));
    }
  }

  /** A vector whose numbers lie between {@code -bound[i]} and {@code bound[i]}. */
  public static Box within(float... bound) {
    List<Float> high = new ArrayList<>();
    List<Float> low = new ArrayList<>();
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
    for (int row = 0; row < rows; row++) {
      clipRow(values, row * size());
    }
  }

  /** Moves every number of {@code values[at .. at + size)} into its bounds; NaN stays. */
  public void clipRow(float[] values, int at) {
    for (int i = 0; i < size(); i++) {
      values[at + i] = clipped(i, values[at + i]);
    }
  }

  /** A number of which {@code i} says the bounds, within them; NaN stays. */
  public float clipped(int i, float value) {
    return Math.min(high.get(i), Math.max(low.get(i), value));
  }

  /**
   * The first number that has no bounds to scale to: an infinite one, or one so far away that its
   * square is infinite; empty where all are bounded.
   */
  public OptionalInt unbounded() {
    return IntStream.range(0, size())
        .filter(i -> !(low.get(i) >= -FARTHEST && high.get(i) <= FARTHEST))
        .findFirst();
  }

  /** Between which bounds a number lies: {@code in [-1.0, 1.0]}. */
  public String bounds(int number) {
    return "in [%s, %s]".formatted(low.get(number), high.get(number));
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
