package dev.retort.data;

import dev.retort.UnknownNameException;
import dev.retort.distribution.Distribution;
import dev.retort.nn.Output;
import dev.retort.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a teacher says of every step of a dataset: the numbers of its distribution, and its value of
 * the state where it has one. Each output is a column, {@code teacher.logits}, {@code
 * teacher.mean}, {@code teacher.log-deviation}, {@code teacher.value}.
 *
 * @param distribution of the teacher's actions
 * @param outputs what is kept of it; those of the distribution come first
 */
public record Supervision(Distribution distribution, List<Output> outputs) {
  /** Name of the output that is the value of a state. */
  public static final String VALUE = "value";

  /** Keeps a copy of the list. */
  public Supervision {
    outputs = List.copyOf(outputs);
  }

  /** The numbers of a distribution alone. */
  public static Supervision of(Distribution distribution) {
    return new Supervision(distribution, distribution.outputs());
  }

  /** What is kept of a policy that teaches. */
  public static Supervision of(Policy teacher) {
    return of(teacher, List.of());
  }

  /**
   * The same, and further outputs that somebody asks for, such as {@code features}.
   *
   * @throws UnknownNameException if the teacher has no output of such a name
   */
  public static Supervision of(Policy teacher, List<String> more) {
    List<Output> kept = new ArrayList<>(teacher.distribution().outputs());
    List<String> all =
        Stream.concat(kept.stream(), teacher.outputs().stream())
            .map(Output::name)
            .distinct()
            .toList();
    for (String wanted : more) {
      if (!all.contains(wanted)) {
        throw new UnknownNameException(
            "output of the teacher '%s'".formatted(teacher.name()), wanted, all);
      }
    }
    for (Output output : teacher.outputs()) {
      boolean isWanted = output.name().equals(VALUE) || more.contains(output.name());
      if (isWanted && !Output.names(kept).contains(output.name())) {
        kept.add(output);
      }
    }
    return new Supervision(teacher.distribution(), kept);
  }

  /** Numbers a step. */
  public int width() {
    return Output.width(outputs);
  }

  /** Splits rows of all outputs, {@code (rows, width)}, into a column each. */
  List<Column> columns(String teacher, float[] all) {
    int rows = width() == 0 ? 0 : all.length / width();
    int[] from = new int[1];
    return outputs.stream()
        .map(
            output -> {
              float[] own = new float[rows * output.size()];
              for (int row = 0; row < rows; row++) {
                System.arraycopy(
                    all, row * width() + from[0], own, row * output.size(), output.size());
              }
              from[0] += output.size();
              return Column.of(teacher + "." + output.name(), output.size(), own);
            })
        .toList();
  }
}
