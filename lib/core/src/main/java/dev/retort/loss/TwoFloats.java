package dev.retort.loss;

/**
 * A number kept in two floats, to about 14 digits: what the targets alone add to a divergence
 * cancels nearly all of the rest where student and teacher are near, and one float would leave its
 * rounding as the loss.
 */
final class TwoFloats {
  private TwoFloats() {}

  static void put(double value, float[] numbers, int at) {
    numbers[at] = (float) value;
    numbers[at + 1] = (float) (value - numbers[at]);
  }

  static double get(float[] numbers, int at) {
    return (double) numbers[at] + numbers[at + 1];
  }
}
