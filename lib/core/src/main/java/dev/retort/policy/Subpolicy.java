package dev.retort.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A policy at work inside of a {@link Composite}, for some of its rows: it sees a part of what that
 * sees, and remembers in a part of its memory.
 */
final class Subpolicy implements AutoCloseable {
  private final String name;
  private final int size;
  private final Policy.Forward forward;
  private final int seenFrom;
  private final int seenSize;
  private final int seenWidth;
  private final int memoryFrom;
  private final int memorySize;
  private final int memoryWidth;
  private final float[] seen;
  private final float[] memory;
  private final float[] outputs;
  private final int[] rows;

  private Subpolicy(Composite whole, Policy policy, int batch, int seenFrom, int memoryFrom) {
    this.name = policy.name();
    this.size = policy.distribution().size();
    this.forward = policy.forward(batch);
    this.seenFrom = seenFrom;
    this.seenSize = policy.observations().size();
    this.seenWidth = whole.observations().size();
    this.memoryFrom = memoryFrom;
    this.memorySize = policy.memory();
    this.memoryWidth = whole.memory();
    this.seen = new float[batch * seenSize];
    this.memory = new float[batch * memorySize];
    this.outputs = new float[batch * size];
    this.rows = new int[batch];
  }

  /** Those of a composite that all see what it sees. */
  static List<Subpolicy> of(Composite whole, int batch) {
    return of(whole, batch, false);
  }

  /** Those of a composite each of which sees its own numbers, one behind the other. */
  static List<Subpolicy> sideBySide(Composite whole, int batch) {
    return of(whole, batch, true);
  }

  /** Makes outputs of a composite from those of all of its policies. */
  interface Joining {
    /**
     * Writes the outputs.
     *
     * @param all who have computed theirs
     * @param count rows
     * @param outputs receives them, {@code (count, size)}
     */
    void join(List<Subpolicy> all, int count, float[] outputs);
  }

  /**
   * A composite at work that computes all of its policies in every row, and joins what they say.
   */
  static Policy.Recurrent joined(Composite whole, int batch, Joining joining) {
    List<Subpolicy> all = of(whole, batch);
    return new Policy.Recurrent() {
      @Override
      public void apply(float[] observations, float[] memory, int count, float[] outputs) {
        all.forEach(each -> each.apply(observations, memory, count, row -> true));
        joining.join(all, count, outputs);
      }

      @Override
      public void close() {
        Subpolicy.close(all);
      }
    };
  }

  private static List<Subpolicy> of(Composite whole, int batch, boolean isApart) {
    List<Subpolicy> all = new ArrayList<>();
    int seenFrom = 0;
    int memoryFrom = whole.own();
    for (Policy policy : whole.policies()) {
      all.add(new Subpolicy(whole, policy, batch, seenFrom, memoryFrom));
      seenFrom += isApart ? policy.observations().size() : 0;
      memoryFrom += policy.memory();
    }
    return all;
  }

  /**
   * Computes the outputs of those rows that are its.
   *
   * @param observations of all rows, {@code (count, width)}
   * @param remembered by all rows, {@code (count, width)}; its part of its rows is replaced
   * @param which rows are its
   * @return how many
   */
  int apply(float[] observations, float[] remembered, int count, IntPredicate which) {
    int own = 0;
    for (int row = 0; row < count; row++) {
      if (which.test(row)) {
        copy(observations, row * seenWidth + seenFrom, seen, own * seenSize, seenSize);
        copy(remembered, row * memoryWidth + memoryFrom, memory, own * memorySize, memorySize);
        rows[own] = row;
        own++;
      }
    }
    try {
      if (own > 0) {
        forward.apply(seen, memory, own, outputs);
      }
      PolicyException.requireFinite(name, "outputs", "output", outputs, own * size, size);
    } catch (PolicyException refused) {
      throw refused.ofRow(rows[refused.row()]);
    }
    for (int i = 0; i < own; i++) {
      copy(memory, i * memorySize, remembered, rows[i] * memoryWidth + memoryFrom, memorySize);
    }
    return own;
  }

  private static void copy(float[] from, int at, float[] to, int start, int length) {
    System.arraycopy(from, at, to, start, length);
  }

  /** Which of all rows the {@code i}-th is that was computed last. */
  int row(int i) {
    return rows[i];
  }

  /** What was computed last, {@code (rows, size)}; live. */
  float[] outputs() {
    return outputs;
  }

  /** Closes all of them. */
  static void close(List<Subpolicy> all) {
    all.forEach(Subpolicy::close);
  }

  @Override
  public void close() {
    forward.close();
  }
}
