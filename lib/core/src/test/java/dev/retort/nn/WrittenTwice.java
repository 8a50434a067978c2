package dev.retort.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A described network in either precision: by the text of both directions, and by the text of one
 * with the way back left to the engine. Gradients are those of the parameters, slice by slice, and
 * of the rows behind them.
 */
final class WrittenTwice implements AutoCloseable {
  final Described network;
  final List<Slice> slices;
  private final Texts texts;
  private final int members;
  private final int batch;
  private final DataType type;
  private final NDManager manager = Engine.newManager();
  private final IValue count;

  WrittenTwice(Blueprint blueprint, int members, int batch, DataType type) {
    this.network = Described.of(blueprint);
    this.slices = Layout.slices(blueprint);
    this.texts = new Texts(network, slices);
    this.members = members;
    this.batch = batch;
    this.type = type;
    this.count = IValue.from((long) members);
  }

  private NDArray array(double[] values, Shape shape) {
    return manager.create(values, shape).toType(type, true);
  }

  private NDArray zeros(Shape shape) {
    return manager.zeros(shape, type);
  }

  private List<NDArray> weights(List<double[]> parameters) {
    List<NDArray> all = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      all.add(array(parameters.get(i), new Shape(slices.get(i).shapeOf(members))));
    }
    return all;
  }

  private NDArray rows(double[] x) {
    int inputs = network.graph().nodes().get(0).size();
    return array(x, new Shape(x.length / (batch * inputs), batch, inputs));
  }

  private Shape outputs() {
    return new Shape(members, batch, network.features().size());
  }

  private static IValue value(NDArray array) {
    return IValue.from((PtNDArray) array);
  }

  private static IValue list(List<NDArray> arrays) {
    return IValue.listFrom(arrays.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
  }

  private static double[] doubles(NDArray array) {
    return array.toType(DataType.FLOAT64, true).toDoubleArray();
  }

  double[] predict(double[] x, List<double[]> parameters) {
    NDArray y = zeros(outputs());
    Engine.script(texts.predict()).run(value(rows(x)), count, list(weights(parameters)), value(y));
    return doubles(y);
  }

  /** By the generated way back; without those of rows where members share them. */
  List<double[]> generated(double[] x, List<double[]> parameters, double[] dy, boolean toRows) {
    NDArray rows = rows(x);
    List<NDArray> w = weights(parameters);
    List<NDArray> g = w.stream().map(each -> zeros(each.getShape())).toList();
    NDArray dx = zeros(rows.getShape());
    IValue kept =
        Engine.script(texts.forward()).call(value(rows), count, list(w), value(zeros(outputs())));
    Engine.script(texts.backward(true, toRows))
        .run(value(rows), count, list(w), kept, value(array(dy, outputs())), list(g), value(dx));
    return Stream.concat(g.stream(), Stream.of(dx)).map(WrittenTwice::doubles).toList();
  }

  /** By the engine's own way back through the same text. */
  List<double[]> recorded(double[] x, List<double[]> parameters, double[] dy) {
    List<String> body = new ArrayList<>(List.of("members = " + members));
    body.addAll(texts.forwardLines());
    body.add("return " + texts.result());
    Texts.Text text =
        Texts.Text.of("Recorded", List.of("x: Tensor", "w: List[Tensor]"), "Tensor", body);
    TorchScript script =
        TorchScript.of(
            (PtNDManager) manager, text.source().getBytes(StandardCharsets.UTF_8), text.name());
    NDArray rows = rows(x);
    List<NDArray> w = weights(parameters);
    NDList arguments = new NDList(rows);
    for (NDArray each : w) {
      each.setName("w[]");
      arguments.add(each);
    }
    JniUtils.setGradMode(true);
    try {
      arguments.forEach(each -> each.setRequiresGradient(true));
      NDArray result = IValueUtils.forward(script.block(), arguments, true).singletonOrThrow();
      JniUtils.backward((PtNDArray) result, (PtNDArray) array(dy, outputs()), false, false);
    } finally {
      JniUtils.setGradMode(false);
    }
    return Stream.concat(w.stream(), Stream.of(rows))
        .map(NDArray::getGradient)
        .map(WrittenTwice::doubles)
        .toList();
  }

  /** By central differences of what it predicts. */
  List<double[]> differences(double[] x, List<double[]> parameters, double[] dy) {
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      int slice = i;
      all.add(
          Oracle.centralDifferences(
              parameters.get(i),
              moved -> {
                List<double[]> other = new ArrayList<>(parameters);
                other.set(slice, moved);
                return loss(x, other, dy);
              }));
    }
    all.add(Oracle.centralDifferences(x, moved -> loss(moved, parameters, dy)));
    return all;
  }

  private double loss(double[] x, List<double[]> parameters, double[] dy) {
    double[] y = predict(x, parameters);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += y[i] * dy[i];
    }
    return sum;
  }

  /** One member's numbers of a slice. */
  double[] of(int member, int slice, List<double[]> parameters) {
    int size = slices.get(slice).size();
    return Arrays.copyOfRange(parameters.get(slice), member * size, (member + 1) * size);
  }

  @Override
  public void close() {
    count.close();
    manager.close();
  }
}
