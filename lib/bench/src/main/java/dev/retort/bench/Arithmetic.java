package dev.retort.bench;

import java.util.List;

/**
 * How many additions and multiplications a perceptron takes, its products alone: what else it does
 * is of the order of a hundredth. A product {@code (batch, in) x (in, out)} takes {@code 2 · batch
 * · in · out}.
 *
 * @param batch rows
 * @param widths of the layers, from inputs to outputs
 */
record Arithmetic(int batch, List<Integer> widths) {
  /** Of a perceptron with these widths, from inputs to outputs. */
  static Arithmetic of(int batch, Integer... widths) {
    return new Arithmetic(batch, List.of(widths));
  }

  /** From inputs to outputs. */
  double forward() {
    double sum = 0;
    for (int layer = 1; layer < widths.size(); layer++) {
      sum += 2.0 * batch * widths.get(layer - 1) * widths.get(layer);
    }
    return sum;
  }

  /**
   * From outputs to parameters: to the weights of every layer, and to the inputs of all but one.
   */
  double backward() {
    return 2 * forward() - 2.0 * batch * widths.get(0) * widths.get(1);
  }

  /** Forward pass, and backward to the parameters. */
  double update() {
    return forward() + backward();
  }

  /** Forward pass, and backward to the inputs. */
  double ascent() {
    return 2 * forward();
  }
}
