package dev.retort.nn;

/** The Euclidean norm of each member's gradient, and clipping by it. */
public final class GradientNorm {
  private GradientNorm() {}

  /**
   * Scales each member's gradient down to a norm of at most {@code limit}: {@code g ← g · min(1,
   * limit / (‖g‖ + 1e-6))}.
   *
   * @return the largest norm before clipping, over the members
   */
  public static double clip(Network network, double limit) {
    float[] gradients = network.gradients();
    double largest = 0;
    for (int member = 0; member < network.members(); member++) {
      double norm = of(network, member);
      // A norm that is not a number must come out as such, so no Math.max that could hide it behind
      // a comparison.
      largest = norm > largest || Double.isNaN(norm) ? norm : largest;
      float scale = (float) Math.min(1, limit / (norm + 1e-6));
      if (scale < 1) {
        network
            .layout()
            .ranges(
                member,
                (from, to) -> {
                  for (int i = from; i < to; i++) {
                    gradients[i] *= scale;
                  }
                });
      }
    }
    return largest;
  }

  /** The largest norm over the members; NaN if any is. */
  public static double largest(Network network) {
    return clip(network, Double.POSITIVE_INFINITY);
  }

  /** The Euclidean norm of one member's gradient. */
  public static double of(Network network, int member) {
    float[] gradients = network.gradients();
    double[] sum = new double[1];
    network
        .layout()
        .ranges(
            member,
            (from, to) -> {
              double s = 0;
              for (int i = from; i < to; i++) {
                s += (double) gradients[i] * gradients[i];
              }
              sum[0] += s;
            });
    return Math.sqrt(sum[0]);
  }
}
