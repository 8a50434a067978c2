package dev.retort.nn;

import java.util.Optional;

/** How a population's outputs and gradients are computed; one for each kind of architecture. */
interface Computation extends AutoCloseable {
  /** Computes outputs and forgets how. */
  void predict(float[] x, int batch, Rows rows, float[] out);

  /** Computes outputs and remembers how, until the next way back. */
  void forward(float[] x, int batch, Rows rows, float[] out);

  /**
   * Gradients in one pass, from that of the outputs.
   *
   * @param gradients receives those of the parameters, in place of what it held
   * @param inputGradient receives that of the inputs, {@code (members, batch, in)}
   */
  void backward(
      float[] outputGradient, Optional<float[]> gradients, Optional<float[]> inputGradient);

  @Override
  void close();
}
