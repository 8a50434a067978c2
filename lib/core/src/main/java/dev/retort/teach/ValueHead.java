package dev.retort.teach;

import dev.retort.nn.Output;
import java.util.Arrays;
import java.util.List;

/**
 * How a network's outputs become action values: as they are, or dueling, {@code Q(s, a) = V(s) +
 * A(s, a) − 1/n Σ_b A(s, b)}.
 *
 * <p>Ziyu Wang and others, "Dueling network architectures for deep reinforcement learning", 2015,
 * arXiv 1511.06581. Here the streams part behind the last hidden layer, so that the finished policy
 * is an ordinary network, with the sum in its last layer.
 *
 * @param choices how many there are
 * @param dueling whether value and advantages are apart
 */
record ValueHead(int choices, boolean dueling) {
  /** Outputs of the network: advantages first, then the value. */
  List<Output> outputs() {
    return dueling
        ? List.of(Output.of("advantage", choices), Output.of("value", 1))
        : List.of(Output.of("q", choices));
  }

  /** How many numbers the network gives for a row. */
  int width() {
    return dueling ? choices + 1 : choices;
  }

  /**
   * Turns rows of outputs, {@code (rows, width)}, into values in place, {@code (rows, choices)}.
   */
  void combine(float[] out, int rows) {
    for (int row = 0; dueling && row < rows; row++) {
      double mean = 0;
      for (int i = 0; i < choices; i++) {
        mean += (double) out[row * width() + i] / choices;
      }
      double shift = out[row * width() + choices] - mean;
      for (int i = 0; i < choices; i++) {
        out[row * choices + i] = (float) (out[row * width() + i] + shift);
      }
    }
  }

  /** Turns derivatives by values into derivatives by outputs, in place: the way back. */
  void spread(float[] d, int rows) {
    for (int row = rows - 1; dueling && row >= 0; row--) {
      double sum = 0;
      for (int i = 0; i < choices; i++) {
        sum += d[row * choices + i];
      }
      for (int i = choices - 1; i >= 0; i--) {
        d[row * width() + i] = (float) (d[row * choices + i] - sum / choices);
      }
      d[row * width() + choices] = (float) sum;
    }
  }

  /** The parameters of an ordinary network with the same values: the last layers in one. */
  float[] merge(float[] parameters, int features) {
    if (!dueling) {
      return parameters;
    }
    int trunk = parameters.length - (features + 1) * width();
    int values = trunk + (features + 1) * choices;
    float[] merged = Arrays.copyOf(parameters, values);
    for (int row = 0; row <= features; row++) { // the row behind the weights is the bias
      float[] own =
          Arrays.copyOfRange(parameters, trunk + row * choices, trunk + (row + 1) * choices);
      float[] both = Arrays.copyOf(own, width());
      both[choices] = parameters[values + row];
      combine(both, 1);
      System.arraycopy(both, 0, merged, trunk + row * choices, choices);
    }
    return merged;
  }
}
