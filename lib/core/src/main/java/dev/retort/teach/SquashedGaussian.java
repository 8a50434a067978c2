package dev.retort.teach;

import dev.retort.random.RandomStream;

/**
 * A normal distribution seen through the hyperbolic tangent: {@code u = μ + σ ε, t = tanh(u)}, from
 * rows of numbers {@code (μ_1 .. μ_k, log σ_1 .. log σ_k)}.
 *
 * <pre>
 * log π(t) = Σ −½ ε² − log σ − ½ log 2π − log(1 − tanh² u)
 * along a drawn ε:   ∂ log π/∂μ = 2 t        ∂ log π/∂ log σ = −1 + 2 t σ ε
 *                    ∂t/∂μ = 1 − t²          ∂t/∂ log σ = (1 − t²) σ ε
 * </pre>
 *
 * <p>{@code log σ} is kept between −20 and 2, beyond which it has no derivative.
 *
 * @param k how many components an action has
 */
record SquashedGaussian(int k) {
  static final double LEAST = -20;
  static final double MOST = 2;
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /**
   * Draws the action of one row.
   *
   * @param z numbers, {@code (rows, 2k)}
   * @param epsilon receives what was drawn, {@code (rows, k)}
   * @param t receives the action, {@code (rows, k)}
   * @return {@code log π(t)}
   */
  double sample(float[] z, int row, RandomStream random, float[] epsilon, float[] t) {
    double logProb = 0;
    for (int i = 0; i < k; i++) {
      double logSigma = logSigma(z, row, i);
      float drawn = (float) random.nextGaussian();
      double u = z[row * 2 * k + i] + Math.exp(logSigma) * drawn;
      epsilon[row * k + i] = drawn;
      t[row * k + i] = (float) Math.tanh(u);
      // log(1 − tanh² u) without a difference of nearly equal numbers.
      double logSlope = 2 * (Math.log(2) - Math.abs(u) - Math.log1p(Math.exp(-2 * Math.abs(u))));
      logProb -= 0.5 * drawn * drawn + logSigma + HALF_LOG_TWO_PI + logSlope;
    }
    return logProb;
  }

  private double logSigma(float[] z, int row, int i) {
    return Math.min(MOST, Math.max(LEAST, z[row * 2 * k + k + i]));
  }

  /**
   * The derivative of {@code weight · log π(t)} and of a function of the action, along what was
   * drawn.
   *
   * @param epsilon what was drawn, {@code (rows, k)}
   * @param dt the function's derivative with respect to the action, {@code (rows, k)}
   * @param dz receives the derivative with respect to the row's numbers, {@code (rows, 2k)}
   */
  void chain(float[] z, int row, float[] epsilon, float[] dt, double weight, float[] dz) {
    for (int i = 0; i < k; i++) {
      int at = row * 2 * k + i;
      double raw = z[at + k];
      double spread = Math.exp(logSigma(z, row, i)) * epsilon[row * k + i];
      double t = Math.tanh(z[at] + spread);
      double du = weight * 2 * t + dt[row * k + i] * (1 - t * t);
      dz[at] = (float) du;
      dz[at + k] = raw < LEAST || raw > MOST ? 0 : (float) (du * spread - weight);
    }
  }
}
