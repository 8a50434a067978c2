package dev.retort.nn;

/** The Euclidean norm of each member's gradient, and how it is clipped by it. */
public final class GradientNorm {
  private static final int STRETCH = 64;

  private GradientNorm() {}

  /**
   * What a gradient is multiplied with where its norm is to be at most {@code limit}: {@code min(1,
   * limit / (‖g‖ + 1e-6))}.
   */
  static float scale(double norm, double limit) {
    return (float) Math.min(1, limit / (norm + 1e-6));
  }

  /** The largest norm over the members; NaN if any is. */
  public static double largest(Network network) {
    double largest = 0;
    for (int member = 0; member < network.members(); member++) {
      // A norm that is not a number must come out as such, and Math.max lets it.
      largest = Math.max(largest, of(network, member));
    }
    return largest;
  }

  /** The Euclidean norm of one member's gradient. */
  public static double of(Network network, int member) {
    double[] sum = new double[1];
    network.layout().ranges(member, (from, to) -> sum[0] += squares(network.gradients(), from, to));
    return Math.sqrt(sum[0]);
  }

  /** Squares are summed in single precision over short stretches only. */
  private static double squares(float[] values, int from, int to) {
    double sum = 0;
    for (int begin = from; begin < to; begin += STRETCH) {
      int end = Math.min(to, begin + STRETCH);
      float a = 0; // four sums keep the processor busy
      float b = 0;
      float c = 0;
      float d = 0;
      int i = begin;
      for (; i < end - 3; i += 4) {
        a += values[i] * values[i];
        b += values[i + 1] * values[i + 1];
        c += values[i + 2] * values[i + 2];
        d += values[i + 3] * values[i + 3];
      }
      for (; i < end; i++) {
        a += values[i] * values[i];
      }
      sum += (double) a + b + c + d;
    }
    return sum;
  }
}
