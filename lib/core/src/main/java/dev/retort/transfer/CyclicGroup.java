package dev.retort.transfer;

import dev.retort.RetortException;

/**
 * The rotations of the plane by multiples of {@code 360° / n}: a finite part of all rotations, and
 * so the pseudo-symmetry of a training set that shows a task in {@code n} directions.
 *
 * @param order how many rotations there are, {@code n}
 */
public record CyclicGroup(int order) {
  private static final double FULL_TURN = 360;

  /** Refuses a group without a rotation. */
  public CyclicGroup {
    if (order < 1) {
      throw new RetortException(
          "cyclic group: expected at least 1 rotation, got %s.".formatted(order));
    }
  }

  /**
   * How far a rotation can be from the nearest one of the group, {@code κ = max_g min_b ‖ψ(g) −
   * ψ(b)‖} in the operator norm; here {@code 2 sin(π / 2n)}, since two rotations that differ by
   * {@code δ} are {@code 2 sin(δ/2)} apart, and none is further than {@code π/n} from the group.
   *
   * <p>The discrepancy of definition 2 of Weltevrede and others, 2025, arXiv 2505.16581; this
   * closed form is a reconstruction.
   */
  public double kappa() {
    return 2 * Math.sin(Math.PI / (2.0 * order));
  }

  /** The angles of the rotations in degrees, from 0 on. */
  public double[] degrees() {
    double[] degrees = new double[order];
    for (int i = 0; i < order; i++) {
      degrees[i] = FULL_TURN * i / order;
    }
    return degrees;
  }

  @Override
  public String toString() {
    return "C" + order;
  }
}
