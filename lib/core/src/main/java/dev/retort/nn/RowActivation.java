package dev.retort.nn;

/**
 * Non-linearities of a row in plain Java, in place. What is not a number stays none.
 *
 * <p>Loops without a branch, and short ones, so that the compiler makes vector instructions of
 * them.
 */
final class RowActivation {
  /** Where the tangent is 1 for single precision, to 5e-7. */
  private static final float BOUND = 7.6f;

  private static final float P1 = 1.346296e-1f;
  private static final float P2 = 3.5940555e-3f;
  private static final float P3 = 2.2293367e-5f;
  private static final float P4 = 1.586395e-8f;
  private static final float Q1 = 4.6796286e-1f;
  private static final float Q2 = 2.624844e-2f;
  private static final float Q3 = 3.4491494e-4f;
  private static final float Q4 = 8.7628314e-7f;

  private RowActivation() {}

  /** Puts the values of an activation in the place of its arguments. */
  static void apply(Activation activation, float[] row) {
    switch (activation) {
      case TANH -> tanh(row);
      case RELU -> relu(row);
      case SIGMOID -> sigmoid(row);
      case GELU -> gelu(row);
      default -> throw new IllegalStateException("activation " + activation);
    }
  }

  /**
   * The hyperbolic tangent as {@code x P(x²) / Q(x²)}, at most 1e-6 off. The coefficients are those
   * of the least largest error from 0 to the bound, found by reweighted least squares.
   */
  private static void tanh(float[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = Math.min(Math.max(row[i], -BOUND), BOUND);
    }
    for (int i = 0; i < row.length; i++) {
      float x = row[i];
      float s = x * x;
      float p = 1 + s * (P1 + s * (P2 + s * (P3 + s * P4)));
      float q = 1 + s * (Q1 + s * (Q2 + s * (Q3 + s * Q4)));
      row[i] = x * p / q;
    }
  }

  private static void relu(float[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = Math.max(row[i], 0);
    }
  }

  /** {@code 1 / (1 + exp(−x)) = (1 + tanh(x / 2)) / 2}. */
  private static void sigmoid(float[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = 0.5f * row[i];
    }
    tanh(row);
    for (int i = 0; i < row.length; i++) {
      row[i] = 0.5f + 0.5f * row[i];
    }
  }

  /**
   * {@code x Φ(x)}, where {@code Φ(−|x|)} is a polynomial of {@code t = 1 / (1 + p |x| / √2)} times
   * {@code exp(−x²/2) / 2}: formula 7.1.26 of Milton Abramowitz and Irene A. Stegun, "Handbook of
   * mathematical functions", 1964, with an error of 1e-7.
   */
  private static void gelu(float[] row) {
    for (int i = 0; i < row.length; i++) {
      double x = row[i];
      double t = 1 / (1 + 0.3275911 * Math.abs(x) / Math.sqrt(2));
      double polynomial =
          t
              * (0.254829592
                  + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
      double tail = 0.5 * polynomial * Math.exp(-0.5 * x * x);
      row[i] = (float) (x * (x < 0 ? tail : 1 - tail));
    }
  }
}
