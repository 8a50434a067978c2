package dev.retort.dagger;

import dev.retort.data.Column;
import dev.retort.data.Dataset;
import dev.retort.space.Selection;
import java.util.Arrays;

/**
 * How likely each teacher's task is by what is seen, as if every number of it were normal within a
 * task.
 *
 * <pre>
 * g_i(s) = q_i(s) / Σ_j q_j(s),   log q_i(s) = − Σ_k ( ½ ((x_k − m_ik) / d_ik)² + log d_ik )
 * </pre>
 *
 * <p>where {@code x} is what is seen of the state {@code s}, and {@code m_i}, {@code d_i} are mean
 * and deviation of it where teacher {@code i} acted alone. Robert A. Jacobs and others, "Adaptive
 * mixtures of local experts", 1991, learn such a gate; this one is measured.
 */
final class Gate {
  private static final double LEAST_DEVIATION = 1e-3;

  private final Selection seen;
  private final double[][] means;
  private final double[][] deviations;

  /**
   * A gate by what each teacher saw.
   *
   * @param seen numbers of an observation that tell tasks apart
   * @param acted where the teachers acted alone, one behind the other
   * @param sizes rows of each of them
   */
  Gate(Selection seen, Dataset acted, int[] sizes) {
    this.seen = seen;
    int n = seen.sees().size();
    this.means = new double[sizes.length][n];
    this.deviations = new double[sizes.length][n];
    float[] x = new float[n];
    int row = 0;
    for (int teacher = 0; teacher < sizes.length; teacher++) {
      double[] squares = new double[n];
      for (int i = 0; i < sizes[teacher]; i++) {
        look(acted, row++, x);
        for (int k = 0; k < n; k++) {
          means[teacher][k] += x[k] / sizes[teacher];
          squares[k] += (double) x[k] * x[k] / sizes[teacher];
        }
      }
      for (int k = 0; k < n; k++) {
        double variance = squares[k] - means[teacher][k] * means[teacher][k];
        deviations[teacher][k] = Math.max(LEAST_DEVIATION, Math.sqrt(Math.max(0, variance)));
      }
    }
  }

  private void look(Dataset data, int row, float[] x) {
    float[] whole = new float[seen.whole().size()];
    data.column(Dataset.OBSERVATION).read(row, whole, 0);
    seen.take(whole, 0, x, 0);
  }

  /** The shares of all teachers at every row, {@code (teachers, rows)}; those of a row sum to 1. */
  float[][] shares(Dataset data) {
    float[][] shares = new float[means.length][data.size()];
    float[] x = new float[seen.sees().size()];
    double[] logs = new double[means.length];
    for (int row = 0; row < data.size(); row++) {
      look(data, row, x);
      for (int teacher = 0; teacher < logs.length; teacher++) {
        logs[teacher] = log(teacher, x);
      }
      double most = Arrays.stream(logs).max().orElseThrow();
      double sum = Arrays.stream(logs).map(log -> StrictMath.exp(log - most)).sum();
      for (int teacher = 0; teacher < logs.length; teacher++) {
        shares[teacher][row] = (float) (StrictMath.exp(logs[teacher] - most) / sum);
      }
    }
    return shares;
  }

  private double log(int teacher, float[] x) {
    double log = 0;
    for (int k = 0; k < x.length; k++) {
      double z = (x[k] - means[teacher][k]) / deviations[teacher][k];
      log -= 0.5 * z * z + StrictMath.log(deviations[teacher][k]);
    }
    return log;
  }

  /** The column by which a teacher of that name counts. */
  static Column column(String whose, float[] weights) {
    return Column.of(whose + "." + Dataset.WEIGHT, 1, weights);
  }
}
