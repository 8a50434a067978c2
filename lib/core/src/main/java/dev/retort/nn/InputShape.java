package dev.retort.nn;

import dev.retort.RetortException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a network sees of a row: numbers in a shape, or parts under names, whose numbers stand one
 * behind the other.
 *
 * @param shape of the whole; how many numbers it is, where it has parts
 * @param parts in their order; none of what is one whole
 */
public record InputShape(List<Integer> shape, List<Part> parts) {
  /**
   * A part of what is seen.
   *
   * @param name by which {@link Graph#part} finds it
   * @param shape its own
   */
  public record Part(String name, List<Integer> shape) {
    /** Keeps a copy of the shape. */
    public Part {
      shape = List.copyOf(shape);
    }

    /** How many numbers it is. */
    public int size() {
      return InputShape.size(shape);
    }

    @Override
    public String toString() {
      return name + " " + shape;
    }
  }

  /** Keeps copies of the lists. */
  public InputShape {
    shape = List.copyOf(shape);
    parts = List.copyOf(parts);
  }

  /** One whole of a shape. */
  public static InputShape of(List<Integer> shape) {
    return new InputShape(shape, List.of());
  }

  /** Parts, one behind the other. */
  public static InputShape parts(List<Part> parts) {
    int size = parts.stream().mapToInt(Part::size).reduce(0, Math::addExact);
    return new InputShape(List.of(size), parts);
  }

  /** How many numbers a row has. */
  public int size() {
    return size(shape);
  }

  private static int size(List<Integer> shape) {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** Whether there is a part of that name. */
  boolean has(String name) {
    return parts.stream().anyMatch(part -> part.name().equals(name));
  }

  /** The part of that name. */
  Part part(String name) {
    return parts.stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new RetortException(
                    "network: expected a part of what is seen, %s, got '%s'."
                        .formatted(this, name)));
  }

  /** Where a part begins. */
  int offset(Part part) {
    return parts.stream().takeWhile(each -> !each.equals(part)).mapToInt(Part::size).sum();
  }

  /** Such as {@code [3, 8, 8]}, or {@code steps [8, 2], mask [8]}. */
  @Override
  public String toString() {
    return parts.isEmpty()
        ? shape.toString()
        : parts.stream().map(Part::toString).collect(Collectors.joining(", "));
  }
}
