package dev.retort.nn;

import dev.retort.RetortException;
import dev.retort.option.Type;
import java.util.List;

/**
 * One group of outputs of a network, computed by a linear layer of its own, free numbers that do
 * not depend on the input, or a value within the network.
 *
 * @param name what it is, such as {@code logits} or {@code value}
 * @param size how many numbers
 * @param gain the gain of its orthogonal initialization; has no meaning for the others; of free
 *     numbers, what they are at first
 * @param kind what it is computed by
 */
public record Output(String name, int size, double gain, Kind kind) {
  /** What an output is computed by. */
  public enum Kind {
    /** A linear layer of its own on the features. */
    LINEAR,
    /** Nothing: numbers that are learned, the same whatever is seen. */
    FREE,
    /** What lies within the network: a value that its architecture names, or the features. */
    INNER
  }

  /** Refuses empty outputs. */
  public Output {
    if (size < 1) {
      throw new RetortException(
          "network output '" + name + "': expected at least 1 number, got " + size + ".");
    }
  }

  /** An output of a linear layer. */
  public Output(String name, int size, double gain) {
    this(name, size, gain, Kind.LINEAR);
  }

  /** Whether it is free of the input. */
  public boolean isFree() {
    return kind == Kind.FREE;
  }

  /** Whether it is computed by a linear layer of its own. */
  boolean isLinear() {
    return kind == Kind.LINEAR;
  }

  /** Whether it is a value within the network. */
  boolean isInner() {
    return kind == Kind.INNER;
  }

  /** Names of outputs, for messages. */
  public static List<String> names(List<Output> outputs) {
    return outputs.stream().map(Output::name).toList();
  }

  /** Number of numbers of all outputs together. */
  public static int width(List<Output> outputs) {
    return outputs.stream().mapToInt(Output::size).sum();
  }

  /** Such as {@code logits 4}, or {@code log-deviation 2 free}: the form in files. */
  public String text() {
    return name + " " + size + (isFree() ? " free" : "");
  }

  /**
   * Reads what {@link #text()} gave.
   *
   * @param owner who reads, for messages
   */
  public static Output read(String owner, String text) {
    String[] words = text.trim().split(" ", -1);
    boolean isFree = words.length == 3 && words[2].equals("free");
    if (words.length != 2 && !isFree) {
      String shown = text.length() > 50 ? text.substring(0, 50) + "…" : text;
      throw new RetortException(
          "%s: expected outputs such as 'logits 4, value 1', got '%s'.".formatted(owner, shown));
    }
    int size = Type.whole(1, Integer.MAX_VALUE).read(owner, "outputs", words[1]);
    return isFree ? free(words[0], size, 0) : of(words[0], size);
  }

  /** The same output under another name. */
  public Output named(String other) {
    return new Output(other, size, gain, kind);
  }

  /** An output with gain 1. */
  public static Output of(String name, int size) {
    return new Output(name, size, 1);
  }

  /** Numbers that do not depend on the input, all the same at first. */
  public static Output free(String name, int size, double initial) {
    return new Output(name, size, initial, Kind.FREE);
  }

  /** A value within the network. */
  static Output inner(String name, int size) {
    return new Output(name, size, 1, Kind.INNER);
  }
}
