package dev.retort.env.normalize;

import dev.retort.RetortException;
import dev.retort.store.Tensors;

/**
 * Mean and variance of all rows seen so far, in double precision, for every member of a population.
 *
 * <p>A batch of {@code n_b} rows with mean {@code μ_b} and sum of squared differences {@code M_b}
 * is merged into the {@code n} rows before it by
 *
 * <pre>
 *   δ = μ_b − μ      μ ← μ + δ n_b / (n + n_b)      M ← M + M_b + δ² n n_b / (n + n_b)
 * </pre>
 *
 * <p>and the variance is {@code M / n}. Unlike the usual implementations nothing is counted before
 * the first row.
 *
 * <p>Tony F. Chan, Gene H. Golub, Randall J. LeVeque, "Updating formulae and a pairwise algorithm
 * for computing sample variances", 1979 (Stanford).
 */
public final class RunningMoments {
  private static final double SMALL = 1e-8;

  private final int members;
  private final int size;
  private final long[] counts;
  private final double[] means;
  private final double[] squares;

  /**
   * Nothing seen yet.
   *
   * @param members how many members, each with statistics of its own
   * @param size how many numbers a row has
   */
  public RunningMoments(int members, int size) {
    if (members < 1 || size < 1) {
      throw new RetortException(
          "running moments: expected at least 1 member and rows of at least 1 number, got %s and %s."
              .formatted(members, size));
    }
    this.members = members;
    this.size = size;
    this.counts = new long[members];
    this.means = new double[members * size];
    this.squares = new double[members * size];
  }

  /** How many members there are. */
  public int members() {
    return members;
  }

  /** How many numbers a row has. */
  public int size() {
    return size;
  }

  /**
   * Adds rows of every member; a number that is not finite is refused before anything changes.
   *
   * @param rows {@code (members, n, size)} with the same number {@code n} of rows a member
   */
  public void add(float[] rows) {
    int perMember = rows(rows, members, size);
    for (int i = 0; i < rows.length; i++) {
      if (!Float.isFinite(rows[i])) {
        throw new RetortException(
            "running moments: expected finite numbers, got %s (member %s, number %s of its row)."
                .formatted(rows[i], i / (perMember * size), i % size));
      }
    }
    for (int member = 0; member < members; member++) {
      add(member, rows, member * perMember * size, perMember);
    }
  }

  /** How many rows a member has in an array; refuses one that does not hold the same for all. */
  static int rows(float[] rows, int members, int size) {
    int perMember = rows.length / (members * size);
    if (perMember < 1 || perMember * members * size != rows.length) {
      throw new RetortException(
          "normalize: expected rows of %s numbers, as many for each of %s members, got %s numbers in all."
              .formatted(size, members, rows.length));
    }
    return perMember;
  }

  private void add(int member, float[] rows, int from, int n) {
    double before = counts[member];
    double share = n / (before + n);
    for (int i = 0; i < size; i++) {
      double sum = 0;
      for (int row = 0; row < n; row++) {
        sum += rows[from + row * size + i];
      }
      double mean = sum / n;
      double spread = 0;
      for (int row = 0; row < n; row++) {
        double off = rows[from + row * size + i] - mean;
        spread += off * off;
      }
      int at = member * size + i;
      double delta = mean - means[at];
      means[at] += delta * share;
      squares[at] += spread + delta * delta * before * share;
    }
    counts[member] += n;
  }

  /** Takes given moments of so many rows for what a member has seen. */
  void set(int member, long count, double[] mean, double[] variance) {
    counts[member] = count;
    for (int i = 0; i < size; i++) {
      means[member * size + i] = mean[i];
      squares[member * size + i] = variance[i] * count;
    }
  }

  /** How many rows of a member were seen. */
  public long count(int member) {
    return counts[member];
  }

  /** The mean of a member's {@code i}-th numbers; 0 where none was seen. */
  public double mean(int member, int i) {
    return means[member * size + i];
  }

  /** The variance of a member's {@code i}-th numbers, as of a whole population of rows. */
  public double variance(int member, int i) {
    return counts[member] == 0 ? 0 : squares[member * size + i] / counts[member];
  }

  /**
   * What a member's {@code i}-th numbers are divided by, {@code √(σ² + 1e-8)}; 1 where they never
   * varied.
   */
  public double deviation(int member, int i) {
    double variance = variance(member, i);
    return variance == 0 ? 1 : Math.sqrt(variance + SMALL);
  }

  /** The variance of which {@link #deviation} is made. */
  static double varianceOf(double deviation) {
    return deviation == 1 ? 0 : Math.max(0, deviation * deviation - SMALL);
  }

  /** All that is needed to go on later. */
  public Tensors save() {
    return new Tensors()
        .put("counts", counts.clone())
        .put("means", means.clone(), members, size)
        .put("squares", squares.clone(), members, size);
  }

  /** Goes on from what {@link #save()} gave. */
  public void restore(Tensors saved) {
    long[] savedCounts = saved.longs("counts");
    double[] savedMeans = saved.doubles("means");
    double[] savedSquares = saved.doubles("squares");
    if (savedCounts.length != members
        || savedMeans.length != means.length
        || savedSquares.length != squares.length) {
      throw new RetortException(
          "running moments: expected those of %s members and rows of %s numbers, got %s members and %s numbers in all. Resume with the same environment and seeds."
              .formatted(members, size, savedCounts.length, savedMeans.length));
    }
    System.arraycopy(savedCounts, 0, counts, 0, members);
    System.arraycopy(savedMeans, 0, means, 0, means.length);
    System.arraycopy(savedSquares, 0, squares, 0, squares.length);
  }
}
