package dev.retort.nn;

/**
 * What the outputs of a population shall be, row for row of a table of inputs, and how their
 * distance from it is measured. All that depends on the targets alone is computed beforehand.
 */
public final class Targets {
  /**
   * The distance of a row's outputs {@code z} from its targets {@code t}, as {@code learn.ts} has
   * it.
   */
  enum Objective {
    /** {@code offset − Σ_k t_k log softmax(z)_k}. */
    CROSS_ENTROPY(0),
    /** {@code Σ_k (q_k − t_k)²} with {@code q = softmax(z)}. */
    SQUARES_OF_PROBABILITIES(1),
    /** {@code Σ_k (z_k − t_k)²}. */
    SQUARES(2);

    /** How {@code learn.ts} knows it. */
    final long code;

    Objective(long code) {
      this.code = code;
    }
  }

  private final Objective objective;
  private final int width;
  private final float[] values;
  private final float[] offsets;

  private Targets(Objective objective, int width, float[] values, float[] offsets) {
    this.objective = objective;
    this.width = width;
    this.values = values;
    this.offsets = offsets;
  }

  /**
   * Outputs are logits of a distribution that shall be like the targets.
   *
   * @param p distributions, {@code (rows, width)}
   * @param offsets added to the loss of each row, {@code (rows)}; their entropy with the sign
   *     turned makes the loss a divergence
   */
  public static Targets distributions(int width, float[] p, float[] offsets) {
    return new Targets(Objective.CROSS_ENTROPY, width, p, offsets);
  }

  /**
   * Outputs are logits of probabilities that shall be near the targets.
   *
   * @param p distributions, {@code (rows, width)}
   */
  public static Targets probabilities(int width, float[] p) {
    return new Targets(Objective.SQUARES_OF_PROBABILITIES, width, p, new float[0]);
  }

  /**
   * Outputs shall be near the targets.
   *
   * @param values {@code (rows, width)}
   */
  public static Targets numbers(int width, float[] values) {
    return new Targets(Objective.SQUARES, width, values, new float[0]);
  }

  Objective objective() {
    return objective;
  }

  int width() {
    return width;
  }

  int rows() {
    return values.length / width;
  }

  float[] values() {
    return values;
  }

  float[] offsets() {
    return offsets;
  }
}
