package dev.retort.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.List;

/**
 * A population of perceptrons that lives on a device together with all that it learns from, and
 * takes many updates there in one call: gathering, forward and backward passes, the loss and its
 * gradient, and Adam.
 *
 * <p>Nothing travels during an update. Before a call the numbers of its rows go to the device;
 * after it the losses come back; parameters and moments only when {@link #fetch()} asks for them.
 * What is computed is what {@link Network}, a loss in Java and {@link Adam} compute, in single
 * precision; the text of it is {@code learn.ts}.
 */
public final class DevicePopulation implements AutoCloseable {
  private static final class Functions {
    static final TorchScript LEARN = Engine.script("learn.ts", "Learn");
  }

  private final Network network;
  private final Adam adam;
  private final NDManager manager = Engine.newDeviceManager();
  private final List<IValue> values = new ArrayList<>();
  private final NDArray theta;
  private final NDArray m;
  private final NDArray v;
  private final int owners;
  private final int batch;
  private final IValue[] learn;

  /**
   * Brings a population and its table to the device.
   *
   * @param network a perceptron with one group of outputs; {@link #fetch()} changes it
   * @param adam its optimizer; likewise
   * @param inputs the rows, {@code (rows, inputs)}
   * @param targets what shall come out
   * @param preferred of each row, which output should be the largest; none if that is not asked
   * @param squash lower bounds and ranges into which outputs are squashed before they are compared;
   *     none for logits and plain numbers
   * @param rows whether members see the same rows
   * @param batch rows of an update
   */
  public DevicePopulation(
      Network network,
      Adam adam,
      float[] inputs,
      Targets targets,
      long[] preferred,
      List<float[]> squash,
      Rows rows,
      int batch) {
    this.network = network;
    this.adam = adam;
    this.owners = rows == Rows.SHARED ? 1 : network.members();
    this.batch = batch;
    Mlp mlp = (Mlp) network.architecture();
    this.theta = create(network.parameters());
    this.m = create(adam.firstMoments());
    this.v = create(adam.secondMoments());
    NDArray gradient = manager.zeros(theta.getShape());
    List<NDArray> w = new ArrayList<>();
    List<NDArray> b = new ArrayList<>();
    List<NDArray> gradW = new ArrayList<>();
    List<NDArray> gradB = new ArrayList<>();
    List<NDArray> h = new ArrayList<>();
    List<NDArray> d = new ArrayList<>();
    for (int slice = 0; slice < network.layout().slices().size(); slice += 2) {
      w.add(layer(theta, slice));
      b.add(layer(theta, slice + 1));
      gradW.add(layer(gradient, slice));
      gradB.add(layer(gradient, slice + 1));
      Shape activations =
          new Shape(network.members(), batch, w.get(w.size() - 1).getShape().get(2));
      h.add(manager.zeros(activations));
      d.add(manager.zeros(activations));
    }
    List<NDArray> bounds =
        squash.stream().map(each -> manager.create(each, new Shape(each.length))).toList();
    this.learn =
        new IValue[] {
          value(create(scaled(inputs, mlp.scale()), targets.rows(), network.inputs())),
          value(create(targets.values(), targets.rows(), targets.width())),
          value(create(targets.offsets())),
          value(manager.create(preferred, new Shape(preferred.length))),
          list(bounds),
          null,
          value(theta),
          value(gradient),
          value(m),
          value(v),
          list(w),
          list(b),
          list(gradW),
          list(gradB),
          list(h),
          list(d),
          null,
          null,
          keep(IValue.listFrom(adam.constants())),
          keep(IValue.from(targets.objective().code)),
          keep(IValue.from(mlp.activation() == Activation.TANH)),
          null,
          null
        };
  }

  private NDArray create(float[] numbers, long... shape) {
    return manager.create(
        numbers, shape.length == 0 ? new Shape(numbers.length) : new Shape(shape));
  }

  private static float[] scaled(float[] inputs, double scale) {
    if (scale == 1) {
      return inputs;
    }
    float[] scaled = new float[inputs.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) scale * inputs[i];
    }
    return scaled;
  }

  /** One slice of all members as a tensor over the flat one: {@code (members, in, out)}. */
  private NDArray layer(NDArray flat, int slice) {
    Layout layout = network.layout();
    List<Long> shape = layout.slices().get(slice).shape();
    return flat.get(new NDIndex().addSliceDim(layout.offset(slice), layout.offset(slice + 1)))
        .reshape(new Shape(network.members(), shape.get(0), shape.get(1)));
  }

  private IValue value(NDArray array) {
    return keep(IValue.from((PtNDArray) array));
  }

  private IValue list(List<NDArray> arrays) {
    return keep(IValue.listFrom(arrays.toArray(PtNDArray[]::new)));
  }

  private IValue keep(IValue value) {
    values.add(value);
    return value;
  }

  /**
   * Takes updates one after the other.
   *
   * @param picked which rows each takes, {@code (updates, members, batch)}; without members where
   *     they see the same rows
   * @param updates how many
   * @param learningRate Adam's step size
   * @param losses receives the sum over the rows of each update, {@code (updates, members)}
   * @param agreements receives how many rows had the right output as the largest, likewise
   */
  public void learn(
      long[] picked, int updates, double learningRate, float[] losses, float[] agreements) {
    double[] steps = new double[updates];
    double[] corrections = new double[updates];
    for (int update = 0; update < updates; update++) {
      adam.advance();
      steps[update] = -adam.rate(learningRate);
      corrections[update] = adam.correction();
    }
    Shape sums = new Shape(updates, network.members());
    try (NDManager chunk = manager.newSubManager();
        NDArray rows = chunk.create(picked, new Shape(updates, owners, batch));
        NDArray loss = chunk.zeros(sums);
        NDArray agreement = chunk.zeros(sums, DataType.FLOAT32);
        IValue rowsValue = IValue.from((PtNDArray) rows);
        IValue stepsValue = IValue.listFrom(steps);
        IValue correctionsValue = IValue.listFrom(corrections);
        IValue lossValue = IValue.from((PtNDArray) loss);
        IValue agreementValue = IValue.from((PtNDArray) agreement)) {
      learn[5] = rowsValue;
      learn[16] = stepsValue;
      learn[17] = correctionsValue;
      learn[21] = lossValue;
      learn[22] = agreementValue;
      Functions.LEARN.run(learn);
      System.arraycopy(loss.toFloatArray(), 0, losses, 0, updates * network.members());
      System.arraycopy(agreement.toFloatArray(), 0, agreements, 0, updates * network.members());
    }
  }

  /** Brings parameters and moments back to Java. */
  public void fetch() {
    network.set(theta.toFloatArray());
    adam.restore(m.toFloatArray(), v.toFloatArray());
  }

  @Override
  public void close() {
    values.forEach(IValue::close);
    manager.close();
  }
}
