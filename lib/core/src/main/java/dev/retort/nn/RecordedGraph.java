package dev.retort.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The convolutional network, operation by operation; the engine records them and finds the way back
 * itself.
 */
final class RecordedGraph implements Computation {
  private final ResidualCnn cnn;
  private final List<Integer> inputShape;
  private final List<Output> outputs;
  private final Trunk trunk;
  private final int members;
  private final int inputs;
  private final int width;
  private final Layout layout;
  private final float[] zeros;
  private final NDManager manager;
  private final Map<String, NDArray> weights = new HashMap<>();
  private final List<FloatBuffer> engineGradients = new ArrayList<>();
  private EngineBuffer inputBuffer;
  private EngineBuffer gradientBuffer;
  private boolean trainable;
  private NDScope scope;
  private NDArray recorded;
  private int recordedBatch;

  RecordedGraph(
      ResidualCnn cnn,
      List<Integer> inputShape,
      List<Output> outputs,
      Trunk trunk,
      int members,
      Layout layout,
      ByteBuffer parameterBytes,
      NDManager manager) {
    this.cnn = cnn;
    this.inputShape = inputShape;
    this.outputs = outputs;
    this.trunk = trunk;
    this.members = members;
    this.inputs = inputShape.stream().reduce(1, Math::multiplyExact);
    this.width = outputs.stream().mapToInt(Output::size).sum();
    this.layout = layout;
    this.zeros = new float[layout.size()];
    this.manager = manager;
    List<Slice> slices = layout.slices();
    for (int i = 0; i < slices.size(); i++) {
      ByteBuffer own = EngineBuffer.part(parameterBytes, layout.offset(i), layout.offset(i + 1));
      weights.put(
          slices.get(i).name(), manager.create(own, engineShape(slices.get(i)), DataType.FLOAT32));
    }
  }

  private Shape engineShape(Slice slice) {
    List<Long> shape = slice.shape();
    if (slice.kind() == Slice.Kind.CONV_WEIGHT || shape.size() == 1) {
      long[] folded = shape.stream().mapToLong(Long::longValue).toArray();
      folded[0] *= members;
      return new Shape(folded);
    }
    return new Shape(members, shape.get(0), shape.get(1));
  }

  @Override
  public void predict(float[] x, int batch, Rows rows, float[] out) {
    Engine.recordGradients(false);
    try (NDScope own = new NDScope()) {
      own.suppressNotUsedWarning();
      read(run(x, batch, rows), out, batch);
    }
  }

  @Override
  public void forward(float[] x, int batch, Rows rows, float[] out) {
    if (!trainable) {
      prepareGradients();
    }
    abandon();
    scope = new NDScope();
    Engine.recordGradients(true);
    try {
      recorded = run(x, batch, rows);
    } finally {
      Engine.recordGradients(false);
    }
    recordedBatch = batch;
    read(recorded, out, batch);
  }

  @Override
  public void backward(float[] outputGradient, float[] gradients) {
    int size = members * recordedBatch * width;
    gradientBuffer = EngineBuffer.ensure(gradientBuffer, manager, size);
    gradientBuffer.floats().put(0, outputGradient, 0, size);
    for (int i = 0; i < engineGradients.size(); i++) {
      engineGradients.get(i).put(0, zeros, 0, layout.length(i));
    }
    Engine.backward(recorded, gradientBuffer.array(recorded.getShape()));
    for (int i = 0; i < engineGradients.size(); i++) {
      engineGradients.get(i).get(0, gradients, layout.offset(i), layout.length(i));
    }
    abandon();
  }

  @Override
  public void backwardToInputs(float[] outputGradient, float[] inputGradient) {
    throw new UnsupportedOperationException(
        "network: expected a perceptron for gradients of inputs, got " + cnn + ".");
  }

  private void abandon() {
    if (scope != null) {
      scope.close();
      scope = null;
      recorded = null;
    }
  }

  /**
   * Takes hold of the memory in which the engine adds up gradients; it exists only after a first
   * backward pass, and stays where it is from then on.
   */
  private void prepareGradients() {
    weights.values().forEach(weight -> weight.setRequiresGradient(true));
    trainable = true;
    forward(new float[inputs], 1, Rows.SHARED, new float[members * width]);
    backward(new float[members * width], new float[layout.size()]);
    for (Slice slice : layout.slices()) {
      NDArray gradient = weights.get(slice.name()).getGradient();
      engineGradients.add(gradient.toByteBuffer(true).asFloatBuffer());
    }
  }

  private NDArray run(float[] x, int batch, Rows rows) {
    int own = rows == Rows.SHARED ? 1 : members;
    int size = own * batch * inputs;
    inputBuffer = EngineBuffer.ensure(inputBuffer, manager, size);
    inputBuffer.floats().put(0, x, 0, size);
    NDArray input = inputBuffer.array(new Shape(own, batch, inputs));
    NDList heads = new NDList(outputs.size());
    NDArray features =
        trunk == Trunk.SHARED ? cnn.trunk(weights::get, input, inputShape, members) : input;
    for (Output output : outputs) {
      if (output.isFree()) {
        Shape shape = new Shape(members, batch, output.size());
        heads.add(weights.get(output.name() + ".free").broadcast(shape));
        continue;
      }
      if (trunk == Trunk.SEPARATE) {
        features =
            cnn.trunk(name -> weights.get(output.name() + "." + name), input, inputShape, members);
      }
      heads.add(ResidualCnn.linear(weights::get, output.name(), features));
    }
    return heads.size() == 1 ? heads.head() : NDArrays.concat(heads, 2);
  }

  private void read(NDArray result, float[] out, int batch) {
    result.toByteBuffer(true).asFloatBuffer().get(out, 0, members * batch * width);
  }

  @Override
  public void close() {
    abandon();
  }
}
