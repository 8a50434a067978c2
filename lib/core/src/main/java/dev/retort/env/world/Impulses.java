package dev.retort.env.world;

import java.util.Arrays;

/**
 * Impulses that keep a step within what is possible: limits, motors, contacts and their friction,
 * each a row that holds a speed.
 *
 * <p>A row has a Jacobian {@code J}, so that {@code J q̇} is the speed it is about, and the impulse
 * {@code λ} between a least and a largest one that brings it to what is wanted. A sweep takes rows
 * one after the other, each with what the others do at that moment, which is projected
 * Gauss-Seidel:
 *
 * <pre>
 *   λ' = clamp(λ + (wanted − J v) / (J M⁻¹ Jᵀ))      v ← v + M⁻¹ Jᵀ (λ' − λ)
 * </pre>
 *
 * <p>What lies too deep is pushed out by a speed that counts for places and is taken back before
 * speeds are kept, so that pushing out adds no energy.
 *
 * <p>Erin Catto, "Iterative dynamics with temporal coherence", 2005, and "Solver2D", 2024.
 */
final class Impulses {
  private static final int NONE = -1;

  private final int freedoms;
  private int rows;

  /** Jacobians and {@code M⁻¹ Jᵀ}, {@code (rows, freedoms)}. */
  private double[] jacobian = new double[0];

  private double[] moves = new double[0];
  private double[] weight = new double[0];
  private double[] wanted = new double[0];
  private double[] pushed = new double[0];
  private double[] least = new double[0];
  private double[] most = new double[0];
  private double[] impulse = new double[0];

  /** The row whose impulse bounds a friction, and how much of it. */
  private int[] carrier = new int[0];

  private double[] grip = new double[0];

  Impulses(int freedoms) {
    this.freedoms = freedoms;
  }

  void clear() {
    rows = 0;
  }

  /** Room for a row whose Jacobian is zero so far; its number. */
  int open() {
    if (rows == weight.length) {
      int size = Math.max(16, 2 * rows);
      jacobian = Arrays.copyOf(jacobian, size * freedoms);
      moves = Arrays.copyOf(moves, size * freedoms);
      weight = Arrays.copyOf(weight, size);
      wanted = Arrays.copyOf(wanted, size);
      pushed = Arrays.copyOf(pushed, size);
      least = Arrays.copyOf(least, size);
      most = Arrays.copyOf(most, size);
      impulse = Arrays.copyOf(impulse, size);
      carrier = Arrays.copyOf(carrier, size);
      grip = Arrays.copyOf(grip, size);
    }
    Arrays.fill(jacobian, rows * freedoms, (rows + 1) * freedoms, 0);
    return rows++;
  }

  /** Where Jacobians are written, from {@link #at} of a row on. */
  double[] jacobian() {
    return jacobian;
  }

  int at(int row) {
    return row * freedoms;
  }

  /**
   * Ends a row of which the Jacobian has been written.
   *
   * @param wanted speed
   * @param pushed speed that is wanted beside it for as long as places are decided
   * @param before impulse to begin with, that of the step before
   */
  void hold(
      int row,
      Motion motion,
      double wanted,
      double pushed,
      double least,
      double most,
      double before) {
    int at = row * freedoms;
    System.arraycopy(jacobian, at, moves, at, freedoms);
    motion.accelerate(moves, at);
    double product = 0;
    for (int i = 0; i < freedoms; i++) {
      product += jacobian[at + i] * moves[at + i];
    }
    weight[row] = product > 0 ? 1 / product : 0;
    this.wanted[row] = wanted;
    this.pushed[row] = pushed;
    this.least[row] = least;
    this.most[row] = most;
    impulse[row] = Math.max(least, Math.min(most, before));
    carrier[row] = NONE;
  }

  /** Ends a row that rubs: it holds still with at most a share of another row's impulse. */
  void rub(int row, Motion motion, int by, double share, double before) {
    double bound = share * impulse[by];
    hold(row, motion, 0, 0, -bound, bound, before);
    carrier[row] = by;
    grip[row] = share;
  }

  double impulse(int row) {
    return impulse[row];
  }

  /** The speed that a row is about. */
  double speed(int row, double[] speeds) {
    double sum = 0;
    for (int at = row * freedoms, i = 0; i < freedoms; i++) {
      sum += jacobian[at + i] * speeds[i];
    }
    return sum;
  }

  /** Begins with the impulses of the step before. */
  void begin(double[] speeds) {
    for (int row = 0; row < rows; row++) {
      if (impulse[row] != 0) {
        add(row, impulse[row], speeds);
      }
    }
  }

  private void add(int row, double more, double[] speeds) {
    for (int at = row * freedoms, i = 0; i < freedoms; i++) {
      speeds[i] += moves[at + i] * more;
    }
  }

  /**
   * Takes all rows one after the other, so many times, forward and backward in turn, which favors
   * no end of a stack.
   *
   * @param pushing whether what is too deep is pushed out
   */
  void sweep(double[] speeds, int times, boolean pushing) {
    for (int time = 0; time < times; time++) {
      for (int turn = 0; turn < rows; turn++) {
        int row = (time & 1) == 0 ? turn : rows - 1 - turn;
        double low = least[row];
        double high = most[row];
        if (carrier[row] != NONE) {
          high = grip[row] * impulse[carrier[row]];
          low = -high;
        }
        double aim = wanted[row] + (pushing ? pushed[row] : 0);
        double next = impulse[row] + (aim - speed(row, speeds)) * weight[row];
        next = Math.max(low, Math.min(high, next));
        double more = next - impulse[row];
        if (more != 0) {
          impulse[row] = next;
          add(row, more, speeds);
        }
      }
    }
  }
}
