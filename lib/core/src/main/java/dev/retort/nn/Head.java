package dev.retort.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * One group of outputs of a population of perceptrons, turned round for the engine.
 *
 * <p>Outputs are few, and the engine's products are slow when they have few columns but not when
 * they have few rows: it computes {@code (out, in) x (in, batch)}. Weights are turned on the way
 * there, outputs and gradients on the way back; biases are added here.
 */
final class Head {
  private final Layout layout;
  private final int members;
  private final int slice;
  private final int column;
  private final int width;
  private final int in;
  private final int out;
  private final EngineBuffer weights;
  private final EngineBuffer gradients;
  private float[] staging;

  /**
   * The group whose weights are in a slice, and whose biases are in the next.
   *
   * @param column where the group begins in a row of outputs
   * @param width how many numbers a row of outputs has
   */
  Head(Layout layout, int members, int slice, int column, int width, NDManager manager) {
    this.layout = layout;
    this.members = members;
    this.slice = slice;
    this.column = column;
    this.width = width;
    this.in = layout.slices().get(slice).shape().get(0).intValue();
    this.out = layout.slices().get(slice).shape().get(1).intValue();
    this.weights = EngineBuffer.ensure(null, manager, members * in * out);
    this.gradients = EngineBuffer.ensure(null, manager, members * in * out);
    this.staging = new float[members * in * out];
  }

  /** Weights as the engine sees them, {@code (members, out, in)}. */
  NDArray weights() {
    return weights.array(new Shape(members, out, in));
  }

  /** Where the engine leaves their gradients. */
  NDArray gradients() {
    return gradients.array(new Shape(members, out, in));
  }

  /** The shape of outputs of so many rows. */
  Shape outputs(int batch) {
    return new Shape(members, out, batch);
  }

  /** Hands the weights to the engine. */
  void write(float[] parameters) {
    turn(parameters, layout.offset(slice), staging, 0, in, out);
    weights.floats().put(0, staging, 0, members * in * out);
  }

  /**
   * Takes outputs, {@code (members, out, batch)}, into the rows {@code (members, batch, width)}.
   */
  void read(EngineBuffer from, int batch, float[] parameters, float[] rows) {
    float[] turned = staging(batch);
    from.floats().get(0, turned, 0, members * out * batch);
    int bias = layout.offset(slice + 1);
    for (int member = 0; member < members; member++) {
      for (int k = 0; k < out; k++) {
        int at = (member * out + k) * batch;
        int to = member * batch * width + column + k;
        float own = parameters[bias + member * out + k];
        for (int row = 0; row < batch; row++) {
          rows[to + row * width] = turned[at + row] + own;
        }
      }
    }
  }

  /** Hands the gradients of such rows to the engine. */
  void writeGradient(float[] rows, int batch, EngineBuffer to) {
    float[] turned = staging(batch);
    for (int member = 0; member < members; member++) {
      for (int k = 0; k < out; k++) {
        int at = (member * out + k) * batch;
        int from = member * batch * width + column + k;
        for (int row = 0; row < batch; row++) {
          turned[at + row] = rows[from + row * width];
        }
      }
    }
    to.floats().put(0, turned, 0, members * out * batch);
  }

  /** Takes the gradients of weights and biases, the latter from those of the rows. */
  void readGradient(float[] rows, int batch, float[] all) {
    gradients.floats().get(0, staging, 0, members * in * out);
    turn(staging, 0, all, layout.offset(slice), out, in);
    for (int member = 0; member < members; member++) {
      for (int k = 0; k < out; k++) {
        double sum = 0;
        for (int row = 0; row < batch; row++) {
          sum += rows[(member * batch + row) * width + column + k];
        }
        all[layout.offset(slice + 1, member) + k] = (float) sum;
      }
    }
  }

  private float[] staging(int batch) {
    if (staging.length < members * out * batch) {
      staging = new float[members * out * batch];
    }
    return staging;
  }

  /** Each member's {@code (rows, columns)} into {@code (columns, rows)}. */
  private void turn(float[] from, int at, float[] to, int toAt, int rows, int columns) {
    for (int member = 0; member < members; member++) {
      int own = member * rows * columns;
      for (int row = 0; row < rows; row++) {
        for (int k = 0; k < columns; k++) {
          to[toAt + own + k * rows + row] = from[at + own + row * columns + k];
        }
      }
    }
  }
}
