package dev.retort.nn;

/**
 * What the outputs of a population shall be, row for row of a table of inputs, and how their
 * distance from it is measured. All that depends on the targets alone is computed beforehand.
 */
public final class Targets {
  /** The distance of a row's outputs {@code z} from its targets {@code t}. */
  enum Objective {
    /**
     * {@code offset − Σ_k t_k log softmax(z)_k}, with the derivative {@code softmax(z) − t}, since
     * targets add up to one.
     */
    CROSS_ENTROPY(0) {
      @Override
      double apply(float[] z, int at, float[] t, int from, int n, float[] dz) {
        double max = max(z, at, n);
        double sum = exponentials(z, at, n, max, dz);
        double logSum = max + Math.log(sum);
        double loss = 0;
        for (int k = 0; k < n; k++) {
          loss += t[from + k] * (logSum - z[at + k]);
          dz[at + k] = (float) (dz[at + k] / sum - t[from + k]);
        }
        return loss;
      }
    },
    /**
     * {@code Σ_k (q_k − t_k)²} with {@code q = softmax(z)}, and the derivative {@code 2 q_k (q_k −
     * t_k − Σ_j q_j (q_j − t_j))}.
     */
    SQUARES_OF_PROBABILITIES(1) {
      @Override
      double apply(float[] z, int at, float[] t, int from, int n, float[] dz) {
        double sum = exponentials(z, at, n, max(z, at, n), dz);
        double loss = 0;
        double mean = 0;
        for (int k = 0; k < n; k++) {
          double q = dz[at + k] / sum;
          double e = q - t[from + k];
          loss += e * e;
          mean += q * e;
        }
        for (int k = 0; k < n; k++) {
          double q = dz[at + k] / sum;
          dz[at + k] = (float) (2 * q * (q - t[from + k] - mean));
        }
        return loss;
      }
    },
    /** {@code Σ_k (z_k − t_k)²}. */
    SQUARES(2) {
      @Override
      double apply(float[] z, int at, float[] t, int from, int n, float[] dz) {
        double loss = 0;
        for (int k = 0; k < n; k++) {
          double e = (double) z[at + k] - t[from + k];
          loss += e * e;
          dz[at + k] = (float) (2 * e);
        }
        return loss;
      }
    };

    /** How {@code learn.ts} knows it. */
    final long code;

    Objective(long code) {
      this.code = code;
    }

    /** The distance, and its derivative by the outputs. */
    abstract double apply(float[] z, int at, float[] t, int from, int n, float[] dz);

    private static double max(float[] z, int at, int n) {
      double max = z[at];
      for (int k = 1; k < n; k++) {
        max = Math.max(max, z[at + k]);
      }
      return max;
    }

    /** Fills {@code e} with {@code exp(z_k − max)} and gives their sum. */
    private static double exponentials(float[] z, int at, int n, double max, float[] e) {
      double sum = 0;
      for (int k = 0; k < n; k++) {
        e[at + k] = (float) Math.exp(z[at + k] - max);
        sum += e[at + k];
      }
      return sum;
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

  /**
   * The distance of outputs from the targets of a row, and its derivative.
   *
   * @param z outputs, {@code z[at .. at + width)}
   * @param dz receives the derivative at the same place
   */
  public double apply(int row, float[] z, int at, float[] dz) {
    double loss = objective.apply(z, at, values, row * width, width, dz);
    return offsets.length == 0 ? loss : loss + offsets[row];
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
