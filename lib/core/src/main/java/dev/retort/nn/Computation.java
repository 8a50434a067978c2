package dev.retort.nn;

/** How a population's outputs and gradients are computed; one for each kind of architecture. */
interface Computation extends AutoCloseable {
  /** Computes outputs and forgets how. */
  void predict(float[] x, int batch, Rows rows, float[] out);

  /** Computes outputs and remembers how, until the next way back. */
  void forward(float[] x, int batch, Rows rows, float[] out);

  /** The gradient with respect to the parameters, which replaces what {@code gradients} held. */
  void backward(float[] outputGradient, float[] gradients);

  /** The gradient with respect to the inputs, {@code (members, batch, in)}. */
  void backwardToInputs(float[] outputGradient, float[] inputGradient);

  @Override
  void close();
}
